"""A StatefulSet's name has at most 52 characters.

Each pod of a StatefulSet gets the label `controller-revision-hash`: the name, a dash, and a hash of up to
10 characters. A label has at most 63, so the pods of a longer name are refused, and the StatefulSet stays
at 0 of its replicas. Its own name may have more, so that nothing else says it.

Bad:
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders-of-all-customers-in-all-regions-and-all-currencies}
spec:
  serviceName: orders
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

Good:
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  serviceName: orders
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

See: https://github.com/kubernetes/kubernetes/issues/64023
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.MINIMAL


LONGEST = 52


def check(manifests: Manifests) -> Iterator[Fault]:
    """StatefulSets whose pods would get too long a label."""
    for workload in manifests.workloads("StatefulSet"):
        if (length := len(workload.name)) > LONGEST:
            yield workload.fault(
                ("metadata", "name"),
                f'name "{workload.name}" has {length} characters, and with a revision hash its pods get a label of '
                f"up to {length + 11}, where 63 are allowed",
                f"shorten it to at most {LONGEST} characters",
            )
