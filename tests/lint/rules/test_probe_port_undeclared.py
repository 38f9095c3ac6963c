from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "probe-port-undeclared"


REPORTED = {
    "number": (
        deployment("readinessProbe: {httpGet: {port: 8081}}\nlivenessProbe: {httpGet: {port: 8081}}"),
        [
            "14:43 spec.template.spec.containers[0].livenessProbe.httpGet.port: port 8081 is not declared; the container declares 8080, 9090"
        ],
    ),
}
SILENT = {
    "none": deployment("readinessProbe: {httpGet: {port: 8081}}").replace(
        "          ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]\n", ""
    ),
    "elsewhere": deployment("readinessProbe: {tcpSocket: {host: 10.0.0.1, port: 53}}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
