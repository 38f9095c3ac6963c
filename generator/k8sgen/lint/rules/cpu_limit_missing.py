"""CPU is limited.

A limit of CPU keeps a container from taking what is idle; it also throttles it while the node is idle. Some
platforms ask for one.

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
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}

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
          resources: {limits: {cpu: "1", memory: 256Mi}}

See: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.RESOURCES
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Containers without a limit of CPU."""
    for workload in manifests.workloads():
        for container in workload.running:
            if "cpu" not in container.limits:
                yield container.fault(
                    ("resources", "limits", "cpu"),
                    f'container "{container.name}" has no CPU limit',
                    "write resources.limits.cpu",
                )
