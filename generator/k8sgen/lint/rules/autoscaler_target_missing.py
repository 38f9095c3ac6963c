"""An autoscaler scales a workload that exists.

A HorizontalPodAutoscaler or ScaledObject that names another workload than it means does nothing. The target
may be elsewhere, so this only says that it is not in this input; it is silent when the input has no workload
of that kind.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: order}
  minReplicas: 2
  maxReplicas: 6

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6

See: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import SCALERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.SCALING
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Autoscalers whose target is not in the input."""
    for scaler in manifests.of_kind(*SCALERS):
        kind, name = manifests.target_of(scaler)
        if name and not manifests.is_anywhere(kind, name, scaler.namespace) and manifests.has(scaler, kind):
            yield Fault(
                scaler,
                ("spec", "scaleTargetRef", "name"),
                f'{kind.lower()} "{name}" is not in this input',
                "name the workload that it scales, or add that to the input",
            )
