"""How a rollout goes: its deadline, and rollouts that could not go at all."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import is_zero
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.probes import startup_budget_seconds
from k8sgen.spec.service_spec import Spec

PULL_SECONDS = 300
"""What scheduling and pulling the image may take before the process starts."""

DEPLOYMENT_DOCS = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"


@derived(given="rollout.progressDeadlineSeconds", source=DEPLOYMENT_DOCS + "#progress-deadline-seconds")
def progress_deadline_seconds(spec: Spec) -> int:
    """Seconds without progress after which a rollout is reported as failed; it never rolls back by itself."""
    return max(600, startup_budget_seconds(spec) + spec.rollout.min_ready_seconds + PULL_SECONDS)


@progress_deadline_seconds.because
def _(spec: Spec) -> str:
    start, ready = startup_budget_seconds(spec), spec.rollout.min_ready_seconds
    needed = f"start-up {start} s + ready {ready} s + {PULL_SECONDS} s to schedule and pull"
    return f"{needed}, at least 600" if start + ready + PULL_SECONDS <= 600 else needed  # noqa: PLR2004 - Kubernetes' default


@rule(
    "rollout.maxSurge",
    "rollout.maxUnavailable",
    hint="raise one of them: maxSurge adds a pod first, maxUnavailable takes one away first",
    source="ValidateRollingUpdateDeployment in k8s.io/kubernetes/pkg/apis/apps/validation",
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
