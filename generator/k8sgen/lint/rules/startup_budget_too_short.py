"""The startup probe waits until a start is through.

A startup probe that fails `failureThreshold` times restarts the container. The first probe may come right
after `initialDelaySeconds`, so what it surely leaves is that and (`failureThreshold` - 1) times
`periodSeconds`: one period less than often said. How long a start takes is declared: by the spec, or by
the annotation `k8sgen/startup-seconds`.

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
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10, failureThreshold: 6}

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
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10, failureThreshold: 7}

See: https://github.com/apache/camel-k/issues/2173 https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
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
    """Startup probes that restart before the declared start is through."""
    for workload in manifests.workloads():
        needed = workload.facts.startup_seconds
        container = serving(workload)
        probe = container.probe("startup") if container else None
        if needed is None or probe is None:
            continue
        budget = probe.initial_delay + (probe.failures - 1) * probe.period
        if budget < needed:
            failures = -(-(needed - probe.initial_delay) // probe.period) + 1
            yield probe.fault(
                ("failureThreshold",),
                f"the startup probe surely waits {budget} s ({probe.initial_delay} s + ({probe.failures} - 1) x "
                f"{probe.period} s), when a start takes {needed} s",
                f"write failureThreshold: {failures}",
            )
