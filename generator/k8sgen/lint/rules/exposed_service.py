"""A Service is reached from inside.

A Service of type LoadBalancer or NodePort is reached from outside of the cluster, past the Ingress with its
TLS, limits and logs.

Bad:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  type: NodePort
  selector: {app: orders}
  ports: [{port: 80}]

Good:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  type: ClusterIP
  selector: {app: orders}
  ports: [{port: 80}]

See: https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Services of a type that opens them."""
    for service in manifests.of_kind("Service"):
        if service.get("spec", "type") in {"LoadBalancer", "NodePort"}:
            yield Fault(
                service,
                ("spec", "type"),
                f"{service.subject} is of type {service.get('spec', 'type')}",
                "write type: ClusterIP, and let an Ingress or Gateway lead to it",
            )
