from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "go-max-procs"
GO = "{k8sgen/runtime: go, k8sgen/runtime-version: '%s'}"


def limited(name: str, value: str, limit: str = "memory: 512Mi", notes: str = "{}") -> str:
    """A Deployment with a variable and a limit."""
    return deployment(f"resources: {{limits: {{{limit}}}}}\nenv: [{{name: {name}, {value}}}]", notes=notes)


REPORTED = {
    "old": (
        deployment("resources: {limits: {cpu: 1500m}}", notes=GO % "1.24.3"),
        [
            "10:11 spec.template.spec.containers[0].env: version 1.24.3 of Go does not see the CPU limit of 1500m and starts a thread for each core of the node"
        ],
    ),
    "above": (
        limited("GOMAXPROCS", "value: '3'", "cpu: 1500m"),
        [
            "14:43 spec.template.spec.containers[0].env[0].value: a GOMAXPROCS of 3 is above the CPU limit of 1500m"
        ],
    ),
    "small old": (
        limited("GOMAXPROCS", "value: '2'", "cpu: 500m", GO % "1.24"),
        [
            "14:43 spec.template.spec.containers[0].env[0].value: a GOMAXPROCS of 2 is above the CPU limit of 500m"
        ],
    ),
}
SILENT = {
    "new": deployment("resources: {limits: {cpu: 1500m}}", notes=GO % "1.25"),
    "ceil": limited("GOMAXPROCS", "value: '2'", "cpu: 1500m"),
    "small": limited("GOMAXPROCS", "value: '2'", "cpu: 500m"),
    "ref": limited(
        "GOMAXPROCS", "valueFrom: {resourceFieldRef: {resource: limits.cpu}}", "cpu: 500m", GO % "1.24"
    ),
    "unknown": deployment("resources: {limits: {cpu: 1500m}}", notes="{k8sgen/runtime: go}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
