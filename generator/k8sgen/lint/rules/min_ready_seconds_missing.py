"""A rollout waits until new pods are warm.

A pod counts as available when it is ready. One that needs longer until it carries its full load (caches,
just-in-time compilers) lets a rollout replace all old pods by cold ones. `minReadySeconds` makes it wait.
How long that takes is declared: by the spec, or by the annotation `k8sgen/warm-up-seconds`.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/warm-up-seconds: "30"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  minReadySeconds: 30
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/warm-up-seconds: "30"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

See: https://github.com/zalando-incubator/stackset-controller/issues/290
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that count pods as available before they are declared to be warm."""
    for workload in manifests.workloads("Deployment", "StatefulSet", "DaemonSet"):
        needed = workload.facts.warm_up_seconds or 0
        said = workload.spec.get("minReadySeconds", 0)
        if said < needed:
            yield workload.fault(
                ("spec", "minReadySeconds"),
                f"a rollout goes on {said} s after a pod is ready, when it is warm after {needed} s",
                f"write minReadySeconds: {needed}",
            )
