"""An Ingress writes no configuration of the proxy by hand.

A snippet goes into the configuration of the shared proxy as it is: who may write an Ingress could read the
Secrets of all namespaces with it (CVE-2021-25742). ingress-nginx refuses them by default from 1.9 on, and
an Ingress with one is then not admitted.

Bad:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
  annotations: {nginx.ingress.kubernetes.io/server-snippet: "return 404;"}
spec:
  ingressClassName: nginx
  rules:
    - host: orders.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

Good:
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: orders
  annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 8m}
spec:
  ingressClassName: nginx
  rules:
    - host: orders.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

See: https://github.com/kubernetes/ingress-nginx/issues/7837
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
PREFIXES = ("nginx.ingress.kubernetes.io/", "nginx.org/")


def check(manifests: Manifests) -> Iterator[Fault]:
    """Annotations of both nginx controllers that hold configuration."""
    for ingress in manifests.of_kind("Ingress"):
        for key in ingress.map("metadata", "annotations"):
            if key.startswith(PREFIXES) and key.endswith(("-snippet", "-snippets")):
                yield Fault(
                    ingress,
                    ("metadata", "annotations", key),
                    f'"{key}" puts text into the configuration of the proxy that all share',
                    "use the annotation for the setting, or a configuration of the controller",
                    key=True,
                )
