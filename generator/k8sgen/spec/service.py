"""Under which names and addresses the service is reached inside the cluster."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from k8sgen.spec.model import Model, Section, default, derived, optional
from k8sgen.spec.types import (
    Annotations,
    KubernetesObject,
    Labels,
    NonEmpty,
    PortName,
    PortNumber,
    ServiceName,
)

ServiceType = Literal["ClusterIP", "NodePort", "LoadBalancer"]


class ServiceFields(Model):
    """The fields of a Kubernetes Service that may vary."""

    name: ServiceName | None = derived(
        "the service's name; for a further one `<name>-<key>`", "Name of the Service."
    )
    type: ServiceType | None = derived("ClusterIP", "How the Service is reached.")
    annotations: Annotations | None = optional("Annotations of the Service.")
    labels: Labels | None = optional("Labels of the Service.")
    ports: list[PortName] | None = derived("every port with inService", "Names of the ports that it shows.")
    headless: bool | None = optional("No address of its own: the name resolves to the pods.")
    publish_not_ready_addresses: bool | None = optional("Show pods before they are ready.")
    session_affinity: Literal["None", "ClientIP"] | None = optional("Keep a client on one pod.")
    session_affinity_config: KubernetesObject | None = optional(
        "How long, `{clientIP: {timeoutSeconds: N}}`.", kubernetes="io.k8s.api.core.v1.SessionAffinityConfig"
    )
    external_traffic_policy: Literal["Cluster", "Local"] | None = optional(
        "Whether outside traffic may hop between nodes."
    )
    internal_traffic_policy: Literal["Cluster", "Local"] | None = optional(
        "Whether inside traffic may hop between nodes."
    )
    traffic_distribution: Literal["PreferClose", "PreferSameZone", "PreferSameNode"] | None = optional(
        "Which pods are preferred."
    )
    health_check_node_port: PortNumber | None = optional(
        "Port of the health check of externalTrafficPolicy Local."
    )
    load_balancer_class: NonEmpty | None = optional("Implementation of the load balancer.")
    load_balancer_source_ranges: list[NonEmpty] | None = optional(
        "Clients that may use the load balancer, as CIDRs."
    )
    allocate_load_balancer_node_ports: bool | None = optional(
        "Whether a load balancer also takes node ports."
    )
    external_i_ps: list[NonEmpty] | None = Field(
        default=None, alias="externalIPs", description="Outside addresses that lead here."
    )
    ip_families: list[Literal["IPv4", "IPv6"]] | None = optional("Address families.")
    ip_family_policy: Literal["SingleStack", "PreferDualStack", "RequireDualStack"] | None = optional(
        "How many families."
    )


class Service(Section, ServiceFields):
    """The service's own Service; there is one when a port has `inService`."""

    enabled: bool = default(True, "Whether there is a Service.")


class FurtherService(ServiceFields):
    """Another Service for the same pods."""
