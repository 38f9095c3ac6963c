from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "liveness-equals-readiness"


def both(liveness: str, readiness: str) -> str:
    """A Deployment with these two probes."""
    return deployment(f"readinessProbe: {readiness}\nlivenessProbe: {liveness}")


REPORTED = {
    "name and number": (
        both(
            "{httpGet: {path: /healthz, port: 8080, scheme: HTTP}}", "{httpGet: {path: /healthz, port: http}}"
        ),
        [
            "14:26 spec.template.spec.containers[0].livenessProbe: liveness asks what readiness asks and restarts after 30 s, when readiness takes the pod out of traffic after 30 s"
        ],
    ),
    "no path": (
        both("{httpGet: {port: http}}", "{httpGet: {path: /, port: http}}"),
        [
            "14:26 spec.template.spec.containers[0].livenessProbe: liveness asks what readiness asks and restarts after 30 s, when readiness takes the pod out of traffic after 30 s"
        ],
    ),
    "grpc": (
        both("{grpc: {port: 9000}}", "{grpc: {port: 9000, service: ''}}"),
        [
            "14:26 spec.template.spec.containers[0].livenessProbe: liveness asks what readiness asks and restarts after 30 s, when readiness takes the pod out of traffic after 30 s"
        ],
    ),
    "exec": (
        both("{exec: {command: [check]}, periodSeconds: 5}", "{exec: {command: [check]}}"),
        [
            "14:26 spec.template.spec.containers[0].livenessProbe: liveness asks what readiness asks and restarts after 15 s, when readiness takes the pod out of traffic after 30 s"
        ],
    ),
}
SILENT = {
    "two names": both(
        "{httpGet: {path: /healthz, port: metrics}}", "{httpGet: {path: /healthz, port: http}}"
    ),
    "grpc service": both("{grpc: {port: 9000, service: live}}", "{grpc: {port: 9000}}"),
    "patient": both(
        "{httpGet: {path: /healthz, port: http}, failureThreshold: 4}",
        "{httpGet: {path: /healthz, port: http}}",
    ),
    "headers": both(
        "{httpGet: {path: /h, port: http, httpHeaders: [{name: Host, value: a}]}}",
        "{httpGet: {path: /h, port: http}}",
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
