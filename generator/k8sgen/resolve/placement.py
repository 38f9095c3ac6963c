"""On which nodes the pods run."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import supports
from k8sgen.resolve.derivation import Cluster, derived, rule
from k8sgen.resolve.disruption import highest_replicas
from k8sgen.spec.service_spec import Spec

SPREAD_DOCS = "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"


@derived(source=SPREAD_DOCS)
def spreads(spec: Spec) -> bool:
    """Whether the pods spread over anything."""
    return (
        spec.placement.spread.zones != "none"
        or spec.placement.spread.hosts != "none"
        or bool(spec.placement.spread.constraints)
    )


@derived(source=SPREAD_DOCS)
def spread_max_skew(cluster: Cluster) -> int:
    """Pods by which the fullest place may be ahead of the emptiest."""
    return 1


@spread_max_skew.because
def _(cluster: Cluster) -> str:
    evenly = "as evenly as the number of pods allows"
    if supports("spread-match-label-keys", cluster):
        return evenly
    return f"{evenly}; before Kubernetes 1.27 old and new pods count together"


@derived()
def spread_action(strength: str) -> str:
    """What the scheduler does when it cannot keep the skew."""
    return "DoNotSchedule" if strength == "hard" else "ScheduleAnyway"


@derived(field="placement.spread.zones", source=SPREAD_DOCS)
def zone_spread_action(spec: Spec) -> str:
    """What happens when a pod cannot be spread over zones."""
    return spread_action(spec.placement.spread.zones)


@zone_spread_action.because
def _(spec: Spec) -> str:
    if highest_replicas(spec) <= 1:
        return "for the day there is more than one pod"
    if spec.placement.zones == 1:
        return "for the day there is more than one zone"
    return "one zone lost is not the service lost; a full zone still holds up no start"


@derived(field="placement.spread.hosts", source=SPREAD_DOCS)
def host_spread_action(spec: Spec) -> str:
    """What happens when a pod cannot be spread over nodes."""
    return spread_action(spec.placement.spread.hosts)


@host_spread_action.because
def _(spec: Spec) -> str:
    if highest_replicas(spec) <= 1:
        return "for the day there is more than one pod"
    return "one node lost is not the service lost; a full node still holds up no start"


@derived(reason="each version spreads by itself, also while a rollout runs", source=SPREAD_DOCS)
def spread_match_label_keys(spec: Spec) -> list[str]:
    """Labels by which pods are told apart for the skew."""
    return ["pod-template-hash"]


@rule(
    "placement.spread.constraints",
    hint="add labelSelector: {matchLabels: {app.kubernetes.io/name: NAME}} with the service's name",
    source="warnings of k8s.io/kubernetes/pkg/api/pod/warnings.go",
)
def spread_counts_nothing(spec: Spec) -> str:
    """A constraint without a selector matches no pod, and so spreads none."""
    message = ""
    for constraint in spec.placement.spread.constraints:
        if "labelSelector" not in constraint:
            message = (
                "placement.spread.constraints holds a constraint without labelSelector, which counts no pods"
            )
    return message
