"""The shutdown budget: pause, time for the process, and when the kubelet kills."""

from __future__ import annotations

from k8sgen.resolve.derivation import derived
from k8sgen.spec.service_spec import Spec

MARGIN_SECONDS = 5
"""Between the process's own time-out and SIGKILL: log flushing, and a kubelet that is late."""


@derived(
    given="shutdown.gracePeriodSeconds",
    source="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
)
def grace_period_seconds(spec: Spec) -> int:
    """Seconds from the start of the preStop hook to SIGKILL."""
    return spec.shutdown.drain_seconds + spec.shutdown.timeout_seconds + MARGIN_SECONDS


@grace_period_seconds.because
def _(spec: Spec) -> str:
    drain, timeout = spec.shutdown.drain_seconds, spec.shutdown.timeout_seconds
    return f"drain {drain} s + time-out {timeout} s + {MARGIN_SECONDS} s margin"
