from __future__ import annotations

import pytest

from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import said

RULE = "readiness-missing"


REPORTED = {
    "init": (
        deployment(pod='initContainers: [{name: proxy, image: "proxy:1"}]') + SERVICE,
        [
            '11:11 spec.template.spec.containers[0].readinessProbe: container "orders" has no readinessProbe, and Service/orders sends it requests'
        ],
    ),
}
SILENT = {
    "alone": deployment(),
    "sidecar": deployment(
        pod='initContainers: [{name: proxy, image: "proxy:1", restartPolicy: Always, readinessProbe: {tcpSocket: {port: 15020}}}]'
    )
    + SERVICE,
    "scraped": deployment() + SERVICE.replace("{port: 80,", "{name: http-metrics, port: 80,"),
    "peers": deployment()
    + SERVICE.replace("spec: {", "spec: {publishNotReadyAddresses: true, clusterIP: None, "),
    "other namespace": deployment() + SERVICE.replace("{name: orders}", "{name: orders, namespace: shop}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
