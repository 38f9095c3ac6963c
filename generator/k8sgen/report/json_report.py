"""For programs: one JSON document, whose `version` changes when a key changes its meaning or goes.

Keys may be added within a version. `schemas/lint.schema.json` describes it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.report.characters import plain

if TYPE_CHECKING:
    from k8sgen.errors import Place, Problem
    from k8sgen.findings import Finding
    from k8sgen.report.result import Result

VERSION = 1


def render(result: Result) -> str:
    """The document, indented, with a line break at its end."""
    return json.dumps(document(result), indent=2, ensure_ascii=False) + "\n"


def document(result: Result) -> dict[str, Any]:
    """The document as data."""
    return {
        "version": VERSION,
        "tool": {"name": "k8sgen", "version": result.version},
        "summary": {
            "errors": result.count(Severity.ERROR),
            "warnings": result.count(Severity.WARNING),
            "infos": result.count(Severity.INFO),
            "files": len(result.files),
            "objects": result.objects,
            "ignored": result.ignored,
            "baseline": result.baseline,
            "fixable": result.fixable,
            "problems": len(result.problems),
        },
        "findings": [
            _finding(result, finding, fingerprint)
            for finding, fingerprint in zip(result.ordered, result.fingerprints, strict=True)
        ],
        "problems": [_problem(problem) for problem in result.problems],
    }


def _finding(result: Result, finding: Finding, fingerprint: str) -> dict[str, Any]:
    rule = result.rules.get(finding.rule)
    return {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "category": rule.category.value if rule else None,
        "message": plain(finding.message),
        "hint": plain(finding.hint),
        **_place(finding.place),
        "endColumn": finding.place.column + finding.length if finding.place.line else None,
        "subject": plain(finding.subject),
        "namespace": plain(finding.namespace),
        "path": plain(finding.path),
        "also": [{**_place(place), "message": plain(what)} for place, what in finding.also],
        "fixable": finding.fixable,
        "fingerprint": fingerprint,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "message": plain(problem.message),
        "hint": plain(problem.hint),
        **_place(problem.place),
        "also": [{**_place(place), "message": plain(what)} for place, what in problem.also],
    }


def _place(place: Place | None) -> dict[str, Any]:
    """The file as the user named it; null for what has no place, or no lines."""
    lines = place is not None and place.line > 0
    return {
        "file": plain(place.file) if place else None,
        "line": place.line if place and lines else None,
        "column": place.column if place and lines else None,
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    text = {"type": "string"}
    count = {"type": "integer", "minimum": 0}
    place = {
        "file": {"type": ["string", "null"], "description": "The file as it was named on the command line."},
        "line": {"type": ["integer", "null"], "minimum": 1, "description": "Counted from 1."},
        "column": {
            "type": ["integer", "null"],
            "minimum": 1,
            "description": "In characters, counted from 1.",
        },
    }
    also = {
        "type": "array",
        "description": "Further places that take part.",
        "items": _object({**place, "message": {**text, "description": "What stands there."}}),
    }
    finding = {
        "rule": {**text, "description": "The rule's id.", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning", "info"]},
        "category": {"type": ["string", "null"], "description": "What the rule is about."},
        "message": {**text, "description": "What is wrong, with the value."},
        "hint": {**text, "description": "What to do; may be empty."},
        **place,
        "endColumn": {
            "type": ["integer", "null"],
            "minimum": 2,
            "description": "The column after the last character of the value.",
        },
        "subject": {**text, "description": "The object: Kind/name; empty when the finding is about a file."},
        "namespace": {**text, "description": "The object's namespace; empty when it names none."},
        "path": {**text, "description": "The value in the object, as Kubernetes prints paths."},
        "also": also,
        "fixable": {"type": "boolean", "description": "Whether --fix can mend it."},
        "fingerprint": {
            **text,
            "description": "Unique in the document; the same when lines move.",
        },
    }
    problem = {"message": text, "hint": text, **place, "also": also}
    summary = {
        "errors": count,
        "warnings": count,
        "infos": count,
        "files": count,
        "objects": count,
        "ignored": {
            **count,
            "description": "Findings that a comment, an annotation or k8sgen.yaml takes out.",
        },
        "baseline": {**count, "description": "Findings that the baseline knows."},
        "fixable": count,
        "problems": count,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The report of k8sgen lint --format json",
        **_object(
            {
                "version": {"const": VERSION},
                "tool": _object({"name": {"const": "k8sgen"}, "version": text}),
                "summary": _object(summary),
                "findings": {"type": "array", "items": _object(finding)},
                "problems": {
                    "type": "array",
                    "description": "Input that could not be read.",
                    "items": _object(problem),
                },
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """An object that has all of these keys; readers let later ones through."""
    return {"type": "object", "required": list(properties), "properties": properties}
