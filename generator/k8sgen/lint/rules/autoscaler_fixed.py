"""An autoscaler has room to scale.

With the same minimum and maximum an autoscaler never changes anything; `replicas` says the same.

Bad:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 3
  maxReplicas: 3

Good:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 3
  maxReplicas: 9

See: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import SCALERS, maximum, minimum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.SCALING
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Autoscalers with one size."""
    for scaler in manifests.of_kind(*SCALERS):
        if (most := maximum(scaler)) is not None and most == minimum(scaler):
            yield Fault(
                scaler,
                ("spec", "maxReplicaCount" if scaler.kind == "ScaledObject" else "maxReplicas"),
                f"maximum {most} is the minimum, too: nothing is scaled",
                "raise the maximum, or write replicas instead of an autoscaler",
            )
