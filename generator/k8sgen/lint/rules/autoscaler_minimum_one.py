"""An autoscaled service keeps at least two pods.

At quiet times an autoscaler with `minReplicas` 1, which is the default, leaves one pod, whose end is an
outage. This looks at HorizontalPodAutoscalers whose workload a Service of the input sends requests to.

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
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
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
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6

See: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import minimum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.SCALING
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """HorizontalPodAutoscalers that may leave one pod of a service."""
    for scaler in manifests.of_kind("HorizontalPodAutoscaler"):
        if minimum(scaler) != 1:
            continue
        workload = manifests.scaled_by(scaler)
        if workload and manifests.services_of(workload):
            yield Fault(
                scaler,
                ("spec", "minReplicas"),
                f"at quiet times one pod serves for {workload!r}: its end is an outage",
                "write minReplicas: 2, if the program bears it",
            )
