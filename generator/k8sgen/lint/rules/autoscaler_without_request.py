"""What an autoscaler measures against is requested.

Utilization is a share of the request. When one container of the pod, a sidecar included, requests nothing of
that resource, the autoscaler cannot compute it: it reports FailedGetResourceMetric and never scales. A metric
of type ContainerResource needs the request of its own container only. A LimitRange may add requests; the
rule is silent when the input holds one.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", resources: {requests: {cpu: 250m}}}
        - {name: side, image: "ghcr.io/acme/side:1.4.2"}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", resources: {requests: {cpu: 250m}}}
        - {name: side, image: "ghcr.io/acme/side:1.4.2", resources: {requests: {cpu: 50m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]

See: https://github.com/amazon-archives/aws-app-mesh-inject/issues/12 https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work
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


SEVERITY = Severity.ERROR
CATEGORY = Category.SCALING
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Containers that request nothing of what an autoscaler measures."""
    for scaler in manifests.of_kind(*SCALERS):
        workload = manifests.scaled_by(scaler)
        if not workload or manifests.has(scaler, "LimitRange"):
            continue
        for metric in manifests.metrics_of(scaler):
            if metric.percent is None or dig(workload.pod, "resources", "requests", metric.resource):
                continue
            for container in metric.measured(workload):
                if container.resource("requests", metric.resource) is None:
                    yield container.fault(
                        ("resources", "requests", metric.resource),
                        f'container "{container.name}" requests no {metric.resource}, so that '
                        f"{scaler.subject} cannot compute its utilization",
                        f"give it resources.requests.{metric.resource}",
                        also=((scaler, metric.pointer, f"measures {metric.resource} against the request"),),
                    )
