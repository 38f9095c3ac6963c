"""A rollout needs no node more than its pods do.

Pods that must not share a node with their like need one node more than there are pods while a rollout
runs: the old ones stay (`maxUnavailable` is 25% unless given, rounded down, so 0 for up to 3 pods) and
the new one finds no place. The rollout then waits for ever. How many nodes there are is not known here,
so this is worth knowing rather than wrong; declare it with the annotation `k8sgen/nodes`.

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
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: orders}}}
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  strategy: {rollingUpdate: {maxUnavailable: 1}}
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: orders}}}
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

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
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: orders}}}
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

See: https://github.com/kubernetes/kubernetes/issues/116891
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rollouts import HOSTNAME, is_rolling, keeps_apart, pods_in_words, steps
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Rollouts of pods that must each have their own node, where none may be missing."""
    for workload in manifests.workloads("Deployment"):
        pods = manifests.floor(workload)
        if pods < 2 or workload.facts.nodes is not None or not is_rolling(workload):
            continue
        if steps(workload, pods).unavailable:
            continue
        for pointer, key in keeps_apart(workload):
            if key == HOSTNAME:
                yield workload.pod_fault(
                    pointer,
                    f"a rollout of {pods_in_words(pods)} stalls where there are no more than {pods} nodes, as "
                    "maxUnavailable comes to 0 and each pod must have its own node",
                    "write maxUnavailable: 1, or prefer anti-affinity rather than require it",
                )
