from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "config-change-without-rollout"
CONFIG_MAP = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {A: a}\n"
CONFIG_VOLUME = "volumes: [{name: config, configMap: {name: orders}}]"


REPORTED = {
    "env": (
        deployment("env: [{name: A, valueFrom: {configMapKeyRef: {name: orders, key: A}}}]")
        + CONFIG_MAP % "orders",
        [
            '13:63 spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name: container "orders" reads ConfigMap/orders once, when it starts, and nothing starts new pods when that changes'
        ],
    ),
    "sub": (
        deployment("volumeMounts: [{name: config, mountPath: /etc/orders/a, subPath: A}]", pod=CONFIG_VOLUME)
        + CONFIG_MAP % "orders",
        [
            '14:76 spec.template.spec.containers[0].volumeMounts[0].subPath: container "orders" reads ConfigMap/orders once, when it starts, and nothing starts new pods when that changes'
        ],
    ),
}
SILENT = {
    "elsewhere": deployment("envFrom: [{configMapRef: {name: orders}}]"),
    "mounted": deployment("volumeMounts: [{name: config, mountPath: /etc/orders}]", pod=CONFIG_VOLUME)
    + CONFIG_MAP % "orders",
    "immutable": deployment("envFrom: [{configMapRef: {name: orders}}]")
    + CONFIG_MAP % "orders"
    + "immutable: true\n",
    "reloaded": deployment("envFrom: [{configMapRef: {name: orders}}]").replace(
        "metadata: {name: orders}",
        "metadata: {name: orders, annotations: {reloader.stakater.com/auto: 'true'}}",
        1,
    )
    + CONFIG_MAP % "orders",
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
