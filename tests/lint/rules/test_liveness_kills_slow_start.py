from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "liveness-kills-slow-start"
LIVENESS = "livenessProbe: {httpGet: {path: /live, port: http}%s}"
STARTS_IN = '{k8sgen/startup-seconds: "%s"}'


REPORTED = {
    "late": (
        deployment(LIVENESS % "", notes=STARTS_IN % 21),
        [
            "13:26 spec.template.spec.containers[0].livenessProbe: liveness may restart the container after 20 s, when a start takes 21 s"
        ],
    ),
}
SILENT = {
    "fits": deployment(LIVENESS % "", notes=STARTS_IN % 20),
    "delay": deployment(LIVENESS % ", initialDelaySeconds: 30", notes=STARTS_IN % 50),
    "unsaid": deployment(LIVENESS % ""),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
