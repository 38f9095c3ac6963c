"""What a node drain may take away."""

from __future__ import annotations

from k8sgen.resolve.derivation import derived
from k8sgen.spec.service_spec import Spec

PDB_DOCS = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/"


@derived()
def lowest_replicas(spec: Spec) -> int:
    """The fewest pods that ever run on purpose."""
    if spec.autoscaling.enabled:
        return minimum_replicas(spec)
    return spec.replicas


@derived(given="autoscaling.minReplicas", reason="replicas, now the floor of the autoscaler")
def minimum_replicas(spec: Spec) -> int:
    """Pods that the autoscaler keeps at least."""
    return spec.replicas


@derived(source=PDB_DOCS)
def disruption_budget_needed(spec: Spec) -> bool:
    """Whether there is a PodDisruptionBudget: a budget for a single pod would block every node drain."""
    return spec.disruption.enabled and lowest_replicas(spec) > 1


@derived(given="disruption.maxUnavailable", source=PDB_DOCS)
def disruption_max_unavailable(spec: Spec) -> int | str:
    """Pods that a node drain may take away at once."""
    return 1


@disruption_max_unavailable.because
def _(spec: Spec) -> str:
    return f"a drain takes one pod at a time and leaves {lowest_replicas(spec) - 1} of {lowest_replicas(spec)}"
