"""Containers limit their memory.

A container that leaks memory without a limit takes it from its neighbours until the kernel kills one of
them, which need not be the one that leaks. A container without a memory request, too, is told of both by
requests-missing.

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
          resources: {requests: {cpu: 100m, memory: 128Mi}}

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
    """Containers that run as long as their pod and have no limit, unless the pod as a whole has one."""
    for workload in manifests.workloads():
        if "memory" in ((workload.pod.get("resources") or {}).get("limits") or {}):
            continue
        for container in workload.running:
            if container.resource("requests", "memory") is not None and ("memory" not in container.limits):
                yield container.fault(
                    ("resources", "limits", "memory"),
                    f'container "{container.name}" has no memory limit',
                    "write resources.limits.memory",
                )
