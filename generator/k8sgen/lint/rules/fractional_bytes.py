"""Memory is whole bytes.

`m` is a thousandth: `512m` of memory is half a byte. The container is killed at once, or the pod is refused
by the kubelet. `Mi` was meant.

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
          resources: {limits: {memory: 512m}}

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
          resources: {limits: {memory: 512Mi}}

See: https://github.com/kubernetes/kubernetes/issues/79950
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.validate.apiserver.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.RESOURCES
PROFILE = Profile.MINIMAL


BILLION = 1_000_000_000


def check(manifests: Manifests) -> Iterator[Fault]:
    """Requests and limits of bytes that are no whole number of them."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            for part in ("requests", "limits"):
                given = (container.data.get("resources") or {}).get(part) or {}
                for name in ("memory", "ephemeral-storage"):
                    value = given.get(name)
                    size = quantity(value) if value is not None else None
                    if size is not None and size % BILLION:
                        yield container.fault(
                            ("resources", part, name),
                            f'"{value}" of {name} is a fraction of a byte',
                            f"write {str(value).removesuffix('m')}Mi, if that is meant",
                        )
