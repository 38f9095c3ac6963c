"""A PodDisruptionBudget selects the pods of some workload.

A budget whose labels no pod carries protects nothing, and nothing says so. The workload may be elsewhere,
so this only says that it is not in this input; it is silent when the input has no workloads to look at.

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
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: order}}}

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

See: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Budgets that select no pods of this input."""
    for budget in manifests.of_kind("PodDisruptionBudget"):
        selector = manifests.selector_of(budget)
        if (
            selector
            and not selector.empty
            and not manifests.selected_by(budget)
            and manifests.has(budget, *RUNS_FOR_EVER)
            and not manifests.selects_anywhere(budget, selector)
        ):
            yield Fault(
                budget,
                ("spec", "selector"),
                f"no workload in this input has pods with the labels {selector}",
                "select the labels of the pod template, or add its workload to the input",
            )
