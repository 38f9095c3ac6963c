"""Pods say how important they are.

When nodes run short, pods of lower priority are evicted first. Without a class all are equal. Which classes
there are is up to the cluster.

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

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      priorityClassName: high
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

See: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
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
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that run for ever without a class."""
    for workload in manifests.workloads():
        if workload.runs_for_ever and not workload.pod.get("priorityClassName"):
            yield workload.pod_fault(
                ("priorityClassName",), "the pods have no priority class", "write priorityClassName"
            )
