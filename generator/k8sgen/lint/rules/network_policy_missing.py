"""A NetworkPolicy selects the pods.

Pods that no policy selects take requests from everywhere. Many clusters isolate by namespace, by mesh or by
a default that is not in the input.

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
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec:
  podSelector: {matchLabels: {app: orders}}
  policyTypes: [Ingress]
  ingress: [{}]

See: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that run for ever and that no policy of the input selects."""
    for workload in manifests.workloads():
        if (
            workload.runs_for_ever
            and not workload.pod.get("hostNetwork")
            and not manifests.policies_of(workload)
        ):
            yield workload.fault(
                ("metadata", "name"),
                f"no NetworkPolicy in this input selects the pods of {workload!r}",
                "write a policy that admits its callers",
            )
