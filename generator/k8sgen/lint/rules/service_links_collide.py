"""Variables of Service links do not take the names that a program reads.

For every Service of the namespace the kubelet sets variables such as `ORDERS_PORT=tcp://10.0.0.1:80` in
every container, unless `enableServiceLinks` is false. A program that reads `ORDERS_PORT` as a number then
does not start. What the names of its variables begin with is declared by a spec, or by the annotation
`k8sgen/env-prefix`; without it this rule says nothing.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/env-prefix: ORDERS}}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/env-prefix: ORDERS}}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      enableServiceLinks: false
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://github.com/elastic/cloud-on-k8s/issues/1987
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that read the variables of a Service's links."""
    for workload in manifests.workloads():
        prefix = workload.facts.env_prefix.rstrip("_")
        if not prefix or workload.pod.get("enableServiceLinks") is False:
            continue
        service = manifests.find(workload.manifest, "Service", prefix.lower().replace("_", "-"))
        if service is None or service.get("spec", "clusterIP") == "None":
            continue
        if all(each.variable(f"{prefix}_PORT") is not None for each in workload.containers):
            continue
        yield workload.pod_fault(
            ("enableServiceLinks",),
            f"the link to {service.subject} sets {prefix}_PORT to an address such as tcp://10.0.0.1:80",
            "write enableServiceLinks: false",
            also=((service, ("metadata", "name"), "gives its name to these variables"),),
            edits=(Set(workload.pod_path("enableServiceLinks"), value=False),),
        )
