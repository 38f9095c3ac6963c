"""A port is declared once in a pod.

Containers of a pod share one network: two that listen on the same port cannot both start. The API server
only warns.

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
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}, {name: web, containerPort: 8080}]

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
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

See: https://github.com/kubernetes/kubernetes/blob/v1.37.2/pkg/api/pod/warnings.go
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Pointer

SEVERITY = Severity.WARNING
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Ports whose number and protocol another one of the pod has."""
    for workload in manifests.workloads():
        seen: dict[tuple[object, object], Pointer] = {}
        for container in workload.running:
            for index, port in enumerate(container.ports):
                key = (port.get("containerPort"), port.get("protocol") or "TCP")
                here = (*container.pointer, "ports", index, "containerPort")
                if key in seen and key[0] is not None:
                    yield workload.fault(
                        here,
                        f"port {key[0]} is declared twice in the pod",
                        "remove one, or let one container listen elsewhere",
                        also=((workload.manifest, seen[key], "declared here first"),),
                    )
                seen.setdefault(key, here)
