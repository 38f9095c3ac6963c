"""A service runs more than one pod.

The only pod of a service takes the service down with it: on a node drain, a crash, a node that fails. This
looks at Deployments that a Service of the input sends requests to. Those with a volume claim are left alone:
a second pod may not be able to mount it.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 1
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
metadata: {name: orders}
spec:
  replicas: 2
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

See: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """Deployments behind a Service with one pod."""
    for workload in manifests.workloads("Deployment"):
        if workload.replicas != 1 or manifests.scalers_of(workload) or not manifests.services_of(workload):
            continue
        if any("persistentVolumeClaim" in volume for volume in workload.pod.get("volumes") or ()):
            continue
        yield workload.fault(
            ("spec", "replicas"),
            f"one pod serves for {workload!r}: its end is an outage",
            "run at least 2 pods, if the program bears it",
        )
