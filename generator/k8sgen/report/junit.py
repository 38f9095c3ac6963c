"""JUnit's XML, which most CI servers show: a suite per file, a test per rule and object with findings.

Source: the reader of Jenkins, https://github.com/jenkinsci/xunit-plugin, which others follow.

A file without findings is one test that passed. Findings milder than `fail_on` pass, too; their
words are in the test's output. A file that could not be read is a test with an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from k8sgen.report.characters import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.errors import Problem
    from k8sgen.findings import Finding
    from k8sgen.report.result import Result


def render(result: Result) -> str:
    """The document, with a line break at its end."""
    suites = Element("testsuites", name="k8sgen lint")
    findings: dict[str, list[Finding]] = {}
    problems: dict[str, list[Problem]] = {}
    for finding in result.ordered:
        findings.setdefault(finding.place.file, []).append(finding)
    for problem in result.problems:
        problems.setdefault(problem.place.file if problem.place else "", []).append(problem)
    for file in sorted({*result.files, *findings, *problems}):
        suites.append(_suite(result, file, findings.get(file, []), problems.get(file, [])))
    for attribute in ("tests", "failures", "errors"):
        suites.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
    indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _suite(result: Result, file: str, findings: Sequence[Finding], problems: Sequence[Problem]) -> Element:
    path = plain(result.path(file)) or "k8sgen lint"
    suite = Element("testsuite", name=path)
    cases: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        namespace = f"{finding.namespace}/" if finding.namespace else ""
        cases.setdefault((finding.rule, namespace + finding.subject), []).append(finding)
    failures = 0
    for (rule, subject), found in cases.items():
        case = SubElement(
            suite, "testcase", name=plain(f"{rule}: {subject}" if subject else rule), classname=path
        )
        failing = [finding for finding in found if finding.severity >= result.fail_on]
        failures += bool(failing)
        if failing:
            worst = max(failing, key=lambda finding: finding.severity)
            failure = SubElement(case, "failure", type=worst.severity.word, message=plain(worst.message))
            failure.text = "\n".join(_words(result, finding) for finding in failing)
        if passing := [finding for finding in found if finding not in failing]:
            SubElement(case, "system-out").text = "\n".join(_words(result, finding) for finding in passing)
    for number, problem in enumerate(problems, 1):
        name = "can be read" if number == 1 else f"can be read ({number})"
        case = SubElement(suite, "testcase", name=name, classname=path)
        error = SubElement(case, "error", type="unreadable", message=plain(problem.message))
        error.text = plain(str(problem))
    if not len(suite):
        SubElement(suite, "testcase", name="has no findings", classname=path)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(failures))
    suite.set("errors", str(len(problems)))
    return suite


def _words(result: Result, finding: Finding) -> str:
    """A finding in full."""
    place = finding.place
    where = (
        f"{result.path(place.file)}:{place.line}:{place.column}" if place.line else result.path(place.file)
    )
    lines = [f"{where}: {finding.severity.word}: {finding.message} [{finding.rule}]"]
    lines += [f"  also: {other}: {what}" for other, what in finding.also]
    if finding.path:
        lines.append(f"  in: {finding.path}")
    if finding.hint:
        lines.append(f"  hint: {finding.hint}")
    return plain("\n".join(lines))
