"""What the probes ask, how often, and how much time they leave."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import ceil_div
from k8sgen.resolve.derivation import derived
from k8sgen.spec.probes import Probe
from k8sgen.spec.service_spec import Spec

PROBE_DOCS = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/"
WORKER = "k8s.io/kubernetes/pkg/kubelet/prober/worker.go"


@derived(given="probes.startup.periodSeconds", source=PROBE_DOCS)
def startup_period_seconds(spec: Spec) -> int:
    """Seconds between start-up probes: a fifth of a normal start, from 1 to 10."""
    return min(10, max(1, spec.startup.expected_seconds // 5))


@startup_period_seconds.because
def _(spec: Spec) -> str:
    return f"a fifth of the {spec.startup.expected_seconds} s that a start takes, 1 to 10"


@derived(given="probes.startup.failureThreshold", source=WORKER)
def startup_failure_threshold(spec: Spec) -> int:
    """Failures that leave room for the slowest start: the kubelet guarantees initialDelay + (threshold - 1) * period."""
    delay = spec.probes.startup.initial_delay_seconds or 0
    return ceil_div(max(0, spec.startup.slowest_seconds - delay), startup_period_seconds(spec)) + 1


@startup_failure_threshold.because
def _(spec: Spec) -> str:
    period = startup_period_seconds(spec)
    return f"({startup_failure_threshold(spec)} - 1) x {period} s leave room for a start of {spec.startup.slowest_seconds} s"


@derived(given="probes.startup.timeoutSeconds", source=PROBE_DOCS)
def startup_timeout_seconds(spec: Spec) -> int:
    """Seconds after which a start-up probe has failed, at most the period."""
    return min(2, startup_period_seconds(spec))


@derived(source=WORKER)
def startup_budget_seconds(spec: Spec) -> int:
    """Seconds a container has for its start before it is restarted, at most; 0 without the probe."""
    if not probe_enabled(spec.probes.startup, spec):
        return 0
    delay = spec.probes.startup.initial_delay_seconds or 0
    return delay + startup_failure_threshold(spec) * startup_period_seconds(spec) + startup_timeout_seconds(spec)


@derived(given="enabled")
def probe_enabled(probe: Probe, spec: Spec) -> bool:
    """Whether a probe of the main container is there: when it says what to ask, or there is a port to ask."""
    return bool(has_handler(probe) or spec.ports)


def has_handler(probe: Probe) -> bool:
    """Whether a probe says how to ask."""
    return (
        probe.http_get is not None or probe.tcp_socket is not None or probe.exec is not None or probe.grpc is not None
    )
