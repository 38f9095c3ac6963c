"""An Ingress serves its hosts over TLS.

Without `tls`, most controllers serve plain HTTP only: what is sent can be read and changed on its way. Where
annotations bring certificates (GKE, AWS, Traefik) or pass TLS through, this is silent; TLS may also end
before the cluster, which cannot be seen here.

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
  tls: [{hosts: [orders.example.org], secretName: orders-tls}]
  rules:
    - host: orders.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

See: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
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
PROFILE = Profile.STRICT

CERTIFICATES = (
    "managed-certificates",
    "pre-shared-cert",
    "certificate-arn",
    "listen-ports",
    "ssl-passthrough",
    "router.tls",
    "router.entrypoints",
    "acme",
)
"""What annotations that bring TLS have in their names."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Ingresses with hosts and no TLS."""
    for ingress in manifests.ingresses():
        hosts = [rule["host"] for rule in ingress.get("spec", "rules") or () if rule.get("host")]
        annotations = " ".join(map(str, ingress.map("metadata", "annotations")))
        if hosts and not ingress.get("spec", "tls") and not any(each in annotations for each in CERTIFICATES):
            yield Fault(
                ingress,
                ("spec", "tls"),
                f'"{hosts[0]}" is served without TLS',
                "add tls with the hosts and a secretName",
            )
