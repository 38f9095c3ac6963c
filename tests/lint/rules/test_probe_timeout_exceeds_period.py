from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "probe-timeout-exceeds-period"


REPORTED = {
    "unset period": (
        deployment("livenessProbe: {tcpSocket: {port: http}, timeoutSeconds: 11}"),
        [
            "13:68 spec.template.spec.containers[0].livenessProbe.timeoutSeconds: a time-out of 11 s is above the period of 10 s, so a hung container is noticed after 33 s, not 30 s"
        ],
    ),
    "startup": (
        deployment("startupProbe: {tcpSocket: {port: http}, periodSeconds: 1, timeoutSeconds: 2}"),
        [
            "13:85 spec.template.spec.containers[0].startupProbe.timeoutSeconds: a time-out of 2 s is above the period of 1 s, so a hung container is noticed after 6 s, not 3 s"
        ],
    ),
}
SILENT = {
    "equal": deployment("livenessProbe: {tcpSocket: {port: http}, timeoutSeconds: 10}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
