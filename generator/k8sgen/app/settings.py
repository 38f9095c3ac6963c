"""What a spec tells the app: ports, probe paths, shutdown budget and weighted checks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from k8sgen.resolve.arithmetic import by_key
from k8sgen.resolve.container import image_reference
from k8sgen.resolve.health import (
    given_health_weight,
    health_check_env,
    health_check_interval,
    health_check_timeout,
    health_kind_weight,
    sharing_health_checks,
)
from k8sgen.resolve.shutdown import hook_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.spec.probes import Probe
    from k8sgen.spec.service_spec import Spec

DEFAULT_PATHS = {"liveness": "/healthz", "readiness": "/readyz", "startup": "/startupz"}
MAIN, METRICS = "http", "metrics"


@dataclass(frozen=True, slots=True)
class Check:
    """One weighted check; `weight` is in points of 100."""

    name: str
    kind: str
    type: str
    env: str
    weight: Fraction
    required: bool
    interval_seconds: int
    timeout_seconds: int


@dataclass(frozen=True, slots=True)
class AppSettings:
    """Everything that differs from app to app."""

    name: str
    image: str
    user: str
    port: int
    metrics_port: int
    liveness: str
    readiness: str
    startup: str
    drain_seconds: int
    timeout_seconds: int
    database_env: str
    cache_env: str
    sqlite_env: str
    threshold: int
    checks: tuple[Check, ...]


def settings_of(spec: Spec) -> AppSettings:
    """What the app of a spec is told; of one that `unserved` finds nothing wrong with."""
    port = main_port(spec) or 0
    metrics = spec.ports.get(METRICS)
    checks = tuple(checks_of(spec))
    envs = {check.type: check.env for check in reversed(checks)}
    user = spec.security.run_as_user
    group = spec.security.run_as_group
    return AppSettings(
        name=spec.name,
        image=image_reference(spec),
        user=f"{65532 if user is None else user}:{65532 if group is None else group}",
        port=port,
        metrics_port=metrics.port if metrics else port,
        liveness=probe_path(spec, "liveness"),
        readiness=probe_path(spec, "readiness"),
        startup=probe_path(spec, "startup"),
        drain_seconds=hook_seconds(spec),
        timeout_seconds=spec.shutdown.timeout_seconds,
        database_env=envs.get("postgres", "DATABASE_URL"),
        cache_env=envs.get("redis", "REDIS_URL"),
        sqlite_env=envs.get("sqlite", "SQLITE_PATH"),
        threshold=spec.health.threshold,
        checks=checks,
    )


def checks_of(spec: Spec) -> Iterator[Check]:
    """The checks with what each weighs: what it says, or an equal share of what its kind has left."""
    for name, check in by_key(spec.health.checks if spec.health.enabled else {}):
        left = health_kind_weight(spec, check.kind) - given_health_weight(spec, check.kind)
        yield Check(
            name=name,
            kind=check.kind,
            type=check.type,
            env=health_check_env(check),
            weight=Fraction(check.weight)
            if check.weight is not None
            else Fraction(left, sharing_health_checks(spec, check.kind)),
            required=bool(check.required),
            interval_seconds=health_check_interval(check),
            timeout_seconds=health_check_timeout(check),
        )


def main_port(spec: Spec) -> int | None:
    """The port named http, else the only one that is not for metrics."""
    if MAIN in spec.ports:
        return spec.ports[MAIN].port
    others = [port.port for name, port in spec.ports.items() if name != METRICS]
    return others[0] if len(others) == 1 else None


def probe_path(spec: Spec, name: str) -> str:
    """The path that a probe asks for; the usual one where the probe is off or only opens a connection."""
    probe: Probe = getattr(spec.probes, name)
    return (probe.http_get.path if probe.http_get else None) or DEFAULT_PATHS[name]
