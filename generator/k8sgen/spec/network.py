"""Who may talk to the pods, and to whom they may talk."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from k8sgen.spec.model import Model, Section, default, derived, optional, required
from k8sgen.spec.probes import PortReference
from k8sgen.spec.types import DnsLabel, KubernetesObject, LabelKey, LabelValue, PortNumber
from k8sgen.yamltext.read import Map


class LabelSelector(Model):
    """A Kubernetes LabelSelector; an empty one selects all."""

    match_labels: dict[LabelKey, LabelValue] | None = optional("Labels that must have these values.")
    match_expressions: list[KubernetesObject] | None = optional(
        "Further conditions, each `{key, operator, values}`.",
        kubernetes="io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
    )


class NetworkPort(Model):
    """A port on the side that is connected to. The short form is its number or name."""

    short_forms: ClassVar = ({"type": "integer", "minimum": 1, "maximum": 65535}, {"type": "string"})

    port: PortReference = required("Number or name.")
    end_port: PortNumber | None = optional("Last port of a range that starts with `port`.")
    protocol: Literal["TCP", "UDP", "SCTP"] | None = derived(
        "that of the service's port of this name or number, else TCP", "Transport protocol."
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A number or a name is the port."""
        return (
            Map({"port": value}) if isinstance(value, (int, str)) and not isinstance(value, bool) else value
        )


class Peer(Model):
    """The other side of a connection; without any selector it is everybody."""

    either: ClassVar = (("podSelector", "ipBlock"), ("namespaceSelector", "ipBlock"))

    pod_selector: LabelSelector | None = optional(
        "Pods by label; of this namespace unless namespaceSelector is given."
    )
    namespace_selector: LabelSelector | None = optional("Namespaces by label.")
    ip_block: KubernetesObject | None = optional(
        "Addresses, a Kubernetes IPBlock.", kubernetes="io.k8s.api.networking.v1.IPBlock"
    )
    ports: list[NetworkPort] | None = optional("Ports by number or name; all unless given.")


class Network(Section):
    """A NetworkPolicy. Giving the section denies whatever it does not allow."""

    enabled: bool = default(False, "Whether traffic is limited.")
    allow_from: dict[DnsLabel, Peer] = default({}, "Who may connect to the pods.")
    allow_to: dict[DnsLabel, Peer] | None = optional(
        "Whom the pods may connect to; no limit unless given. DNS is always allowed."
    )
