from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "liveness-checks-dependency"


def asking(command: str, image: str = "ghcr.io/acme/orders:1.4.2", more: str = "") -> str:
    """A Deployment whose liveness runs a command in an image."""
    text = deployment(f"livenessProbe: {{exec: {{command: {command}}}}}\n{more}".strip())
    return text.replace("ghcr.io/acme/orders:1.4.2", image)


REPORTED = {
    "actuator": (
        deployment('livenessProbe: {httpGet: {path: "/actuator/health/readiness?x=1", port: http}}'),
        [
            '13:43 spec.template.spec.containers[0].livenessProbe.httpGet.path: liveness asks "/actuator/health/readiness?x=1", which says whether the pod can serve, not whether it is alive'
        ],
    ),
    "remote": (
        asking('[sh, -c, "redis-cli -h redis ping"]'),
        [
            '13:43 spec.template.spec.containers[0].livenessProbe.exec.command: liveness asks "redis" with redis-cli, so every pod restarts when that database fails'
        ],
    ),
    "url": (
        asking('[psql, "postgres://user:secret@db:5432/orders", -c, select 1]'),
        [
            '13:43 spec.template.spec.containers[0].livenessProbe.exec.command: liveness asks "db:5432/orders" with psql, so every pod restarts when that database fails'
        ],
    ),
    "env": (
        asking("[pg_isready]", more="env: [{name: PGHOST, value: db}]"),
        [
            '13:43 spec.template.spec.containers[0].livenessProbe.exec.command: liveness asks "db" with pg_isready, so every pod restarts when that database fails'
        ],
    ),
    "host": (
        deployment("livenessProbe: {tcpSocket: {host: db, port: 5432}}"),
        [
            '13:45 spec.template.spec.containers[0].livenessProbe.tcpSocket.host: liveness asks host "db", so the container restarts when that host fails'
        ],
    ),
}
SILENT = {
    "alive": deployment("livenessProbe: {httpGet: {path: /already, port: http}}"),
    "itself": asking("[redis-cli, ping]"),
    "own": asking('[pg_isready, -h, "$(POSTGRES_HOST)"]', "postgres:17"),
    "local": asking("[mysqladmin, ping, -u, root, -h, 127.0.0.1]"),
    "node": deployment("livenessProbe: {httpGet: {host: 127.0.0.1, port: 8080}}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
