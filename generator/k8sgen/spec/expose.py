"""How the service is reached from outside the cluster."""

from __future__ import annotations

from typing import ClassVar

from k8sgen.spec.model import Model, Section, default, optional, required
from k8sgen.spec.types import (
    Annotations,
    DnsLabel,
    DnsName,
    HostName,
    NonEmpty,
    PortName,
    PortNumber,
    Text,
    UrlPath,
)


class Tls(Model):
    """Certificate of a host, for an Ingress."""

    secret_name: DnsName = required("Secret that holds the certificate.")


class Host(Model):
    """What is served under one host name."""

    paths: dict[UrlPath, PortName] = required("Path prefix to the name of the port that serves it.")
    tls: Tls | None = optional("Certificate; with a Gateway it belongs to the Gateway.")


class GatewayReference(Model):
    """A Gateway API ParentReference (https://gateway-api.sigs.k8s.io/reference/spec/#parentreference)."""

    name: DnsName = required("Name of the Gateway.")
    namespace: DnsLabel | None = optional("Namespace of the Gateway; that of the service unless given.")
    section_name: DnsName | None = optional("Listener of the Gateway; all that fit unless given.")
    port: PortNumber | None = optional("Port of the listener.")
    group: Text | None = optional("API group of the parent; gateway.networking.k8s.io unless given.")
    kind: NonEmpty | None = optional("Kind of the parent; Gateway unless given.")


class Expose(Section):
    """An Ingress, or with `gateway` an HTTPRoute."""

    either: ClassVar = (("ingressClassName", "gateway"),)

    enabled: bool = default(False, "Whether the service is reached from outside.")
    hosts: dict[HostName, Host] = default({}, "Host names.")
    ingress_class_name: DnsName | None = optional("Class of the Ingress; the cluster's default unless given.")
    gateway: GatewayReference | None = optional("Gateway that an HTTPRoute attaches to.")
    annotations: Annotations = default({}, "Annotations of the Ingress or HTTPRoute.")
