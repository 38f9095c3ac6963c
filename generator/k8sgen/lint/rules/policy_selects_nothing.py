"""A NetworkPolicy selects the pods of some workload.

A policy whose labels no pod carries protects nothing, and nothing says so. The workload may be elsewhere, so
this only says that it is not in this input; it is silent when the input has no workloads to look at.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec: {podSelector: {matchLabels: {app: order}}, policyTypes: [Ingress]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec: {podSelector: {matchLabels: {app: orders}}, policyTypes: [Ingress]}

See: https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Policies that select no pods of this input."""
    for policy in manifests.policies():
        selector = manifests.selector_of(policy)
        if (
            selector
            and not selector.empty
            and not manifests.selected_by(policy)
            and manifests.has(policy, *RUNS_FOR_EVER)
            and not manifests.selects_anywhere(policy, selector)
        ):
            yield Fault(
                policy,
                ("spec", "podSelector"),
                f"no workload in this input has pods with the labels {selector}",
                "select the labels of the pod template, or add its workload to the input",
            )
