"""How a rollout goes: how many pods come and go at once, its deadline, and rollouts that could not go at all."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import is_percent, is_zero, percent, share_down, share_up
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.disruption import highest_replicas, lowest_replicas
from k8sgen.resolve.probes import startup_budget_seconds
from k8sgen.resolve.shutdown import grace_period_seconds
from k8sgen.spec.service_spec import Spec

PULL_SECONDS = 300
"""What scheduling and pulling the image may take before the process starts."""

SHORTEST_DEADLINE = 600
"""Kubernetes' own default, which nobody wants to fall below for a fast start alone."""

DEPLOYMENT_DOCS = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"
VALIDATE_ROLLING_UPDATE = "ValidateRollingUpdateDeployment in k8s.io/kubernetes/pkg/apis/apps/validation"


@derived(field="rollout.type", source=DEPLOYMENT_DOCS + "#strategy")
def rollout_type(spec: Spec) -> str:
    """How a new version replaces the old one."""
    return spec.rollout.type


@rollout_type.because
def _(spec: Spec) -> str:
    lowest = lowest_replicas(spec)
    if lowest == 0:
        return "new pods come before old ones go, when there are any"
    away = share_down(spec.rollout.max_unavailable, lowest)
    if away == 0 and share_up(spec.rollout.max_surge, lowest) == 0:
        away = 1
    if away < lowest:
        return (
            f"step by step: {least(spec)}{lowest - away} of {replicas_text(spec)} serve throughout"
            if away
            else "no downtime while a version replaces another"
        )
    return f"step by step; maxUnavailable {spec.rollout.max_unavailable} of {replicas_text(spec)} allows a time without any"


@derived(field="rollout.maxSurge", source=DEPLOYMENT_DOCS + "#max-surge")
def max_surge(spec: Spec) -> int | str:
    """Pods above `replicas` during a rollout; a percentage is rounded up."""
    return spec.rollout.max_surge


@max_surge.because
def _(spec: Spec) -> str:
    low, high = (
        share_up(spec.rollout.max_surge, count) for count in (lowest_replicas(spec), highest_replicas(spec))
    )
    more = f"{low} to {high}" if low != high else f"{low}"
    what = f"{replicas_text(spec)}, so {more} more during a rollout"
    if highest_replicas(spec) == 0:
        return "of 0 pods; for the day there are some"
    if share_down(spec.rollout.max_unavailable, highest_replicas(spec)) > 0:
        return f"of {what}, beside what maxUnavailable takes away"
    return f"of {what}: new pods come before old ones go"


@derived(field="rollout.maxUnavailable", source=DEPLOYMENT_DOCS + "#max-unavailable")
def max_unavailable(spec: Spec) -> int | str:
    """Pods below `replicas` during a rollout; a percentage is rounded down."""
    return spec.rollout.max_unavailable


@max_unavailable.because
def _(spec: Spec) -> str:
    if highest_replicas(spec) == 0:
        return "no pod runs; for the day one does"
    if highest_replicas(spec) == 1:
        return "the only pod stays until the new one is ready"
    return f"each of {replicas_text(spec)} stays until a new one is ready"


@derived(field="rollout.minReadySeconds", source=DEPLOYMENT_DOCS + "#min-ready-seconds")
def min_ready_seconds(spec: Spec) -> int:
    """Seconds that a new pod must stay ready before it counts."""
    return spec.rollout.min_ready_seconds


@min_ready_seconds.because
def _(spec: Spec) -> str:
    if spec.rollout.type == "Recreate":
        return "a pod that dies right after its start does not count as available"
    return "a pod that dies right after its start stops the rollout"


def least(spec: Spec) -> str:
    """What stands before a number of pods that an autoscaler may only raise."""
    return "at least " if lowest_replicas(spec) != highest_replicas(spec) else ""


def replicas_text(spec: Spec) -> str:
    """The number of pods in words: a count, or what the autoscaler may make of it."""
    low, high = lowest_replicas(spec), highest_replicas(spec)
    return f"{low} to {high} pods" if low != high else f"{low} pods" if low != 1 else "1 pod"


@derived(given="rollout.progressDeadlineSeconds", source=DEPLOYMENT_DOCS + "#progress-deadline-seconds")
def progress_deadline_seconds(spec: Spec) -> int:
    """Seconds without progress after which a rollout is reported as failed; it never rolls back by itself."""
    return max(SHORTEST_DEADLINE, first_progress_seconds(spec) + PULL_SECONDS)


@derived(source=DEPLOYMENT_DOCS + "#progress-deadline-seconds")
def first_progress_seconds(spec: Spec) -> int:
    """Seconds of a rollout until its first new pod may count; Recreate waits for the old pods to end first."""
    seconds = startup_budget_seconds(spec) + spec.rollout.min_ready_seconds
    if spec.rollout.type == "Recreate":
        seconds += grace_period_seconds(spec)
    return seconds


def first_progress_text(spec: Spec) -> str:
    """The parts of that time, in their order."""
    stop = f"shutdown {grace_period_seconds(spec)} s + " if spec.rollout.type == "Recreate" else ""
    return f"{stop}start-up {startup_budget_seconds(spec)} s + ready {spec.rollout.min_ready_seconds} s"


@progress_deadline_seconds.because
def _(spec: Spec) -> str:
    reason = f"{first_progress_text(spec)} + {PULL_SECONDS} s to schedule and pull"
    if first_progress_seconds(spec) + PULL_SECONDS < SHORTEST_DEADLINE:
        reason += f", at least {SHORTEST_DEADLINE}"
    return f"{reason}; initContainers come on top" if spec.init_containers else reason


@rule(
    "rollout.maxSurge",
    "rollout.maxUnavailable",
    hint="raise one of them: maxSurge adds a pod first, maxUnavailable takes one away first",
    source=VALIDATE_ROLLING_UPDATE,
)
def rollout_cannot_move(spec: Spec) -> str:
    """A rolling update must be allowed to add a pod or to take one away."""
    if spec.rollout.type != "RollingUpdate":
        return ""
    if is_zero(spec.rollout.max_surge) and is_zero(spec.rollout.max_unavailable):
        return (
            f"rollout.maxSurge ({spec.rollout.max_surge}) and rollout.maxUnavailable "
            f"({spec.rollout.max_unavailable}) are both zero: no pod could ever be replaced"
        )
    return ""


@rule("rollout.maxUnavailable", hint="write 100% at most", source=VALIDATE_ROLLING_UPDATE)
def unavailable_over_all(spec: Spec) -> str:
    """No more than all pods can be away."""
    over = is_percent(spec.rollout.max_unavailable) and percent(spec.rollout.max_unavailable) > 100
    if over and spec.rollout.type == "RollingUpdate":
        return f"rollout.maxUnavailable ({spec.rollout.max_unavailable}) is more than all pods"
    return ""


@rule(
    "rollout.progressDeadlineSeconds",
    "rollout.minReadySeconds",
    "rollout.type",
    "probes.startup.failureThreshold",
    "startup.slowestSeconds",
    hint="raise progressDeadlineSeconds, or leave it out and it is computed",
    source=DEPLOYMENT_DOCS + "#progress-deadline-seconds",
)
def deadline_before_start(spec: Spec) -> str:
    """A deadline within the time of a start that is in order reports healthy rollouts as failed."""
    start = startup_budget_seconds(spec)
    ready = spec.rollout.min_ready_seconds
    if progress_deadline_seconds(spec) > first_progress_seconds(spec):
        return ""
    stop = ""
    if spec.rollout.type == "Recreate":
        stop = f"shutdown {grace_period_seconds(spec)} s (rollout.type Recreate) + "
    return (
        f"rollout.progressDeadlineSeconds ({progress_deadline_seconds(spec)}) is over before a start may be: "
        f"{stop}start-up {start} s + rollout.minReadySeconds {ready} s"
    )


@rule(
    "startup.expectedSeconds",
    "startup.slowestSeconds",
    hint="raise slowestSeconds to the slowest start that is still in order, or lower expectedSeconds",
)
def start_slower_than_the_slowest(spec: Spec) -> str:
    """What a start normally takes is no more than what the slowest one does."""
    if spec.startup.expected_seconds > spec.startup.slowest_seconds:
        return (
            f"startup.expectedSeconds ({spec.startup.expected_seconds}) is above "
            f"startup.slowestSeconds ({spec.startup.slowest_seconds})"
        )
    return ""
