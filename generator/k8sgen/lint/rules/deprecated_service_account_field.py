"""The ServiceAccount is named by serviceAccountName.

`serviceAccount` is an alias from before 1.0. Tools that patch or check `serviceAccountName` do not see it.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      serviceAccount: orders
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
      serviceAccountName: orders
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

See: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Rename

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.HYGIENE
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Pods that name their account by the old field alone."""
    for workload in manifests.workloads():
        if "serviceAccount" in workload.pod and "serviceAccountName" not in workload.pod:
            pointer = workload.pod_path("serviceAccount")
            yield workload.fault(
                pointer,
                "serviceAccount is an old name of serviceAccountName",
                "write serviceAccountName",
                key=True,
                edits=(Rename(pointer, "serviceAccountName"),),
            )
