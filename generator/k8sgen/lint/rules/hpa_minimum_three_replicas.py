"""An autoscaler keeps at least three pods.

As `minimum-three-replicas`, for what a HorizontalPodAutoscaler scales.

Bad:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  minReplicas: 2
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}

Good:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  minReplicas: 3
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}

See: https://kubernetes.io/docs/concepts/workloads/autoscaling/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import minimum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.SCALING
PROFILE = Profile.OPINION


class Options(NamedTuple):
    """`replicas`: the lowest minimum."""

    replicas: int = 3


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Autoscalers with a lower minimum."""
    for scaler in manifests.of_kind("HorizontalPodAutoscaler"):
        if minimum(scaler) < options.replicas:
            yield Fault(
                scaler,
                ("spec", "minReplicas"),
                f"minReplicas {minimum(scaler)} is below {options.replicas}",
                f"write minReplicas: {options.replicas}",
            )
