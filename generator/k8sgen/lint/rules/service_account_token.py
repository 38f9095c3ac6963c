"""A pod that does not call the API server has no token for it.

Every pod gets a token of its ServiceAccount mounted unless it, or the account, says not to. Programs that
never talk to the API server do not need it, and who breaks into one of them finds it. Only the
account `default` is looked at: a pod with an account of its own most likely calls the API server.

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

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      automountServiceAccountToken: false
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
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

See: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
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
    """Pods of the account default, where neither they nor the account refuse the token or ask for it."""
    for workload in manifests.workloads():
        if workload.pod.get("automountServiceAccountToken") is not None or account_of(workload) != "default":
            continue
        account = manifests.find(workload.manifest, "ServiceAccount", "default")
        if account and account.get("automountServiceAccountToken") is False:
            continue
        yield workload.pod_fault(
            ("automountServiceAccountToken",),
            'the token of the ServiceAccount "default" is mounted into every container',
            "write automountServiceAccountToken: false, or name an account of its own",
        )
