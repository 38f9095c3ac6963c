"""At least three pods run.

With three pods one may be drained while another one crashes.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 2
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

See: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import SCALED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.OPINION


class Options(NamedTuple):
    """`replicas`: the fewest replicas."""

    replicas: int = 3


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Workloads with fewer replicas that no autoscaler sets."""
    for workload in manifests.workloads(*SCALED):
        if 0 < workload.replicas < options.replicas and not manifests.scalers_of(workload):
            yield workload.fault(
                ("spec", "replicas"),
                f"{workload.replicas} replicas are fewer than {options.replicas}",
                f"write replicas: {options.replicas}",
            )
