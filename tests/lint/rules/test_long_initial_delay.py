from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "long-initial-delay"
LIVENESS = "livenessProbe: {httpGet: {path: /live, port: http}%s}"


REPORTED = {
    "long": (
        deployment(LIVENESS % ", initialDelaySeconds: 30"),
        [
            "13:84 spec.template.spec.containers[0].livenessProbe.initialDelaySeconds: liveness waits 30 s after every start, and kills a start that takes longer than 60 s"
        ],
    ),
}
SILENT = {
    "short": deployment(LIVENESS % ", initialDelaySeconds: 29"),
    "startup": deployment(
        LIVENESS % ", initialDelaySeconds: 60" + "\nstartupProbe: {tcpSocket: {port: http}}"
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
