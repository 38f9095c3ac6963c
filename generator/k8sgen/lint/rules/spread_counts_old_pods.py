"""A strict spread constraint counts the pods of one revision only.

During a rolling update the scheduler counts old and new pods together. The new ones are placed so that the
sum is even; once the old ones are gone they are not, and with DoNotSchedule pods may stay Pending. From
Kubernetes 1.27 on, `matchLabelKeys: [pod-template-hash]` makes each revision count for itself.

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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: orders}}
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
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: orders}}
          matchLabelKeys: [pod-template-hash]
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://github.com/kubernetes/kubernetes/issues/98215 https://github.com/kubernetes/kubernetes/issues/116629
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.WARNING
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.STANDARD

SINCE = 27
HASH = "pod-template-hash"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Deployments with a strict constraint that counts all revisions."""
    for workload in manifests.workloads("Deployment"):
        constraints = workload.pod.get("topologySpreadConstraints") or ()
        if not constraints or manifests.floor(workload) < 2:
            continue
        if workload.strategy.get("type") == "Recreate":
            continue
        for index, constraint in enumerate(constraints):
            keys = constraint.get("matchLabelKeys") or []
            if constraint.get("whenUnsatisfiable") != "DoNotSchedule" or HASH in keys:
                continue
            if not constraint.get("labelSelector"):
                continue
            place = ("topologySpreadConstraints", index, "matchLabelKeys")
            yield workload.pod_fault(
                place,
                f'the constraint over "{constraint.get("topologyKey")}" counts the pods of old revisions, too',
                f"add matchLabelKeys: [{', '.join([*keys, HASH])}]",
                edits=(Set(workload.pod_path(*place), [*keys, HASH]),),
            )
