"""A rollout leaves a pod that serves.

A rolling update may take `maxUnavailable` pods away before new ones are ready, whatever `maxSurge` says.
At one replica `maxUnavailable: 1` is all of them. So is a percentage that rounds down to 0 next to
`maxSurge: 0`: Kubernetes then takes 1 rather than stand still. Reported for pods that a Service sends
requests to; those that keep a volume or a port of their node can often not do otherwise.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 1
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 1
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ports import requesting
from k8sgen.lint.rollouts import is_rolling, pods_in_words, resolved, steps
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.volumes import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Deployments whose rollout may take away all pods at once."""
    for workload in manifests.workloads("Deployment"):
        bounds = workload.strategy.get("rollingUpdate")
        pods = manifests.floor(workload)
        if pods < 1 or not bounds or not is_rolling(workload):
            continue
        surge, unavailable = steps(workload, pods)
        if unavailable < pods or exclusive(workload) or not requesting(manifests, workload):
            continue
        field = "maxUnavailable" if "maxUnavailable" in bounds else "maxSurge"
        if surge == 0 and resolved(bounds.get("maxUnavailable", "25%"), pods, up=False) == 0:
            why = "with both bounds at 0 pods, 1 may be missing"
        else:
            why = f"it may take {unavailable} away"
        yield workload.fault(
            ("spec", "strategy", "rollingUpdate", field),
            f"{field} {bounds[field]} lets a rollout take down all of {pods_in_words(pods)}: {why}",
            "write maxUnavailable: 0 and maxSurge: 1",
        )
