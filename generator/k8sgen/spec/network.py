"""Who may talk to the pods, and to whom they may talk."""

from __future__ import annotations

from typing import ClassVar

from k8sgen.spec.model import Model, Section, default, optional
from k8sgen.spec.probes import PortReference
from k8sgen.spec.types import DnsLabel, KubernetesObject


class Peer(Model):
    """The other side of a connection; without any selector it is everybody."""

    either: ClassVar = (("podSelector", "ipBlock"), ("namespaceSelector", "ipBlock"))

    pod_selector: KubernetesObject | None = optional("Pods by label, a Kubernetes LabelSelector.")
    namespace_selector: KubernetesObject | None = optional("Namespaces by label, a Kubernetes LabelSelector.")
    ip_block: KubernetesObject | None = optional("Addresses, a Kubernetes IPBlock.")
    ports: list[PortReference] | None = optional("Ports by number or name; all unless given.")


class Network(Section):
    """A NetworkPolicy. Giving the section denies whatever it does not allow."""

    enabled: bool = default(False, "Whether traffic is limited.")
    allow_from: dict[DnsLabel, Peer] = default({}, "Who may connect to the pods.")
    allow_to: dict[DnsLabel, Peer] | None = optional(
        "Whom the pods may connect to; no limit unless given. DNS is always allowed."
    )
