"""What an autoscaler scales does not say replicas.

Each apply sets the replicas back to the written number, whatever the load, until the autoscaler has raised
them again. Take care when you remove the field from a workload that is applied already: `kubectl apply`
resets it to 1 once, unless `kubectl apply edit-last-applied` removes it there first.

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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
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

See: https://github.com/kubernetes/kubernetes/issues/66385 https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.WARNING
CATEGORY = Category.SCALING
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads with replicas and an autoscaler."""
    for workload in manifests.workloads(*SCALED):
        if "replicas" not in workload.spec:
            continue
        for scaler in manifests.scalers_of(workload)[:1]:
            yield workload.fault(
                ("spec", "replicas"),
                f"each apply sets the replicas that {scaler.subject} chose back to {workload.replicas}",
                "remove replicas (see the rule's help for workloads that are applied already)",
                also=((scaler, ("spec", "scaleTargetRef"), "scales it"),),
            )
