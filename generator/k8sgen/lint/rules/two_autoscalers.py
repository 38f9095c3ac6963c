"""A workload is scaled by one autoscaler.

Two autoscalers of one workload each set its replicas by their own view, one raising what the other lowers.
KEDA makes a HorizontalPodAutoscaler for each ScaledObject; an own one beside it is a second one.

Bad:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  maxReplicas: 6
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders-memory}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  maxReplicas: 8

Good:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  maxReplicas: 6

See: https://github.com/kedacore/keda/issues/5825
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import SCALERS
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest

SEVERITY = Severity.ERROR
CATEGORY = Category.SCALING
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Autoscalers of a workload that has one already."""
    for scaler in manifests.of_kind(*SCALERS):
        others = [
            each for each in manifests.rivals(scaler) if (each.kind, each.name) != (scaler.kind, scaler.name)
        ]
        if not others or (scaler.kind, scaler.name) < (others[0].kind, others[0].name):
            continue
        first = others[0]
        named = scaler.get("spec", "scaleTargetRef", "name")
        if named and not hands_over(first, scaler) and not hands_over(scaler, first):
            yield Fault(
                scaler,
                ("spec", "scaleTargetRef", "name"),
                f'"{named}" is scaled by {first.subject}, too',
                "keep one of the two, with the metrics of both",
                also=((first, ("spec", "scaleTargetRef", "name"), "scales it already"),),
            )


def hands_over(keda: Manifest, other: Manifest) -> bool:
    """Whether a ScaledObject takes the other one over as its own."""
    advanced = keda.get("spec", "advanced")
    return (
        keda.kind == "ScaledObject" and dig(advanced, "horizontalPodAutoscalerConfig", "name") == other.name
    )
