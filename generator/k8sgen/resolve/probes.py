"""What the probes ask, how often, and how much time they leave."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key, ceil_div, is_text
from k8sgen.resolve.container import port_protocol
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.container import Container
from k8sgen.spec.probes import Grpc, HttpGet, PortReference, Probe, TcpSocket
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.types import Positive

PROBE_DOCS = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"
CONFIGURE_DOCS = (
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/"
)
WORKER = "k8s.io/kubernetes/pkg/kubelet/prober/worker.go"
VALIDATE_PROBE = "validateProbe in k8s.io/kubernetes/pkg/apis/core/validation"


@derived()
def tcp_ports(container: Container) -> list[str]:
    """Names of the ports of a container that take connections."""
    names: list[str] = []
    for name, port in by_key(container.ports):
        if port_protocol(port) == "TCP":
            names.append(name)
    return names


@derived()
def has_port(container: Container, wanted: int | str) -> bool:
    """Whether a container declares a TCP port of this number or name."""
    if is_text(wanted):
        return any(name == wanted for name in tcp_ports(container))
    return any(
        port.port == wanted and port_protocol(port) == "TCP" for _name, port in by_key(container.ports)
    )


@derived(source=PROBE_DOCS)
def probe_port(container: Container) -> str:
    """Name of the port to ask when a probe does not say: `http`, else the only one; "" when that is no choice."""
    only = ""
    count = 0
    for name in tcp_ports(container):
        count += 1
        only += name
    if count == 1:
        return only
    return "http" if any(name == "http" for name in tcp_ports(container)) else ""


@probe_port.because
def _(container: Container) -> str:
    return "that it opens is all a port can say; a path says more"


@derived()
def probe_port_number(container: Container) -> int:
    """Number of the port to ask; 0 when there is no choice."""
    number = 0
    for name, port in by_key(container.ports):
        if name == probe_port(container):
            number += port.port
    return number


@derived(given="port")
def http_get_port(http_get: HttpGet, container: Container) -> PortReference:
    """Port of an HTTP request."""
    return probe_port(container)


@derived(given="port")
def tcp_socket_port(tcp_socket: TcpSocket, container: Container) -> PortReference:
    """Port of a connection."""
    return probe_port(container)


@derived(given="port")
def grpc_port(grpc: Grpc, container: Container) -> int:
    """Port of a gRPC health check, which Kubernetes takes as a number alone."""
    return probe_port_number(container)


@derived()
def has_handler(probe: Probe) -> bool:
    """Whether a probe says how to ask."""
    return (
        probe.http_get is not None
        or probe.tcp_socket is not None
        or probe.exec is not None
        or probe.grpc is not None
    )


@derived(given="enabled", source=PROBE_DOCS)
def probe_enabled(probe: Probe, container: Container) -> bool:
    """Whether a probe is there: when it says how to ask, or the container has a port to ask."""
    return has_handler(probe) or bool(tcp_ports(container))


@probe_enabled.because
def _(probe: Probe, container: Container) -> str:
    if probe_enabled(probe, container):
        return "it says how to ask" if has_handler(probe) else "there is a port to ask"
    return "no port to ask; exec can ask a process that has none"


@derived()
def startup_probe_enabled(spec: Spec) -> bool:
    """Whether the main container has a start-up probe."""
    return probe_enabled(spec.probes.startup, spec)


@derived(given="probes.startup.periodSeconds", source=PROBE_DOCS)
def startup_period_seconds(spec: Spec) -> int:
    """Seconds between start-up probes: a fifth of a normal start, from 1 to 10."""
    return min(10, max(1, spec.startup.expected_seconds // 5))


@startup_period_seconds.because
def _(spec: Spec) -> str:
    return f"a fifth of the {spec.startup.expected_seconds} s that a start takes, 1 to 10"


@derived(given="probes.startup.failureThreshold", source=WORKER)
def startup_failure_threshold(spec: Spec) -> int:
    """Failures that leave room for the slowest start: guaranteed is initialDelay + (threshold - 1) * period."""
    delay = spec.probes.startup.initial_delay_seconds or 0
    return ceil_div(max(0, spec.startup.slowest_seconds - delay), startup_period_seconds(spec)) + 1


@startup_failure_threshold.because
def _(spec: Spec) -> str:
    period, threshold = startup_period_seconds(spec), startup_failure_threshold(spec)
    delay = spec.probes.startup.initial_delay_seconds or 0
    time = f"{delay} s + ({threshold} - 1) x {period} s" if delay else f"({threshold} - 1) x {period} s"
    return f"{time} leave room for a start of {spec.startup.slowest_seconds} s"


@derived(given="probes.startup.timeoutSeconds", source=PROBE_DOCS)
def startup_timeout_seconds(spec: Spec) -> int:
    """Seconds after which a start-up probe has failed, at most the period."""
    return min(2, startup_period_seconds(spec))


@startup_timeout_seconds.because
def _(spec: Spec) -> str:
    return (
        "at most the period" if startup_period_seconds(spec) <= 2 else "an answer that takes longer is none"
    )


@derived(source=WORKER)
def startup_budget_seconds(spec: Spec) -> int:
    """Seconds after which a start has succeeded or is given up: that of the probe, else the slowest start declared."""
    if not startup_probe_enabled(spec):
        return spec.startup.slowest_seconds
    delay = spec.probes.startup.initial_delay_seconds or 0
    return (
        delay + startup_failure_threshold(spec) * startup_period_seconds(spec) + startup_timeout_seconds(spec)
    )


@derived(
    given="probes.readiness.periodSeconds",
    reason="a pod that cannot serve gets no traffic soon after",
    source=PROBE_DOCS,
)
def readiness_period_seconds(spec: Spec) -> int:
    """Seconds between readiness probes."""
    return 5


@derived(given="probes.readiness.timeoutSeconds", source=PROBE_DOCS)
def readiness_timeout_seconds(spec: Spec) -> int:
    """Seconds after which a readiness probe has failed, at most the period."""
    return min(2, readiness_period_seconds(spec))


@readiness_timeout_seconds.because
def _(spec: Spec) -> str:
    return (
        "at most the period" if readiness_period_seconds(spec) < 2 else "an answer that takes longer is none"
    )


@derived(given="probes.readiness.failureThreshold", source=PROBE_DOCS)
def readiness_failure_threshold(spec: Spec) -> int:
    """Failures after which a pod gets no traffic."""
    return 3


@readiness_failure_threshold.because
def _(spec: Spec) -> str:
    threshold, period = readiness_failure_threshold(spec), readiness_period_seconds(spec)
    return f"out of traffic after {threshold} x {period} s; one lost answer is no outage"


@derived(
    given="probes.liveness.periodSeconds",
    reason="a restart is the last resort, so it is in less of a hurry than readiness",
    source=PROBE_DOCS,
)
def liveness_period_seconds(spec: Spec) -> int:
    """Seconds between liveness probes."""
    return 10


@derived(given="probes.liveness.timeoutSeconds", source=PROBE_DOCS)
def liveness_timeout_seconds(spec: Spec) -> int:
    """Seconds after which a liveness probe has failed: as patient as readiness, at most the period."""
    return min(max(2, readiness_timeout_seconds(spec)), liveness_period_seconds(spec))


@liveness_timeout_seconds.because
def _(spec: Spec) -> str:
    if liveness_timeout_seconds(spec) == liveness_period_seconds(spec):
        return "at most the period"
    return (
        "no less patient than readiness"
        if probe_enabled(spec.probes.readiness, spec)
        else "an answer that takes longer is none"
    )


@derived(source=WORKER)
def readiness_detection_seconds(spec: Spec) -> int:
    """Seconds that readiness needs at most to see that a pod cannot serve; 0 without the probe."""
    if not probe_enabled(spec.probes.readiness, spec):
        return 0
    return readiness_failure_threshold(spec) * readiness_period_seconds(spec) + readiness_timeout_seconds(
        spec
    )


@derived(source=WORKER)
def liveness_start_room_seconds(spec: Spec) -> int:
    """Seconds of a start that liveness must wait out: the slowest one when no start-up probe holds it back."""
    if startup_probe_enabled(spec):
        return 0
    return spec.startup.slowest_seconds


@derived(given="probes.liveness.failureThreshold", source=WORKER)
def liveness_failure_threshold(spec: Spec) -> Positive:
    """Failures that keep liveness from tripping before readiness, and from killing a start that is in order.

    The soonest that it trips is (threshold - 1) * period after the first failure.
    """
    period = liveness_period_seconds(spec)
    delay = spec.probes.liveness.initial_delay_seconds or 0
    after_readiness = (
        ceil_div(max(0, readiness_detection_seconds(spec) - liveness_timeout_seconds(spec)), period) + 1
    )
    after_start = ceil_div(max(0, liveness_start_room_seconds(spec) - delay), period) + 1
    return max(3, after_readiness, after_start)


@liveness_failure_threshold.because
def _(spec: Spec) -> str:
    threshold, period = liveness_failure_threshold(spec), liveness_period_seconds(spec)
    delay = spec.probes.liveness.initial_delay_seconds or 0
    start = liveness_start_room_seconds(spec)
    if start and ceil_div(max(0, start - delay), period) + 1 == threshold:
        time = f"{delay} s + ({threshold} - 1) x {period} s" if delay else f"({threshold} - 1) x {period} s"
        return f"{time} leave room for a start of {start} s, which no start-up probe covers"
    if probe_enabled(spec.probes.readiness, spec):
        ready = f"{readiness_failure_threshold(spec)} x {readiness_period_seconds(spec)} s"
        return f"{threshold} x {period} s is after readiness ({ready}): traffic stops before the restart"
    return "one lost answer is no reason to restart"


@derived()
def ports_text(container: Container) -> str:
    """The ports of a container in words."""
    ports = ""
    for name, port in by_key(container.ports):
        ports += f", {name} {port.port}"
    return ports.removeprefix(", ")


@derived()
def asks_unnamed_port(probe: Probe, container: Container) -> bool:
    """Whether a probe asks a port and leaves it to us which."""
    if not probe_enabled(probe, container) or probe.exec is not None:
        return False
    if probe.http_get is not None:
        return http_get_port(probe.http_get, container) == ""
    if probe.tcp_socket is not None:
        return tcp_socket_port(probe.tcp_socket, container) == ""
    if probe.grpc is not None:
        return grpc_port(probe.grpc, container) == 0
    return probe_port(container) == ""


PORT_HINT = "give the probe a handler with its port, name a port http, or switch the probe off with false"


@rule(
    "*.httpGet",
    "*.tcpSocket",
    "*.grpc",
    "*",
    "ports",
    each="containers.probes",
    hint=PORT_HINT,
    source=PROBE_DOCS,
)
def probe_port_unclear(probe: Probe, container: Container, at: str) -> str:
    """With several ports only the user knows which one answers."""
    if is_left_to_us(probe, container, at) or not asks_unnamed_port(probe, container) or not container.ports:
        return ""
    return f"{at.removesuffix('.')} does not say which port to ask: {ports_text(container)}"


@derived()
def is_left_to_us(probe: Probe, container: Container, at: str) -> bool:
    """Whether a probe of the main container says nothing of how to ask."""
    return at.startswith("probes.") and not has_handler(probe)


@rule("ports", "probes", hint=PORT_HINT, source=PROBE_DOCS)
def default_probe_port_unclear(spec: Spec) -> str:
    """The probes that everybody gets need a port to ask; with several, only the user knows which one answers."""
    unclear = ""
    if not spec.ports or probe_port(spec) != "":
        return unclear
    if not has_handler(spec.probes.startup) and asks_unnamed_port(spec.probes.startup, spec):
        unclear += ", startup"
    if not has_handler(spec.probes.liveness) and asks_unnamed_port(spec.probes.liveness, spec):
        unclear += ", liveness"
    if not has_handler(spec.probes.readiness) and asks_unnamed_port(spec.probes.readiness, spec):
        unclear += ", readiness"
    if unclear == "":
        return unclear
    return f"nothing says which port the probes ask ({unclear.removeprefix(', ')}): {ports_text(spec)}"


@rule(
    "*",
    "*.httpGet",
    "*.tcpSocket",
    "*.grpc",
    each="containers.probes",
    hint="declare a port, or ask the process itself: `exec: {command: [...]}`",
    source=PROBE_DOCS,
)
def probe_without_port(probe: Probe, container: Container, at: str) -> str:
    """A probe of a container without ports has nothing to ask."""
    if not container.ports and asks_unnamed_port(probe, container):
        return f"{at.removesuffix('.')} is on, and there is neither a port nor a command to ask"
    return ""


@rule(
    "*.httpGet.port",
    "*.tcpSocket.port",
    "*.grpc.port",
    "ports",
    each="containers.probes",
    hint="declare the port under `ports`, with inService: false when no Service is to show it",
    source=CONFIGURE_DOCS,
)
def probe_port_undeclared(probe: Probe, container: Container, at: str) -> str:
    """A probe asks a port that the container says it has, by number too: what nobody declares, nobody keeps."""
    message = ""
    if not has_handler(probe) or not probe_enabled(probe, container) or asks_unnamed_port(probe, container):
        return message
    if probe.http_get is not None and not has_port(container, http_get_port(probe.http_get, container)):
        message = f"{at}httpGet.port ({http_get_port(probe.http_get, container)}) is not a TCP port of the container"
    if probe.tcp_socket is not None and not has_port(container, tcp_socket_port(probe.tcp_socket, container)):
        message = f"{at}tcpSocket.port ({tcp_socket_port(probe.tcp_socket, container)}) is not a TCP port of the container"
    if probe.grpc is not None and not has_port(container, grpc_port(probe.grpc, container)):
        message = f"{at}grpc.port ({grpc_port(probe.grpc, container)}) is not a TCP port of the container"
    return message


@rule("*.successThreshold", each="containers.probes", hint="remove it", source=VALIDATE_PROBE)
def probe_success_threshold(probe: Probe, kind: str, at: str) -> str:
    """A start or a restart is decided by one good answer."""
    successes = probe.success_threshold or 1
    if kind != "readiness" and successes != 1:
        return f"{at}successThreshold is {successes}, and Kubernetes allows only 1 for {kind}"
    return ""


@rule(
    "*.terminationGracePeriodSeconds",
    each="containers.probes",
    hint="remove it, or set it on liveness or startup",
    source=VALIDATE_PROBE,
)
def readiness_grace_period(probe: Probe, kind: str, at: str) -> str:
    """Readiness restarts nothing, so there is no grace period."""
    if kind == "readiness" and probe.termination_grace_period_seconds is not None:
        return f"{at}terminationGracePeriodSeconds is {probe.termination_grace_period_seconds}, and readiness restarts nothing"
    return ""


@derived()
def probe_period(probe: Probe, at: str, spec: Spec) -> int:
    """Seconds between the probes that stand at a path; Kubernetes' default is 10."""
    if at == "probes.startup.":
        return startup_period_seconds(spec)
    if at == "probes.liveness.":
        return liveness_period_seconds(spec)
    if at == "probes.readiness.":
        return readiness_period_seconds(spec)
    return probe.period_seconds or 10


@derived()
def probe_timeout(probe: Probe, at: str, spec: Spec) -> int:
    """Seconds after which the probes that stand at a path have failed; Kubernetes' default is 1."""
    if at == "probes.startup.":
        return startup_timeout_seconds(spec)
    if at == "probes.liveness.":
        return liveness_timeout_seconds(spec)
    if at == "probes.readiness.":
        return readiness_timeout_seconds(spec)
    return probe.timeout_seconds or 1


@rule(
    "*.timeoutSeconds",
    "*.periodSeconds",
    each="containers.probes",
    hint="raise periodSeconds, or lower timeoutSeconds",
    source=WORKER,
)
def probe_timeout_over_period(probe: Probe, at: str, spec: Spec) -> str:
    """The kubelet asks one probe after the other, so a longer time-out stretches the period unseen."""
    timeout = probe_timeout(probe, at, spec)
    period = probe_period(probe, at, spec)
    if timeout > period:
        return f"{at}timeoutSeconds ({timeout}) is longer than {at}periodSeconds ({period})"
    return ""


@rule(
    "probes.startup.failureThreshold",
    "probes.startup.periodSeconds",
    "startup.slowestSeconds",
    hint="raise failureThreshold, or leave it out and it is computed; or lower startup.slowestSeconds",
    source=WORKER,
)
def startup_probe_too_short(spec: Spec) -> str:
    """A failing start-up probe restarts the container, so it must wait for the slowest start that is in order."""
    threshold = startup_failure_threshold(spec)
    period = startup_period_seconds(spec)
    delay = spec.probes.startup.initial_delay_seconds or 0
    room = delay + (threshold - 1) * period
    if startup_probe_enabled(spec) and room < spec.startup.slowest_seconds:
        return (
            f"probes.startup leaves {room} s for a start (({threshold} - 1) x {period} s), "
            f"and startup.slowestSeconds is {spec.startup.slowest_seconds}"
        )
    return ""


@rule(
    "probes.liveness.failureThreshold",
    "probes.liveness.periodSeconds",
    "probes.liveness.initialDelaySeconds",
    "startup.slowestSeconds",
    "probes.startup",
    hint="switch the start-up probe on, or leave failureThreshold out and it is computed; or lower startup.slowestSeconds",
    source=WORKER,
)
def liveness_kills_slow_start(spec: Spec) -> str:
    """Without a start-up probe liveness restarts a container that is still starting."""
    threshold = liveness_failure_threshold(spec)
    period = liveness_period_seconds(spec)
    delay = spec.probes.liveness.initial_delay_seconds or 0
    room = delay + (threshold - 1) * period
    if probe_enabled(spec.probes.liveness, spec) and room < liveness_start_room_seconds(spec):
        return (
            f"probes.liveness leaves {room} s for a start (({threshold} - 1) x {period} s) without a start-up probe, "
            f"and startup.slowestSeconds is {spec.startup.slowest_seconds}"
        )
    return ""
