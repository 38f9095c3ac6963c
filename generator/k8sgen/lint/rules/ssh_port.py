"""No container serves SSH.

`kubectl exec` reaches a container with the rights and the audit log of the cluster; an SSH server in it passes
both by, and needs keys, users and updates of its own.

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
          image: "ghcr.io/acme/orders:1.4.2"
          ports: [{containerPort: 22}]

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
          image: "ghcr.io/acme/orders:1.4.2"
          ports: [{containerPort: 8080}]

See: https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STRICT


def check(manifests: Manifests) -> Iterator[Fault]:
    """Declared ports 22."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            for index, port in enumerate(container.ports):
                if port.get("containerPort") == 22 and port.get("protocol", "TCP") == "TCP":
                    yield container.fault(
                        ("ports", index, "containerPort"),
                        f'port 22 of container "{container.name}" is that of SSH',
                        "use kubectl exec or kubectl debug instead",
                    )
