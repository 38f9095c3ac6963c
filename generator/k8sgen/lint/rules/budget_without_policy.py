"""A PodDisruptionBudget says what it allows.

The API server accepts a budget with neither `minAvailable` nor `maxUnavailable`. The disruption controller
then expects no pods at all and permits no eviction: every node drain waits for ever.

Bad:
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {selector: {matchLabels: {app: orders}}}

Good:
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: orders}}}

See: https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/disruption/disruption.go
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

BOUNDS = {"minAvailable", "maxUnavailable"}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Budgets with neither bound."""
    for budget in manifests.of_kind("PodDisruptionBudget"):
        if not BOUNDS & budget.map("spec").keys():
            yield Fault(
                budget,
                ("spec", "maxUnavailable"),
                "neither minAvailable nor maxUnavailable: the budget permits no eviction",
                "write maxUnavailable: 1",
            )
