"""Liveness waits until a start is through.

Without a startup probe the liveness probe runs from the start. It restarts a container after
`initialDelaySeconds` and (`failureThreshold` - 1) times `periodSeconds` at the earliest. A start that
takes longer is killed, starts again, and is killed again. How long a start takes is declared: by the
spec, or by the annotation `k8sgen/startup-seconds`.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/startup-seconds: "60"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {path: /live, port: http}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/startup-seconds: "60"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 2, failureThreshold: 40}
          livenessProbe: {httpGet: {path: /live, port: http}}

See: https://github.com/treeverse/charts/issues/143
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ports import serving
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.PROBES
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Liveness probes that restart before the declared start is through."""
    for workload in manifests.workloads():
        needed = workload.facts.startup_seconds
        container = serving(workload)
        if needed is None or container is None or container.probe("startup"):
            continue
        probe = container.probe("liveness")
        if probe and needed > (earliest := probe.initial_delay + (probe.failures - 1) * probe.period):
            failures = -(-needed // 5) + 1
            yield probe.fault(
                (),
                f"liveness may restart the container after {earliest} s, when a start takes {needed} s",
                f"add a startupProbe with the same handler, periodSeconds: 5 and failureThreshold: {failures}",
            )
