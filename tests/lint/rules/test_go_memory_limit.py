from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "go-memory-limit"
GO = "{k8sgen/runtime: go, k8sgen/runtime-version: '%s'}"


def limited(name: str, value: str, limit: str = "memory: 512Mi", notes: str = "{}") -> str:
    """A Deployment with a variable and a limit."""
    return deployment(f"resources: {{limits: {{{limit}}}}}\nenv: [{{name: {name}, {value}}}]", notes=notes)


REPORTED = {
    "above": (
        limited("GOMEMLIMIT", "value: 1GiB"),
        [
            "14:43 spec.template.spec.containers[0].env[0].value: a GOMEMLIMIT of 1Gi is above the memory limit of 512Mi"
        ],
    ),
    "over": (
        limited("GOMEMLIMIT", "value: '483183821'"),
        [
            "14:43 spec.template.spec.containers[0].env[0].value: a GOMEMLIMIT of 460.8Mi is 91 % of the memory limit of 512Mi"
        ],
    ),
    "ref": (
        limited("GOMEMLIMIT", "valueFrom: {resourceFieldRef: {resource: limits.memory}}"),
        [
            "14:77 spec.template.spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: a GOMEMLIMIT of 512Mi is 100 % of the memory limit of 512Mi"
        ],
    ),
    "unit": (
        limited("GOMEMLIMIT", "value: 460Mi"),
        [
            '14:43 spec.template.spec.containers[0].env[0].value: value "460Mi" of GOMEMLIMIT is none that Go can read, and the program ends at once'
        ],
    ),
    "unread": (
        limited("GOMEMLIMIT", "value: 0.4GiB"),
        [
            '14:43 spec.template.spec.containers[0].env[0].value: value "0.4GiB" of GOMEMLIMIT is none that Go can read, and the program ends at once'
        ],
    ),
    "unset": (
        deployment("resources: {limits: {memory: 512Mi}}", notes=GO % "1.24"),
        [
            "10:11 spec.template.spec.containers[0].env: the Go program does not know its memory limit of 512Mi"
        ],
    ),
}
SILENT = {
    "most": limited("GOMEMLIMIT", "value: '483183820'"),
    "off": limited("GOMEMLIMIT", "value: 'off'"),
    "var": limited("GOMEMLIMIT", "value: $(LIMIT)"),
    "auto": limited("AUTOMEMLIMIT", "value: '0.9'", notes=GO % "1.24"),
    "unlimited": deployment(notes=GO % "1.24"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
