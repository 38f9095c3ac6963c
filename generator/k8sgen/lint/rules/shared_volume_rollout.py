"""Pods on a volume of one node do not have to meet on it.

A ReadWriteOnce volume is attached to one node. A rolling update starts the new pod before the old one is
gone, often on another node, where it waits for a volume that the old pod keeps. Several replicas on one
such claim wait in the same way, unless all of them run on one node.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          volumeMounts: [{name: data, mountPath: /data}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: orders}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 2
  strategy: {type: Recreate}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          volumeMounts: [{name: data, mountPath: /data}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: orders}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          volumeMounts: [{name: data, mountPath: /data}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: orders}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}

See: https://github.com/mattermost/mattermost-helm/issues/283
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rollouts import HOSTNAME, is_rolling, steps
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.scaling import maximum
from k8sgen.lint.volumes import MANY_NODES, ONE_POD, claims
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest, Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Claims of this input for one node or pod only, that several pods of a workload mount at a time."""
    for workload in manifests.workloads("Deployment", "StatefulSet"):
        for pointer, name in claims(workload):
            claim = manifests.find(workload.manifest, "PersistentVolumeClaim", name)
            modes = (claim.get("spec", "accessModes") or []) if claim else []
            if claim and modes and MANY_NODES.isdisjoint(modes) and not one_node(workload, modes):
                yield from meeting(manifests, workload, pointer, claim)


def one_node(workload: Workload, modes: list[str]) -> bool:
    """Whether all its pods run on one node anyway, which is enough unless the volume is for one pod."""
    if ONE_POD in modes:
        return False
    together = ("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    terms = dig(workload.pod, *together) or []
    pinned = dig(workload.pod, "nodeSelector", HOSTNAME) or workload.pod.get("nodeName")
    return bool(pinned) or any(term.get("topologyKey") == HOSTNAME for term in terms)


def meeting(manifests: Manifests, workload: Workload, pointer: Pointer, claim: Manifest) -> Iterator[Fault]:
    """The faults of a claim that several pods mount at a time."""
    modes = ", ".join(claim.get("spec", "accessModes"))
    also = ((claim, ("spec", "accessModes"), modes),)
    most = max([manifests.floor(workload), *(maximum(each) or 0 for each in manifests.scalers_of(workload))])
    if most > 1:
        yield workload.pod_fault(
            pointer,
            f'{most} pods mount claim "{claim.name}", which is {modes}: those on other nodes never start'
            if ONE_POD not in modes
            else f'{most} pods mount claim "{claim.name}", which is {modes}: all but one never start',
            "run 1 pod, use a ReadWriteMany volume, or a StatefulSet with volumeClaimTemplates",
            also=also,
        )
    elif most == 1 and workload.kind == "Deployment" and is_rolling(workload):
        surge, unavailable = steps(workload, most)
        if surge and not unavailable:
            yield workload.pod_fault(
                pointer,
                f'a rollout starts the new pod while the old one holds claim "{claim.name}", which is {modes}',
                "write strategy: {type: Recreate}",
                also=also,
                severity=Severity.WARNING,
            )
