"""The ServiceAccount of a pod is in this input.

Pods whose ServiceAccount does not exist are not created: the ReplicaSet reports FailedCreate and nothing
starts. Where other ServiceAccounts of the namespace are in the input, one that is not was
perhaps misspelled or left out.

Bad:
apiVersion: v1
kind: ServiceAccount
metadata: {name: order}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      serviceAccountName: orders
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
apiVersion: v1
kind: ServiceAccount
metadata: {name: orders}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      serviceAccountName: orders
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/docs/concepts/security/service-accounts/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.lint.security import account_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.INFO
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Accounts that the input has nowhere, where it has others of that namespace."""
    namespaces: set[str] | None = None
    names: set[str] = set()
    for workload in manifests.workloads():
        name = account_of(workload)
        if name == "default":
            continue
        if namespaces is None:
            accounts = [each for each in manifests.every if each.kind == "ServiceAccount"]
            namespaces = {each.namespace for each in accounts}
            names = {each.name for each in accounts}
        if workload.namespace in namespaces and name not in names:
            field = "serviceAccountName" if workload.pod.get("serviceAccountName") else "serviceAccount"
            yield workload.pod_fault(
                (field,),
                f'ServiceAccount "{name}" is not in this input, as others of its namespace are',
                "check the name, or add the ServiceAccount",
            )
