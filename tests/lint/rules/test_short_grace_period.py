from __future__ import annotations

import pytest

from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import said

RULE = "short-grace-period"
GRACE = "terminationGracePeriodSeconds: %d"


REPORTED = {
    "five": (
        deployment(pod=GRACE % 5) + SERVICE,
        [
            "9:38 spec.template.spec.terminationGracePeriodSeconds: a grace period of 5 s cuts off requests that Service/orders still sends"
        ],
    ),
    "zero": (
        deployment(pod=GRACE % 0) + SERVICE,
        [
            "9:38 spec.template.spec.terminationGracePeriodSeconds: a grace period of 0 s cuts off requests that Service/orders still sends"
        ],
    ),
}
SILENT = {
    "six": deployment(pod=GRACE % 6) + SERVICE,
    "worker": deployment(pod=GRACE % 1),
    "hooked": deployment("lifecycle: {preStop: {sleep: {seconds: 5}}}", pod=GRACE % 5) + SERVICE,
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
