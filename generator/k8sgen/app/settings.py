"""What a spec tells the app: ports, probe paths, shutdown budget and weighted checks. And what no app can serve."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from k8sgen.errors import Problem, SpecError
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

    from k8sgen.spec.load import LoadedSpec
    from k8sgen.spec.probes import Probe
    from k8sgen.spec.service_spec import Spec

DEFAULT_PATHS = {"liveness": "/healthz", "readiness": "/readyz", "startup": "/startupz"}
TAKEN_PATHS = ("/health", "/metrics", "/orders", "/faults")
"""Paths at which the app answers something else."""

PLAIN_PATH = re.compile(r"(/[-._~A-Za-z0-9]+)+")
"""Paths that the router takes for themselves."""

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
    threshold: int
    checks: tuple[Check, ...]


def settings_of(loaded: LoadedSpec) -> AppSettings:
    """What the app of a spec is told. Raises SpecError with all that it could not serve."""
    spec = loaded.spec
    if problems := list(unserved(loaded)):
        raise SpecError(*problems)
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


def unserved(loaded: LoadedSpec) -> Iterator[Problem]:
    """What the spec asks for and the app cannot do."""
    spec = loaded.spec
    if not spec.ports:
        yield Problem("there is no port, and the app is an HTTP service", loaded.start, "add `port: 8080`")
        return
    if main_port(spec) is None:
        yield Problem(
            f"the app serves one port, and ports has {', '.join(sorted(spec.ports))}",
            loaded.place(("ports",)),
            "name the one it serves http",
        )
    for name in (MAIN, METRICS):
        if name in spec.ports and spec.ports[name].protocol not in {None, "TCP"}:
            yield Problem(
                f"ports.{name} is {spec.ports[name].protocol}, and the app speaks HTTP over TCP",
                loaded.place(("ports", name)),
                "leave protocol out",
            )
    if spec.shutdown.signal not in {"SIGTERM", "SIGINT"}:
        yield Problem(
            f"shutdown.signal is {spec.shutdown.signal}, and the app ends on SIGTERM",
            loaded.place(("shutdown", "signal")),
            "leave shutdown.signal out",
        )
    if spec.shutdown.pre_stop is not None and spec.shutdown.pre_stop.exec is not None:
        yield Problem(
            "shutdown.preStop runs a command, and the app's image holds no other program",
            loaded.place(("shutdown", "preStop")),
            "use shutdown.drainSeconds",
        )
    for name in DEFAULT_PATHS:
        yield from unserved_probe(loaded, name)


def unserved_probe(loaded: LoadedSpec, name: str) -> Iterator[Problem]:
    """What a probe asks for and the app does not answer."""
    probe: Probe = getattr(loaded.spec.probes, name)
    place = loaded.place(("probes", name))
    for key in ("exec", "grpc"):
        if getattr(probe, key) is not None:
            yield Problem(
                f"probes.{name} is of type {key}, and the app answers HTTP",
                place,
                f"write `{name}: {DEFAULT_PATHS[name]}`",
            )
    if probe.http_get is None:
        return
    path = probe_path(loaded.spec, name)
    if path in TAKEN_PATHS or path.startswith(tuple(f"{each}/" for each in TAKEN_PATHS)):
        yield Problem(
            f'probes.{name} asks for "{path}", where the app answers something else',
            place,
            f"write `{name}: {DEFAULT_PATHS[name]}`",
        )
    if not PLAIN_PATH.fullmatch(path):
        yield Problem(
            f'probes.{name} asks for "{path}", which is no plain path',
            place,
            f"write `{name}: {DEFAULT_PATHS[name]}`",
        )
    if probe.http_get.scheme == "HTTPS":
        yield Problem(f"probes.{name} asks by HTTPS, and the app answers HTTP", place, "leave scheme out")
    if probe.http_get.port not in {None, MAIN, main_port(loaded.spec)} and loaded.spec.ports.keys() - {
        METRICS
    } != {probe.http_get.port}:
        yield Problem(
            f"probes.{name} asks port {probe.http_get.port}, and the app answers probes on its main port",
            place,
            "leave port out",
        )
