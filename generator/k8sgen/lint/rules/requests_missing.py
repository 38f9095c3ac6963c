"""Containers request CPU and memory.

The scheduler places pods by their requests alone. A pod without them lands on a full node and is the first
to be evicted when memory runs short. A limit counts as a request where no request is given.

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
          resources: {requests: {cpu: 100m}}

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
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}

See: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.RESOURCES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Containers that run as long as their pod and lack a request, unless the pod as a whole has one."""
    for workload in manifests.workloads():
        resources = workload.pod.get("resources") or {}
        whole, limited = resources.get("requests") or {}, "memory" in (resources.get("limits") or {})
        for container in workload.running:
            missing = [
                name
                for name in ("cpu", "memory")
                if container.resource("requests", name) is None and name not in whole
            ]
            if missing:
                limit = "" if limited or "memory" not in missing else ", and has no memory limit"
                yield container.fault(
                    ("resources", "requests"),
                    f'container "{container.name}" requests no {" and no ".join(missing)}{limit}',
                    "write resources.requests with what it uses on a busy day",
                )
