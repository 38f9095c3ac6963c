"""An Ingress names its class by the field.

The annotation `kubernetes.io/ingress.class` is deprecated since Kubernetes 1.18, and cannot stand beside
`spec.ingressClassName`. GKE's own classes, which know the annotation only, are left alone.

Bad:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders, annotations: {kubernetes.io/ingress.class: nginx}}
spec:
  rules:
    - host: orders.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

Good:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
spec:
  ingressClassName: nginx
  rules:
    - host: orders.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

See: https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ingresses import INGRESS_CLASS, ingress_class
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Ingresses with the old annotation."""
    for ingress in manifests.ingresses():
        if INGRESS_CLASS in ingress.map("metadata", "annotations"):
            named = ingress_class(ingress)
            if named.startswith("gce") or not ingress.api_version.startswith("networking"):
                continue
            yield Fault(
                ingress,
                ("metadata", "annotations", INGRESS_CLASS),
                f'the annotation {INGRESS_CLASS} "{named}" is deprecated',
                f"write spec.ingressClassName: {named}, if the cluster has an IngressClass of that name",
                key=True,
            )
