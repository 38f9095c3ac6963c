"""Pods that are several for safety do not share one node.

Without `topologySpreadConstraints` or pod anti-affinity the scheduler may place all pods of a service on one
node. The cluster's default constraints are a preference only, and do not apply when a cluster turned them
off. Looked at are workloads that run two pods or more at their fewest.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: orders}}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import SCALED
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads of several pods that nothing spreads."""
    for workload in manifests.workloads(*SCALED):
        if workload.pod.get("topologySpreadConstraints") or dig(workload.pod, "affinity", "podAntiAffinity"):
            continue
        if (floor := manifests.floor(workload)) >= 2:
            yield workload.pod_fault(
                ("topologySpreadConstraints",),
                f"nothing keeps the {floor} pods of {workload!r} from sharing one node",
                "add topologySpreadConstraints over kubernetes.io/hostname with whenUnsatisfiable: ScheduleAnyway",
            )
