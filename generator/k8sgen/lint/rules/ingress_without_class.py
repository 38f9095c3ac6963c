"""An Ingress names its class.

Without a class an Ingress is served by the cluster's default class, if there is one, else by nobody, or by
every controller that takes Ingresses without a class.

Bad:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
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

See: https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ingresses import ingress_class
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """Ingresses without a class."""
    for ingress in manifests.ingresses():
        if not ingress_class(ingress):
            yield Fault(
                ingress,
                ("spec", "ingressClassName"),
                "no class: the Ingress is served by the default class of the cluster, if there is one",
                "write ingressClassName",
            )
