"""GitHub's workflow commands: each finding becomes an annotation in the pull request.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands

GitHub shows the first 10 errors, 10 warnings and 10 notices of a step and drops the others without a
word, so the worst come first, each message names its place for those who read the log, and the last
lines say how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.report.characters import plain
from k8sgen.report.result import SEVERITIES, is_stream, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Place, Problem
    from k8sgen.findings import Finding
    from k8sgen.report.result import Result

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
SHOWN = 10
"""Annotations of one command that GitHub shows of a step."""


def render(result: Result) -> str:
    """A command for each problem and finding, then the summary."""
    lines = [_problem(result, problem) for problem in result.problems]
    for severity in SEVERITIES:
        lines += [_finding(result, each) for each in result.ordered if each.severity == severity]
    return "\n".join([*lines, *_overflow(result), result.summary]) + "\n"


def _finding(result: Result, finding: Finding) -> str:
    words = [f"{_where(result, finding.place)}: {finding.message}"]
    words += [f"also: {_where(result, place)}: {what}" for place, what in finding.also]
    if finding.hint:
        words.append(f"hint: {finding.hint}")
    end = finding.place.column + finding.length
    properties = {**_place(result, finding.place, end), "title": f"k8sgen {finding.rule}"}
    return command(COMMANDS[finding.severity], properties, "\n".join(words))


def _problem(result: Result, problem: Problem) -> str:
    where = f"{_where(result, problem.place)}: " if problem.place else ""
    words = [where + problem.message, *([f"hint: {problem.hint}"] if problem.hint else [])]
    properties = _place(result, problem.place) if problem.place else {}
    return command("error", {**properties, "title": "k8sgen"}, "\n".join(words))


def _place(result: Result, place: Place, end: int = 0) -> dict[str, str]:
    if is_stream(place.file):
        return {}
    found = {"file": result.path(place.file)}
    if place.line:
        found |= {"line": str(place.line), "col": str(place.column)}
        if end:
            found["endColumn"] = str(end)
    return found


def _where(result: Result, place: Place) -> str:
    path = place.file if is_stream(place.file) else result.path(place.file)
    return f"{path}:{place.line}:{place.column}" if place.line else path


def _overflow(result: Result) -> Iterator[str]:
    for severity in SEVERITIES:
        count = result.count(severity) + (len(result.problems) if severity == Severity.ERROR else 0)
        if count > SHOWN:
            word = COMMANDS[severity]
            yield f"{number(count, word)}: GitHub annotates {SHOWN} of them, this log has them all"


def command(name: str, properties: dict[str, str], message: str) -> str:
    """One workflow command, escaped as the runner unescapes it."""
    said = ",".join(f"{key}={_escaped_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(message)}"


def _escaped(text: str) -> str:
    text = plain(text.replace("\r", ""))
    return text.replace("%", "%25").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
