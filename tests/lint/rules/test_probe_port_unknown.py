from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "probe-port-unknown"


REPORTED = {
    "typo": (
        deployment("startupProbe: {tcpSocket: {port: htp}}"),
        [
            '13:44 spec.template.spec.containers[0].startupProbe.tcpSocket.port: port "htp" is not among the ports of the container: "http", "metrics"'
        ],
    ),
    "hook": (
        deployment("lifecycle: {preStop: {httpGet: {path: /stop, port: admin}}}"),
        [
            '13:62 spec.template.spec.containers[0].lifecycle.preStop.httpGet.port: port "admin" is not among the ports of the container: "http", "metrics"'
        ],
    ),
    "other": (
        deployment("").replace(
            "      containers:\n",
            '      containers:\n        - {name: proxy, image: "proxy:1", livenessProbe: {tcpSocket: {port: http}}}\n',
        ),
        [
            '10:77 spec.template.spec.containers[0].livenessProbe.tcpSocket.port: port "http" is a port of container "orders", and only names of its own are looked up'
        ],
    ),
}
SILENT = {
    "number": deployment("readinessProbe: {httpGet: {port: 8081}}"),
    "metrics": deployment("readinessProbe: {httpGet: {port: metrics}}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
