"""A variable is set once.

Of two variables with the same name the later one wins, and the API server only warns. `kubectl apply`
merges variables by name: removing one of the two removes both.

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
          env: [{name: LOG_LEVEL, value: info}, {name: LOG_LEVEL, value: debug}]

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
          env: [{name: LOG_LEVEL, value: info}]

See: https://github.com/kubernetes/kubernetes/issues/58477
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Variables whose name an earlier one of the container has."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            seen: dict[str, int] = {}
            for index, variable in enumerate(container.env):
                name = str(variable.get("name", ""))
                if name in seen:
                    first = (*container.pointer, "env", seen[name])
                    yield container.fault(
                        ("env", index, "name"),
                        f'variable "{name}" is set twice',
                        "keep the one that is meant",
                        also=((workload.manifest, first, "set here first"),),
                    )
                seen.setdefault(name, index)
