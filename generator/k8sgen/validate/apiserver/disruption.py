"""PodDisruptionBudgets.

Source: `pkg/apis/policy/validation`: ValidatePodDisruptionBudgetSpec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver.metadata import check_selector
from k8sgen.validate.apiserver.workloads import check_int_or_percent

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node


def check_budget(obj: Node, _minor: int) -> None:
    """The spec of a budget. One without either bound is accepted: it permits no eviction."""
    spec = obj["spec"]
    if spec.has("minAvailable") and spec.has("maxUnavailable"):
        spec.refuse("minAvailable and maxUnavailable stand side by side", "remove one")
    for bound in ("minAvailable", "maxUnavailable"):
        check_int_or_percent(spec, bound, at_most_all=True)
    check_selector(spec["selector"])
    spec.check_one_of("unhealthyPodEvictionPolicy", "AlwaysAllow", "IfHealthyBudget", empty=False)
