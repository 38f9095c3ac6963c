"""What a spec asks for and the app cannot do: said when it is written, not found out in the cluster."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.app.settings import DEFAULT_PATHS, MAIN, METRICS, main_port, probe_path
from k8sgen.errors import Problem
from k8sgen.features import available
from k8sgen.resolve.shutdown import grace_period_seconds, hook_seconds, pre_stop_needed, pre_stop_pauses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.spec.load import LoadedSpec
    from k8sgen.spec.probes import Probe

TAKEN_PATHS = ("/health", "/metrics", "/orders", "/faults")
"""Paths at which the app answers something else."""

PLAIN_PATH = re.compile(r"(/[-._~A-Za-z0-9]+)+")
"""Paths that the router takes for themselves."""

LOG_LEVEL = re.compile(r"(debug|info|warn|error)([+-][0-9]+)?", re.IGNORECASE)

OTHER_PROGRAM = "and the app's image holds no other program"


def unserved(loaded: LoadedSpec) -> Iterator[Problem]:
    """Each thing that the app of a spec could not do, and where it is asked for."""
    if not loaded.spec.ports:
        yield Problem("there is no port, and the app is an HTTP service", loaded.start, "add `port: 8080`")
        return
    yield from unserved_ports(loaded)
    yield from unserved_programs(loaded)
    yield from unserved_variables(loaded)
    yield from unserved_shutdown(loaded)
    for name in DEFAULT_PATHS:
        yield from unserved_probe(loaded, name)
    yield from unserved_readiness(loaded)


def unserved_ports(loaded: LoadedSpec) -> Iterator[Problem]:
    """One main port, and perhaps one for metrics."""
    spec = loaded.spec
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


def unserved_programs(loaded: LoadedSpec) -> Iterator[Problem]:
    """The image is made from nothing: there is /app, and neither a shell nor anything else to run."""
    spec = loaded.spec
    if spec.command is not None and spec.command != ["/app"]:
        yield Problem(
            f'command runs "{" ".join(spec.command)}", {OTHER_PROGRAM}',
            loaded.place(("command",)),
            "leave command out",
        )
    hook = spec.shutdown.pre_stop
    if hook is not None and hook.exec is not None:
        yield Problem(
            f"shutdown.preStop runs a command, {OTHER_PROGRAM}",
            loaded.place(("shutdown", "preStop")),
            "use shutdown.drainSeconds",
        )
    # The kubelet of an older version cannot pause by itself, so the manifests run `sleep`. A hook that fails
    # is no pause: SIGTERM would come before the proxies know, and requests would be lost in each rollout.
    # To give the image a `sleep` for versions that are no longer maintained is not worth a second program.
    pauses = pre_stop_needed(spec) and pre_stop_pauses(spec)
    if pauses and not available("prestop-sleep", loaded.kubernetes_minor):
        pause = hook_seconds(spec)
        yield Problem(
            f"Kubernetes 1.{loaded.kubernetes_minor} pauses by `sleep {pause}` in the container, {OTHER_PROGRAM}",
            loaded.place(("shutdown",)),
            "write for 1.30 or later, or let the app pause after SIGTERM: `env: {DRAIN_SECONDS: "
            f"{pause}}}` and `shutdown: {{drainSeconds: 0, gracePeriodSeconds: {grace_period_seconds(spec)}}}`",
        )


def unserved_variables(loaded: LoadedSpec) -> Iterator[Problem]:
    """Variables by which the app is told something else than the manifests say, or nothing that it can read."""
    spec = loaded.spec
    told = {name: variable.value for name, variable in spec.env.items() if variable.value is not None}
    ports = {
        "PORT": main_port(spec),
        "METRICS_PORT": spec.ports[METRICS].port if METRICS in spec.ports else None,
    }
    for name, port in ports.items():
        if name in told and port is not None and told[name] != str(port):
            yield Problem(
                f'env.{name} is "{told[name]}", and the manifests say port {port}',
                loaded.place(("env", name)),
                f"leave {name} out: the app knows its ports",
            )
    if not LOG_LEVEL.fullmatch(told.get("LOG_LEVEL", "info")):
        yield Problem(
            f'env.LOG_LEVEL is "{told["LOG_LEVEL"]}", and the app knows debug, info, warn and error',
            loaded.place(("env", "LOG_LEVEL")),
            "write one of these",
        )


def unserved_shutdown(loaded: LoadedSpec) -> Iterator[Problem]:
    """The signal, the hook, and a pause of the app's own that the grace period has no room for."""
    spec = loaded.spec
    if spec.shutdown.signal not in {"SIGTERM", "SIGINT"}:
        yield Problem(
            f"shutdown.signal is {spec.shutdown.signal}, and the app ends on SIGTERM",
            loaded.place(("shutdown", "signal")),
            "leave shutdown.signal out",
        )
    hook = spec.shutdown.pre_stop
    if hook is not None and hook.http_get is not None and hook.http_get.port in {None, MAIN, main_port(spec)}:
        yield Problem(
            f'shutdown.preStop asks for "{hook.http_get.path}", which the app does not answer',
            loaded.place(("shutdown", "preStop")),
            "use shutdown.drainSeconds",
        )
    drain = spec.env["DRAIN_SECONDS"].value if "DRAIN_SECONDS" in spec.env else None
    if drain is None:
        return
    if not re.fullmatch(r"[0-9]{1,4}", drain):
        yield Problem(
            f'env.DRAIN_SECONDS is "{drain}", which is no number of seconds',
            loaded.place(("env", "DRAIN_SECONDS")),
            "write a whole number",
        )
        return
    needed = hook_seconds(spec) + int(drain) + spec.shutdown.timeout_seconds
    if needed > grace_period_seconds(spec):
        yield Problem(
            f"the pod is killed after {grace_period_seconds(spec)} s, and its end takes {needed} s: pause "
            f"{hook_seconds(spec)} s + env.DRAIN_SECONDS {drain} s + shutdown.timeoutSeconds "
            f"{spec.shutdown.timeout_seconds} s",
            loaded.place(("env", "DRAIN_SECONDS")),
            "leave DRAIN_SECONDS out: the hook has paused before SIGTERM comes",
        )


def unserved_probe(loaded: LoadedSpec, name: str) -> Iterator[Problem]:
    """What a probe asks for and the app does not answer."""
    probe: Probe = getattr(loaded.spec.probes, name)
    place = loaded.place(("probes", name))
    usual = f"write `{name}: {DEFAULT_PATHS[name]}`"
    for key in ("exec", "grpc"):
        if getattr(probe, key) is not None:
            yield Problem(f"probes.{name} is of type {key}, and the app answers HTTP", place, usual)
    if probe.http_get is None:
        return
    path = probe_path(loaded.spec, name)
    if path in TAKEN_PATHS or path.startswith(tuple(f"{each}/" for each in TAKEN_PATHS)):
        yield Problem(f'probes.{name} asks for "{path}", where the app answers something else', place, usual)
    if not PLAIN_PATH.fullmatch(path):
        yield Problem(f'probes.{name} asks for "{path}", which is no plain path', place, usual)
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


def unserved_readiness(loaded: LoadedSpec) -> Iterator[Problem]:
    """At one path there is one answer: of readiness it depends on the database, and for liveness it must not."""
    probes = loaded.spec.probes
    if probes.readiness.http_get is None:
        return
    path = probe_path(loaded.spec, "readiness")
    for name in ("liveness", "startup"):
        probe: Probe = getattr(probes, name)
        if probe.http_get is not None and probe_path(loaded.spec, name) == path:
            yield Problem(
                f'probes.readiness and probes.{name} both ask for "{path}", and a database that is away must '
                "cost traffic and no restart",
                loaded.place(("probes", "readiness")),
                f"write `readiness: {DEFAULT_PATHS['readiness']}`",
            )
