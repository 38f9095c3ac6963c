"""A Service's numeric target port is one that its pods declare.

Kubernetes does not need container ports to be declared, so this may be fine. But pods that declare some
ports and not this one often listen elsewhere.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 3000}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://github.com/kubernetes/website/issues/26790
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.pod_ports import declared, declares, protocol_of
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Numbers of target ports that pods with other ports do not declare."""
    for service in manifests.services():
        if service.get("spec", "clusterIP") == "None":
            continue
        workloads = [each for each in manifests.selected_by(service) if each.kind in RUNS_FOR_EVER]
        if not workloads or not all(each.ports for each in workloads):
            continue
        for index, port in enumerate(service.get("spec", "ports") or ()):
            number = port.get("targetPort", port.get("port"))
            if isinstance(number, int) and not any(
                declares(each, number, protocol_of(port)) for each in workloads
            ):
                first = workloads[0]
                yield Fault(
                    service,
                    ("spec", "ports", index, "targetPort" if "targetPort" in port else "port"),
                    f"port {number} is not declared by {first!r}; declared: {declared(first)}",
                    "declare the port that the program listens on, or send requests to a declared one",
                )
