"""How many pods run at least and at most, and what a node drain may take away of them."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import is_percent, percent, share_up
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.types import IntOrPercent

PDB_DOCS = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/"
REPLICA_DOCS = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#replicas"
DISRUPTION_CONTROLLER = "k8s.io/kubernetes/pkg/controller/disruption/disruption.go"


@derived(field="replicas", source=REPLICA_DOCS)
def replica_count(spec: Spec) -> int:
    """Pods that run; a Deployment with an autoscaler leaves the number out."""
    return spec.replicas


@replica_count.because
def _(spec: Spec) -> str:
    if spec.autoscaling.enabled:
        return "not printed: each apply would take back what the autoscaler did"
    if spec.placement.spread.hosts == "none" or "kubernetes.io/hostname" in spec.placement.node_selector:
        return "one pod can be lost"
    return "one pod or node can be lost"


@derived(given="autoscaling.minReplicas")
def minimum_replicas(spec: Spec) -> int:
    """Pods that the autoscaler keeps at least."""
    return spec.replicas


@minimum_replicas.because
def _(spec: Spec) -> str:
    return "replicas, now the floor of the autoscaler"


@derived()
def lowest_replicas(spec: Spec) -> int:
    """The fewest pods that ever run on purpose."""
    if spec.autoscaling.enabled:
        return minimum_replicas(spec)
    return spec.replicas


@derived()
def highest_replicas(spec: Spec) -> int:
    """The most pods that run outside a rollout."""
    if spec.autoscaling.enabled:
        return spec.autoscaling.max_replicas or minimum_replicas(spec)
    return spec.replicas


@derived(field="disruption.enabled", source=PDB_DOCS)
def disruption_budget_needed(spec: Spec) -> bool:
    """Whether there is a PodDisruptionBudget: for a single pod it would protect nothing, or block every node drain."""
    return spec.disruption.enabled and lowest_replicas(spec) > 1


@disruption_budget_needed.because
def _(spec: Spec) -> str:
    if lowest_replicas(spec) > 1:
        return "a node drain must leave pods that serve"
    floor = "the autoscaler's floor is" if spec.autoscaling.enabled else "replicas is"
    if lowest_replicas(spec) == 0:
        return f"no budget: {floor} 0, and nothing is there to keep"
    return f"no budget: {floor} 1, and a budget for one pod protects nothing or blocks every node drain"


@derived(given="disruption.maxUnavailable", source=PDB_DOCS)
def disruption_max_unavailable(spec: Spec) -> IntOrPercent:
    """Pods that a node drain may take away at once."""
    return 1


@disruption_max_unavailable.because
def _(spec: Spec) -> str:
    lowest = lowest_replicas(spec)
    if lowest != highest_replicas(spec):
        return f"a drain takes one pod at a time and leaves at least {lowest - 1}, of {lowest} to {highest_replicas(spec)}"
    return f"a drain takes one pod at a time and leaves {lowest - 1} of {lowest}"


@derived(source=DISRUPTION_CONTROLLER)
def kept_replicas(spec: Spec) -> int:
    """Pods of the lowest count that the budget keeps; percentages of both kinds are rounded up."""
    count = lowest_replicas(spec)
    if spec.disruption.min_available is not None:
        return share_up(spec.disruption.min_available, count)
    return count - min(count, share_up(disruption_max_unavailable(spec), count))


@derived()
def disruption_text(spec: Spec) -> str:
    """The field that decides, with its value."""
    if spec.disruption.min_available is not None:
        return f"disruption.minAvailable ({spec.disruption.min_available})"
    return f"disruption.maxUnavailable ({disruption_max_unavailable(spec)})"


@rule(
    "disruption.minAvailable",
    "disruption.maxUnavailable",
    "replicas",
    "autoscaling.minReplicas",
    hint="use maxUnavailable: 1, or run more pods",
    source=DISRUPTION_CONTROLLER,
)
def budget_blocks_drains(spec: Spec) -> str:
    """A budget that never allows an eviction blocks every node drain, for ever."""
    if not disruption_budget_needed(spec) or kept_replicas(spec) < lowest_replicas(spec):
        return ""
    count = "autoscaling.minReplicas" if spec.autoscaling.enabled else "replicas"
    return f"{disruption_text(spec)} keeps all pods at {count} {lowest_replicas(spec)}: no node could ever be drained"


@rule(
    "disruption.maxUnavailable",
    hint="write 100% at most",
    source="k8s.io/kubernetes/pkg/apis/policy/validation",
)
def disruption_over_all(spec: Spec) -> str:
    """No more than all pods can be away."""
    if spec.disruption.min_available is not None or not disruption_budget_needed(spec):
        return ""
    if is_percent(disruption_max_unavailable(spec)) and percent(disruption_max_unavailable(spec)) > 100:
        return f"{disruption_text(spec)} is more than all pods"
    return ""
