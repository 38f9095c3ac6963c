from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "startup-probe-missing"
LIVENESS = "livenessProbe: {httpGet: {path: /live, port: http}%s}"
STARTS_IN = '{k8sgen/startup-seconds: "%s"}'


REPORTED = {
    "short": (
        deployment(LIVENESS % ""),
        [
            "13:26 spec.template.spec.containers[0].livenessProbe: a start that takes longer than 30 s is restarted, as no startupProbe waits for it"
        ],
    ),
}
SILENT = {
    "patient": deployment(LIVENESS % ", failureThreshold: 4"),
    "declared": deployment(LIVENESS % "", notes=STARTS_IN % 10),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
