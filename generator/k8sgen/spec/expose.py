"""How the service is reached from outside the cluster."""

from __future__ import annotations

from typing import ClassVar

from k8sgen.spec.model import Model, Section, default, optional, required
from k8sgen.spec.types import Annotations, DnsName, HostName, KubernetesObject, PortName, UrlPath


class Tls(Model):
    """Certificate of a host, for an Ingress."""

    secret_name: DnsName = required("Secret that holds the certificate.")


class Host(Model):
    """What is served under one host name."""

    paths: dict[UrlPath, PortName] = required("Path prefix to the name of the port that serves it.")
    tls: Tls | None = optional("Certificate; with a Gateway it belongs to the Gateway.")


class Expose(Section):
    """An Ingress, or with `gateway` an HTTPRoute."""

    either: ClassVar = (("ingressClassName", "gateway"),)

    enabled: bool = default(False, "Whether the service is reached from outside.")
    hosts: dict[HostName, Host] = default({}, "Host names.")
    ingress_class_name: DnsName | None = optional("Class of the Ingress; the cluster's default unless given.")
    gateway: KubernetesObject | None = optional(
        "Gateway that an HTTPRoute attaches to, a Gateway API ParentReference."
    )
    annotations: Annotations = default({}, "Annotations of the Ingress or HTTPRoute.")
