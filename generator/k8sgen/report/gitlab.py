"""GitLab's code quality report, which a merge request shows as a widget and in its changes.

Source: https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.report.characters import plain

if TYPE_CHECKING:
    from k8sgen.errors import Problem
    from k8sgen.findings import Finding
    from k8sgen.report.result import Result

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}
UNREADABLE = "unreadable-input"


def render(result: Result) -> str:
    """The list of issues, with a line break at its end."""
    issues = [
        _finding(result, finding, fingerprint)
        for finding, fingerprint in zip(result.ordered, result.fingerprints, strict=True)
    ]
    issues += [_problem(result, problem, number) for number, problem in enumerate(result.problems)]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"


def _finding(result: Result, finding: Finding, fingerprint: str) -> dict[str, Any]:
    hint = f"; {finding.hint}" if finding.hint else ""
    return {
        "description": plain(f"{finding.message}{hint}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": _location(result, finding.place.file, finding.place.line),
    }


def _problem(result: Result, problem: Problem, number: int) -> dict[str, Any]:
    """What could not be read, as the worst there is; `number` keeps two of the same words apart."""
    file, line = (problem.place.file, problem.place.line) if problem.place else ("", 0)
    parts = (UNREADABLE, file, problem.message, str(number))
    return {
        "description": plain(problem.message + (f"; {problem.hint}" if problem.hint else "")),
        "check_name": UNREADABLE,
        "fingerprint": hashlib.sha256(plain("\0".join(parts)).encode()).hexdigest()[:32],
        "severity": "blocker",
        "location": _location(result, file, line),
    }


def _location(result: Result, file: str, line: int) -> dict[str, Any]:
    """GitLab needs a line; what has none is put on the first."""
    return {"path": plain(result.path(file)), "lines": {"begin": max(line, 1)}}
