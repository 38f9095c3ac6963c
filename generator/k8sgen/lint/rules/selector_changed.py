"""The selector of a workload stays as it was.

The API server refuses to change a selector: the rollout fails, and a forced replacement leaves the old
pods without an owner or takes all of them down. Needs the version before, from `--changed-since`.

The first document of an example is what the object was before.

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
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: invoices}}
  template:
    metadata: {labels: {app: invoices}}
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
          image: ghcr.io/acme/orders:1.5.0

See: https://github.com/jetstack/version-checker/issues/140 https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scopes import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.MINIMAL
IMMUTABLE = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that had another selector before."""
    for workload in manifests.workloads(*IMMUTABLE) if manifests.previous else ():
        before = manifests.previous.get((workload.manifest.file, *identity(workload.manifest)))
        if before is not None and before.get("spec", "selector") != workload.spec.get("selector"):
            yield workload.fault(
                ("spec", "selector"),
                f"the selector of {workload!r} is not what it was, and cannot be changed",
                "keep the old selector, or give the workload a new name and move traffic over",
                key=True,
            )
