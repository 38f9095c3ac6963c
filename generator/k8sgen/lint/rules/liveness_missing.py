"""A container that serves has a liveness probe.

A process that hangs without ending is restarted only when a liveness probe notices. One that ends when
something is wrong needs none: a wrong liveness probe does more harm than none.

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
          readinessProbe: {httpGet: {path: /ready, port: http}}
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
          livenessProbe: {httpGet: {path: /live, port: http}}
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

SEVERITY = Severity.INFO
CATEGORY = Category.PROBES
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that a Service sends requests to, none of whose containers has a liveness probe."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever or any(each.probe("liveness") for each in workload.running):
            continue
        container = serving(workload)
        if container and requesting(manifests, workload):
            yield container.fault(
                ("livenessProbe",),
                f'container "{container.name}" serves and has no livenessProbe, so a hung process stays',
                "add a livenessProbe that only a hung process fails",
            )
