"""An autoscaler's target can be reached.

Utilization is measured against the request, and what a pod uses ends at its limit. With a target of 100% or
more of what the limit allows, the measured value never exceeds the target, and the service is throttled or
killed rather than scaled. An autoscaler acts only when the target is exceeded by more than a tenth, so that
90% of a limit that equals the request is hardly reached, either.

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
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", resources: {requests: {cpu: 500m}, limits: {cpu: 500m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 100}}}]

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
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", resources: {requests: {cpu: 500m}, limits: {cpu: 500m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]

See: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import SCALERS, maximum, minimum
from k8sgen.validate.apiserver.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.scaling import Metric
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.SCALING
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Targets at or above what the limits allow."""
    for scaler in manifests.of_kind(*SCALERS):
        workload = manifests.scaled_by(scaler)
        if not workload or minimum(scaler) == maximum(scaler):
            continue
        for metric in manifests.metrics_of(scaler):
            limit, target = total(workload, metric, "limits"), target_of(workload, metric)
            if not limit or not target or target * 11 < limit * 10:
                continue
            reach = limit * 100 // target
            never = target >= limit
            aim = f"{metric.percent}%" if metric.percent is not None else "its averageValue"
            yield Fault(
                scaler,
                metric.pointer,
                f"{metric.resource} ends at the limit, {reach}% of the target ({aim}): "
                + ("it is never exceeded" if never else "it must be exceeded by more than 10% to scale"),
                f"lower the target, or raise the {metric.resource} limits of {workload!r}",
                also=tuple(
                    (workload.manifest, (*each.pointer, "resources", "limits", metric.resource), "the limit")
                    for each in metric.measured(workload)
                ),
                severity=None if never else Severity.WARNING,
            )


def target_of(workload: Workload, metric: Metric) -> int | None:
    """The use of a pod that the autoscaler aims at, in billionths."""
    if metric.percent is None:
        return metric.average
    request = total(workload, metric, "requests")
    return None if request is None else request * metric.percent // 100


def total(workload: Workload, metric: Metric, part: str) -> int | None:
    """The requests or limits of what a metric measures, added up; None when one has none."""
    if "resources" in workload.pod:
        return None
    said = [each.resource(part, metric.resource) for each in metric.measured(workload)]
    if not said or None in said:
        return None
    return sum(quantity(each) or 0 for each in said)
