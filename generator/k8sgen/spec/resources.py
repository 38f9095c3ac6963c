"""CPU, memory and other resources of a container."""

from __future__ import annotations

from typing import Any

from k8sgen.spec.model import Model, derived, optional, with_keys
from k8sgen.spec.types import KubernetesObject, Quantity, ResourceName


class Resources(Model):
    """A Kubernetes ResourceRequirements; `requests: {}` asks for none."""

    requests: dict[ResourceName, Quantity] | None = derived(
        "a guess to measure: cpu 100m, memory 128Mi (1Gi with runtime jvm)", "What the scheduler reserves."
    )
    limits: dict[ResourceName, Quantity] | None = derived(
        "a guess to measure: memory 256Mi (1Gi with runtime jvm); no CPU limit, which would only throttle",
        "What the kernel enforces.",
    )
    claims: list[KubernetesObject] | None = optional(
        "Names of dynamic resource claims of the pod.", kubernetes="io.k8s.api.core.v1.ResourceClaim"
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Numbers become the text of a quantity: `cpu: 1` is `cpu: "1"`."""
        if not isinstance(value, dict):
            return value
        texts = {
            key: with_keys(amounts, {name: quantity_text(amount) for name, amount in amounts.items()})
            for key in ("requests", "limits")
            if isinstance(amounts := value.get(key), dict)
        }
        return with_keys(value, texts)


def quantity_text(amount: Any) -> Any:
    """A number as the text of a quantity; anything else as it is."""
    if isinstance(amount, bool) or not isinstance(amount, (int, float)):
        return amount
    return str(amount) if isinstance(amount, int) else format(amount, "f").rstrip("0").rstrip(".")
