from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "progress-deadline-too-short"
STARTS_IN = '{k8sgen/startup-seconds: "%s"}'


REPORTED = {
    "probe": (
        deployment("startupProbe: {tcpSocket: {port: http}, failureThreshold: 60}"),
        [
            "4:1 spec.progressDeadlineSeconds: progressDeadlineSeconds 600, the default, reports a rollout as failed, when a startup probe may wait 600 s"
        ],
    ),
    "declared": (
        deployment(spec="progressDeadlineSeconds: 60", notes=STARTS_IN % 60),
        [
            "5:28 spec.progressDeadlineSeconds: progressDeadlineSeconds 60 reports a rollout as failed, when a start takes 60 s"
        ],
    ),
    "sidecars": (
        deployment(
            "startupProbe: {tcpSocket: {port: http}, failureThreshold: 40}",
            pod='initContainers: [{name: proxy, image: "proxy:1", restartPolicy: Always, startupProbe: {tcpSocket: {port: 1}, failureThreshold: 30}}]',
        ),
        [
            "4:1 spec.progressDeadlineSeconds: progressDeadlineSeconds 600, the default, reports a rollout as failed, when a startup probe may wait 700 s"
        ],
    ),
}
SILENT = {
    "fits": deployment("startupProbe: {tcpSocket: {port: http}, failureThreshold: 59}"),
    "warm": deployment(spec="minReadySeconds: 500\nprogressDeadlineSeconds: 501"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
