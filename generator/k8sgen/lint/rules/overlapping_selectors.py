"""A workload's selector selects its own pods only.

A Deployment owns its pods by their owner references, but all that counts pods by labels counts those of the
other one as well: a HorizontalPodAutoscaler averages over both, `kubectl logs deploy/…` shows either. It is
an error where an autoscaler counts the foreign pods, else a warning.

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
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders-worker}
spec:
  replicas: 2
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders-worker, image: "ghcr.io/acme/orders-worker:1.4.2"}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 2
  maxReplicas: 6

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 2
  selector: {matchLabels: {app: orders, component: web}}
  template:
    metadata: {labels: {app: orders, component: web}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders-worker}
spec:
  replicas: 2
  selector: {matchLabels: {app: orders, component: worker}}
  template:
    metadata: {labels: {app: orders, component: worker}}
    spec:
      containers: [{name: orders-worker, image: "ghcr.io/acme/orders-worker:1.4.2"}]

See: https://github.com/kubernetes/kubernetes/issues/124307
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.SCALING
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads whose pods another one selects."""
    for workload in manifests.workloads(*RUNS_FOR_EVER):
        for owner in manifests.owners_of(workload):
            if owner.kind not in RUNS_FOR_EVER or not apart(owner, workload):
                continue
            scaler = next(iter(manifests.scalers_of(owner)), None)
            mutual = any(each is workload for each in manifests.owners_of(owner))
            if mutual and (not scaler, owner.name) > (not manifests.scalers_of(workload), workload.name):
                continue  # said of the other one
            yield owner.fault(
                ("spec", "selector"),
                f"the selector selects the pods of {workload!r}, too"
                + (f", which {scaler.subject} then counts" if scaler else ""),
                "give each a label of its own, such as app.kubernetes.io/component, in selector and template",
                also=((workload.manifest, workload.template_pointer, "makes these pods"),),
                severity=None if scaler else Severity.WARNING,
            )


def apart(one: Workload, other: Workload) -> bool:
    """Whether two workloads are surely different ones that run side by side."""
    if (one.kind, one.name) == (other.kind, other.name):
        return False
    return (
        bool(one.namespace) or one.manifest.file.rpartition("/")[0] == other.manifest.file.rpartition("/")[0]
    )
