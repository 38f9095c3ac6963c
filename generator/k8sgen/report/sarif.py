"""SARIF 2.1.0, which GitHub code scanning, Azure DevOps and editors read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

Plain dicts: `sarif-om` has had no release since 2019, and the models of `sarif-pydantic` check while
the user waits what the schema proves once in the tests. Findings that are ignored or in the baseline are
left out rather than marked as suppressed: GitHub opens alerts for those, too.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.report.characters import plain
from k8sgen.report.result import is_stream

if TYPE_CHECKING:
    from k8sgen.errors import Place, Problem
    from k8sgen.findings import Finding
    from k8sgen.lint.rule import Rule
    from k8sgen.report.result import Result

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
FINGERPRINT = "k8sgenFingerprint/v1"
ROOT = "%SRCROOT%"


def render(result: Result) -> str:
    """The log, with a line break at its end."""
    return json.dumps(log(result), indent=2, ensure_ascii=False) + "\n"


def log(result: Result) -> dict[str, Any]:
    """The log as data: one run."""
    unknown = dict.fromkeys(each.rule for each in result.ordered if each.rule not in result.rules)
    rules = [_rule(rule) for rule in result.rules.values()] + [_bare(identifier) for identifier in unknown]
    indexes = {rule["id"]: index for index, rule in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "k8sgen", "version": result.version, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    ROOT: {"description": {"text": "The top of the repository."}},
                },
                "invocations": [
                    {
                        "executionSuccessful": not result.problems,
                        "toolExecutionNotifications": [
                            _notification(result, problem) for problem in result.problems
                        ],
                    }
                ],
                "results": [
                    _result(result, finding, fingerprint, indexes[finding.rule])
                    for finding, fingerprint in zip(result.ordered, result.fingerprints, strict=True)
                ],
            }
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    text, markdown = help_texts(rule)
    described = {
        "id": rule.id,
        "shortDescription": {"text": rule.help.title},
        "fullDescription": {"text": " ".join(rule.help.why.split())},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": ["kubernetes", rule.category.value],
            "problem.severity": {"note": "recommendation"}.get(LEVELS[rule.severity], LEVELS[rule.severity]),
            "profile": rule.profile.word,
        },
    }
    if "-" in rule.id:  # a name must say more than the id
        described["name"] = "".join(word.capitalize() for word in rule.id.split("-"))
    if rule.help.links:
        described["helpUri"] = rule.help.links[0]
    return described


def _bare(identifier: str) -> dict[str, Any]:
    """A rule of which nothing is known but its id; GitHub asks for the texts all the same."""
    text = {"text": identifier}
    return {"id": identifier, "shortDescription": text, "fullDescription": text, "help": text}


def help_texts(rule: Rule) -> tuple[str, str]:
    """A rule's reasons, examples and links, as text and as Markdown."""
    text, markdown = [rule.help.why], [rule.help.why]
    for label, blocks in (("Bad", rule.help.bad), ("Good", rule.help.good)):
        for block in blocks:
            text.append(f"{label}:\n{block.rstrip()}")
            markdown.append(f"**{label}**\n\n```yaml\n{block.rstrip()}\n```")
    text += rule.help.links
    if rule.help.links:
        markdown.append("\n".join(f"- <{link}>" for link in rule.help.links))
    return "\n\n".join(text), "\n\n".join(markdown)


def _result(result: Result, finding: Finding, fingerprint: str, index: int) -> dict[str, Any]:
    message = plain(finding.message)
    if finding.hint:
        message += f"\nhint: {plain(finding.hint)}"
    location = _location(result, finding.place, finding.length)
    if finding.subject:
        namespace = f"{finding.namespace}/" if finding.namespace else ""
        location["logicalLocations"] = [
            {
                "name": plain(finding.subject),
                "fullyQualifiedName": plain(f"{namespace}{finding.subject}:{finding.path}".rstrip(":")),
                "kind": "object",
            }
        ]
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if finding.also:
        found["relatedLocations"] = [
            {"id": number, **_location(result, place), "message": {"text": plain(what)}}
            for number, (place, what) in enumerate(finding.also, 1)
        ]
    return found


def _location(result: Result, place: Place, length: int = 0) -> dict[str, Any]:
    """A place; the region is from the first character of the value to behind its last."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(result, place.file)}
    if place.line:
        region = {"startLine": place.line, "startColumn": max(place.column, 1)}
        if length:
            region["endColumn"] = region["startColumn"] + length
        physical["region"] = region
    return {"physicalLocation": physical}


def _artifact(result: Result, file: str) -> dict[str, Any]:
    from urllib.parse import quote

    if is_stream(file):
        return {"uri": "stdin"}
    path = plain(result.path(file))
    if path.startswith("/"):
        return {"uri": "file://" + quote(path)}
    return {"uri": quote(path), "uriBaseId": ROOT}


def _notification(result: Result, problem: Problem) -> dict[str, Any]:
    text = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    notification: dict[str, Any] = {"level": "error", "message": {"text": plain(text)}}
    if problem.place:
        notification["locations"] = [_location(result, problem.place)]
    return notification
