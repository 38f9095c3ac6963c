"""A PodDisruptionBudget lets at least one pod go.

A budget that allows no eviction at the fewest pods its workload runs with blocks every node drain, and
with it cluster upgrades, until somebody deletes it. The fewest pods are the autoscaler's `minReplicas`
(1 unless given) where there is an autoscaler, else `replicas` (1 unless given). Percentages of
`minAvailable` are rounded up: 90% of 3 is 3.

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
spec:
  minAvailable: 90%
  selector: {matchLabels: {app: orders}}

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
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: orders}}

See: https://github.com/kubernetes/website/issues/17573 https://github.com/kubernetes/ingress-nginx/issues/7034 https://github.com/kubernetes/kubernetes/issues/93476
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Budgets that allow no eviction of a workload's pods at their fewest."""
    for budget in manifests.of_kind("PodDisruptionBudget"):
        spec = budget.map("spec")
        for workload in manifests.selected_by(budget):
            floor = manifests.floor(workload)
            if workload.kind not in SCALED or floor < 1:
                continue
            field = "maxUnavailable" if "maxUnavailable" in spec else "minAvailable"
            if field in spec and allowed(spec[field], floor, field) == 0:
                yield Fault(
                    budget,
                    ("spec", field),
                    f"{field} {spec[field]} allows no eviction while {workload!r} runs {count(floor)}",
                    "write maxUnavailable: 1" if floor > 1 else "run at least 2 pods, or remove the budget",
                    also=((workload.manifest, ("metadata", "name"), f"runs {count(floor)} at its fewest"),),
                )


def allowed(bound: int | str, pods: int, field: str) -> int:
    """The evictions that a budget allows of so many healthy pods.

    Source: `pkg/controller/disruption/disruption.go`, getExpectedPodCount: percentages are rounded up.
    """
    if isinstance(bound, str):
        percent = bound.removesuffix("%")
        if not percent.isdigit():
            return 1
        bound = -(-int(percent) * pods // 100)
    return max(0, bound if field == "maxUnavailable" else pods - bound)


def count(pods: int) -> str:
    """So many pods, in words."""
    return "1 pod" if pods == 1 else f"{pods} pods"
