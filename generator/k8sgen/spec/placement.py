"""On which nodes the pods run."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from k8sgen.spec.model import Model, default, optional, part
from k8sgen.spec.types import DnsName, KubernetesObject, LabelKey, LabelValue, Positive
from k8sgen.yamltext.read import Map

Strength = Literal["soft", "hard", "none"]


class Spread(Model):
    """How evenly pods spread. The short form is one word for zones and hosts together."""

    short_forms: ClassVar = ({"enum": ["soft", "hard", "none"]},)

    zones: Strength = default(
        "soft", "Over zones: prefer, require, or do not care.", "one zone lost is not the service lost"
    )
    hosts: Strength = default(
        "soft", "Over nodes: prefer, require, or do not care.", "one node lost is not the service lost"
    )
    constraints: list[KubernetesObject] = default(
        [],
        "Further constraints, each a Kubernetes TopologySpreadConstraint.",
        kubernetes="io.k8s.api.core.v1.TopologySpreadConstraint",
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """`soft`, `hard` or `none` is said of zones and hosts."""
        return Map({"zones": value, "hosts": value}) if isinstance(value, str) else value


class Placement(Model):
    """Scheduling of the pods."""

    zones: Positive | None = optional("Zones that the cluster has: a declared fact, for predictions.")
    spread: Spread = part(Spread, "How evenly the pods spread.")
    node_selector: dict[LabelKey, LabelValue] = default({}, "Labels that a node must have.")
    tolerations: list[KubernetesObject] = default(
        [], "Taints that the pods tolerate.", kubernetes="io.k8s.api.core.v1.Toleration"
    )
    affinity: KubernetesObject | None = optional(
        "A Kubernetes Affinity.", kubernetes="io.k8s.api.core.v1.Affinity"
    )
    priority_class_name: DnsName | None = optional("Priority class of the pods.")
