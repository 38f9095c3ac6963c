"""A new version replaces the old one without a gap.

`Recreate` stops all pods before it starts new ones, so that nothing answers in between. `OnDelete`
changes nothing until somebody deletes pods by hand. Pods that keep a volume or a port of their node often
cannot do otherwise, and are not reported.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  strategy: {type: Recreate}
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
  strategy: {type: RollingUpdate}
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
  strategy: {type: Recreate}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          volumeMounts: [{name: data, mountPath: /data}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.volumes import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that a Service sends requests to and that are not replaced pod by pod, without a visible reason."""
    for workload in manifests.workloads("Deployment", "StatefulSet", "DaemonSet"):
        field = "strategy" if workload.kind == "Deployment" else "updateStrategy"
        strategy = workload.manifest.get("spec", field, "type")
        if strategy not in {"Recreate", "OnDelete"} or exclusive(workload):
            continue
        if strategy == "OnDelete" or manifests.services_of(workload):
            what = "takes all pods down" if strategy == "Recreate" else "changes no pod until it is deleted"
            yield workload.fault(
                ("spec", field, "type"),
                f'{field} "{strategy}" {what} when the version changes',
                "write RollingUpdate",
            )
