from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "grace-period-too-short"
GRACE = "terminationGracePeriodSeconds: %d"


def hooked(hook: str, pod: str = "", notes: str = "{}") -> str:
    """A Deployment with this preStop hook."""
    return deployment(f"lifecycle: {{preStop: {hook}}}", pod=pod, notes=notes)


REPORTED = {
    "native": (
        hooked("{sleep: {seconds: 30}}"),
        [
            '8:5 spec.template.spec.terminationGracePeriodSeconds: the default grace period of 30 s is no longer than what stopping takes: 30 s in the preStop hook of container "orders" and 0 s after SIGTERM'
        ],
    ),
    "script": (
        hooked("{exec: {command: [/bin/sh, -c, nginx -s quit; /bin/sleep 1m]}}", GRACE % 60),
        [
            '9:38 spec.template.spec.terminationGracePeriodSeconds: a grace period of 60 s is no longer than what stopping takes: 60 s in the preStop hook of container "orders" and 0 s after SIGTERM'
        ],
    ),
    "plain": (
        hooked("{exec: {command: [sleep, 40s]}}", GRACE % 40),
        [
            '9:38 spec.template.spec.terminationGracePeriodSeconds: a grace period of 40 s is no longer than what stopping takes: 40 s in the preStop hook of container "orders" and 0 s after SIGTERM'
        ],
    ),
    "declared": (
        hooked("{sleep: {seconds: 5}}", GRACE % 25, '{k8sgen/shutdown-seconds: "20"}'),
        [
            '9:38 spec.template.spec.terminationGracePeriodSeconds: a grace period of 25 s is no longer than what stopping takes: 5 s in the preStop hook of container "orders" and 20 s after SIGTERM'
        ],
    ),
    "no hook": (
        deployment(notes='{k8sgen/shutdown-seconds: "60"}'),
        [
            '8:5 spec.template.spec.terminationGracePeriodSeconds: the default grace period of 30 s is no longer than what stopping takes: 0 s in the preStop hook of container "orders" and 60 s after SIGTERM'
        ],
    ),
}
SILENT = {
    "fits": hooked("{sleep: {seconds: 29}}"),
    "branch": hooked("{exec: {command: [sh, -c, while busy; do sleep 60; done]}}"),
    "http": hooked("{httpGet: {port: http}}", GRACE % 1),
    "declared fits": hooked("{sleep: {seconds: 5}}", GRACE % 26, '{k8sgen/shutdown-seconds: "20"}'),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
