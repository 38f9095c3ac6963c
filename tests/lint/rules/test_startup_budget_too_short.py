from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "startup-budget-too-short"
STARTS_IN = '{k8sgen/startup-seconds: "%s"}'


REPORTED = {
    "off by one": (
        deployment(
            "startupProbe: {tcpSocket: {port: http}, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 6}",
            notes=STARTS_IN % 31,
        ),
        [
            "13:111 spec.template.spec.containers[0].startupProbe.failureThreshold: the startup probe surely waits 30 s (5 s + (6 - 1) x 5 s), when a start takes 31 s"
        ],
    ),
    "default": (
        deployment("startupProbe: {tcpSocket: {port: http}}", notes=STARTS_IN % 30),
        [
            "13:11 spec.template.spec.containers[0].startupProbe.failureThreshold: the startup probe surely waits 20 s (0 s + (3 - 1) x 10 s), when a start takes 30 s"
        ],
    ),
}
SILENT = {
    "fits": deployment(
        "startupProbe: {tcpSocket: {port: http}, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 6}",
        notes=STARTS_IN % 30,
    ),
    "unread": deployment("startupProbe: {tcpSocket: {port: http}}", notes=STARTS_IN % "30s"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
