"""A pod is covered by one PodDisruptionBudget at most.

The eviction API refuses to evict a pod that two budgets select, whatever they allow: "this pod has more
than one PodDisruptionBudget". Node drains then wait until one of the two is deleted.

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
spec: {maxUnavailable: 1, selector: {matchLabels: {app: orders}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: everything}
spec: {maxUnavailable: 1, selector: {}}

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

See: https://github.com/kubernetes/kubernetes/issues/75957
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.ERROR
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads whose pods several budgets select."""
    for workload in manifests.workloads():
        covering = manifests.budgets_of(workload)
        if len(covering) > 1 and len(budgets := {each.name: each for each in covering}) > 1:
            first, second, *_ = budgets.values()
            yield Fault(
                second,
                ("spec", "selector"),
                f"both {second.subject} and {first.subject} select the pods of {workload!r}, "
                "which cannot be evicted then",
                "keep one of the two, or make their selectors disjoint",
                also=(
                    (first, ("spec", "selector"), "selects them, too"),
                    (workload.manifest, workload.template_pointer, "makes these pods"),
                ),
            )
