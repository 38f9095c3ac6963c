"""Pods that are several for safety have a PodDisruptionBudget.

Without a budget a node drain, an upgrade of the cluster or its autoscaler may evict all pods of a service
at once, however many they are. A budget covers pods only when its whole selector matches their labels: one
label in common is not enough. Looked at are workloads that run two pods or more at their fewest.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: orders}}}

See: https://github.com/FairwindsOps/polaris/issues/1202 https://kubernetes.io/docs/tasks/run-application/configure-pdb/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.WARNING
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STANDARD

KINDS = ("Deployment", "StatefulSet")


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads of several pods that no budget covers."""
    for workload in manifests.workloads(*KINDS):
        if (floor := manifests.floor(workload)) >= 2 and not manifests.budgets_of(workload):
            scalers = manifests.scalers_of(workload)
            yield workload.fault(
                ("metadata", "name") if scalers else ("spec", "replicas"),
                f"no PodDisruptionBudget in this input selects the pods of {workload!r}, which runs {floor}",
                f"add one with maxUnavailable: 1 and {selector_text(workload)}",
            )


def selector_text(workload: Workload) -> str:
    """The selector that such a budget would have."""
    labels = (workload.spec.get("selector") or {}).get("matchLabels") or workload.labels
    return f"matchLabels {{{', '.join(f'{key}: {value}' for key, value in labels.items())}}}"
