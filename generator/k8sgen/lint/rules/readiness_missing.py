"""A pod that gets requests has a readiness probe.

A pod without a readiness probe gets requests as soon as its process exists, long before it listens, and
goes on getting them when it can no longer serve. Every rollout then drops requests.

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
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
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
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ports import requesting, serving
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that a Service sends requests to, none of whose containers has a readiness probe."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever or any(each.probe("readiness") for each in workload.running):
            continue
        container = serving(workload)
        services = requesting(manifests, workload)
        if container is None or not services:
            continue
        service = services[0]
        yield container.fault(
            ("readinessProbe",),
            f'container "{container.name}" has no readinessProbe, and {service.subject} sends it requests',
            "add a readinessProbe that asks the port which serves",
            also=((service, ("metadata", "name"), "sends it requests"),),
        )
