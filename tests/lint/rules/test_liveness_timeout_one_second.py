from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "liveness-timeout-one-second"
LIVENESS = "livenessProbe: {httpGet: {path: /live, port: http}%s}"


REPORTED = {
    "said": (
        deployment(LIVENESS % ", timeoutSeconds: 1, periodSeconds: 2"),
        [
            "13:79 spec.template.spec.containers[0].livenessProbe.timeoutSeconds: liveness has 1 s to answer, and 3 late answers restart the container"
        ],
    ),
}
SILENT = {
    "tcp": deployment("livenessProbe: {tcpSocket: {port: http}}"),
    "job": deployment(LIVENESS % "")
    .replace("kind: Deployment", "kind: Job")
    .replace("apps/v1", "batch/v1")
    .replace("  selector: {matchLabels: {app: orders}}\n", "")
    .replace("      containers:", "      restartPolicy: Never\n      containers:"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
