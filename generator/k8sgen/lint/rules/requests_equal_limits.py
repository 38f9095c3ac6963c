"""Requests equal limits.

A pod whose requests equal its limits is of the class Guaranteed: it is the last to be killed, and never
gets more than it asked for.

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
          resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {cpu: 100m, memory: 256Mi}}

See: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.validate.apiserver.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.RESOURCES
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Containers whose request of CPU or memory is not their limit."""
    for workload in manifests.workloads():
        for container in workload.running:
            for name in ("cpu", "memory"):
                request, limit = container.resource("requests", name), container.limits.get(name)
                if quantity(request) != quantity(limit):
                    yield container.fault(
                        ("resources", "requests", name),
                        f"the {name} request ({request or 'none'}) is not the limit ({limit or 'none'})",
                        "write the same for both",
                    )
