"""A PodDisruptionBudget lets pods go that are broken anyway.

Unless `unhealthyPodEvictionPolicy` is AlwaysAllow, pods that run but are not ready can be evicted only while
the budget has room. When an application is down, its broken pods then block the drain of their nodes.

Bad:
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: orders}}}

Good:
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: orders}}}

See: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STRICT

SINCE = 27
FIELD = ("spec", "unhealthyPodEvictionPolicy")


def check(manifests: Manifests) -> Iterator[Fault]:
    """Budgets that keep broken pods."""
    for budget in manifests.of_kind("PodDisruptionBudget"):
        if budget.get(*FIELD) != "AlwaysAllow":
            yield Fault(
                budget,
                FIELD,
                "the budget may keep pods that are not ready from leaving their node",
                "write unhealthyPodEvictionPolicy: AlwaysAllow",
                edits=(Set(FIELD, "AlwaysAllow"),),
            )
