"""A host and path belong to one Ingress.

When two Ingresses of one class claim the same host and path, the controller picks one, often the older one;
which it is changes when either is made anew. Canary Ingresses of ingress-nginx do so on purpose.

Bad:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.org
      http: {paths: [{path: /orders, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders-new}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.org
      http: {paths: [{path: /orders, pathType: Prefix, backend: {service: {name: orders-new, port: {number: 80}}}}]}

Good:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.org
      http: {paths: [{path: /orders, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: bills}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.org
      http: {paths: [{path: /bills, pathType: Prefix, backend: {service: {name: bills, port: {number: 80}}}}]}

See: https://kubernetes.io/docs/concepts/services-networking/ingress/#multiple-matches
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest

SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD

ON_PURPOSE = {"nginx.ingress.kubernetes.io/canary", "external-dns.alpha.kubernetes.io/set-identifier"}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Ingresses that claim what another one claims."""
    for ingress in manifests.ingresses():
        if on_purpose(ingress):
            continue
        for claim in manifests.paths_of(ingress):
            others = [
                each
                for each in manifests.ingresses_at(ingress, claim)
                if each.name < ingress.name and not on_purpose(each)
            ]
            if claim.host and others:
                yield Fault(
                    ingress,
                    ("spec", "rules"),
                    f'"{claim.host}{claim.path}" belongs to {others[0].subject}, too',
                    "keep the path in one of the two",
                    also=((others[0], ("spec", "rules"), "claims it, too"),),
                )
                break


def on_purpose(ingress: Manifest) -> bool:
    """Whether an Ingress is meant to stand beside another one."""
    return bool(ON_PURPOSE & ingress.map("metadata", "annotations").keys())
