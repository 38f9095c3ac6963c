from __future__ import annotations

import pytest

from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import said

RULE = "liveness-missing"
READINESS = "readinessProbe: {tcpSocket: {port: http}}"


REPORTED = {
    "served": (
        deployment(READINESS) + SERVICE,
        [
            '10:11 spec.template.spec.containers[0].livenessProbe: container "orders" serves and has no livenessProbe, so a hung process stays'
        ],
    ),
}
SILENT = {
    "alone": deployment(READINESS),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
