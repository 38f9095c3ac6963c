"""How many pods a node drain may take away at once."""

from __future__ import annotations

from typing import ClassVar, Literal

from k8sgen.spec.model import Section, default, derived, optional
from k8sgen.spec.types import IntOrPercent


class Disruption(Section):
    """A PodDisruptionBudget (https://kubernetes.io/docs/tasks/run-application/configure-pdb/)."""

    either: ClassVar = (("maxUnavailable", "minAvailable"),)

    enabled: bool = default(True, "Whether there is a budget; a single replica never has one.")
    max_unavailable: IntOrPercent | None = derived(
        "1 unless minAvailable is given", "Pods that an eviction may take away."
    )
    min_available: IntOrPercent | None = optional("Pods that an eviction must leave.")
    unhealthy_pod_eviction_policy: Literal["AlwaysAllow", "IfHealthyBudget"] = default(
        "AlwaysAllow",
        "Whether pods that are not ready may be evicted.",
        "a broken pod must not hold up a node drain",
    )
