"""How the number of pods follows the load."""

from __future__ import annotations

from k8sgen.spec.model import Section, default, derived, optional
from k8sgen.spec.types import Count, KubernetesObject, Percent, Positive


class Autoscaling(Section):
    """A HorizontalPodAutoscaler; `replicas` is then left out of the Deployment."""

    enabled: bool = default(False, "Whether the number of pods follows the load.")
    min_replicas: Count | None = derived("replicas", "Pods that always run.")
    max_replicas: Positive | None = optional("Pods that run at most; required when autoscaling is on.")
    cpu: Percent | None = derived(
        "80 when no other metric is given", "Target use of the CPU request, in percent."
    )
    memory: Percent | None = optional("Target use of the memory request, in percent.")
    metrics: list[KubernetesObject] = default(
        [],
        "Further metrics, each a Kubernetes MetricSpec.",
        kubernetes="io.k8s.api.autoscaling.v2.MetricSpec",
    )
    behavior: KubernetesObject | None = optional(
        "How fast it scales, a Kubernetes HorizontalPodAutoscalerBehavior.",
        kubernetes="io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior",
    )
