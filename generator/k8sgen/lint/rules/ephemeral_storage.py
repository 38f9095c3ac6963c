"""Containers bound what they write.

A container that fills the disk of its node takes its neighbours down. Requests and limits of `ephemeral-
storage` bound it.

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
          resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 2Gi}}

See: https://kubernetes.io/docs/concepts/storage/ephemeral-storage/
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
    """Containers without a limit of ephemeral storage."""
    for workload in manifests.workloads():
        for container in workload.running:
            if "ephemeral-storage" not in container.limits:
                yield container.fault(
                    ("resources", "limits", "ephemeral-storage"),
                    f'container "{container.name}" has no limit of ephemeral-storage',
                    "write resources.limits.ephemeral-storage",
                )
