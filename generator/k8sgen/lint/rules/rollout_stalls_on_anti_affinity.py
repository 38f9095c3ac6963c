"""A rollout finds a node for its additional pod.

Pods that must not share a node with their like need one node more than there are pods while a rollout
runs: the old ones stay (`maxUnavailable` is 25% unless given, rounded down, so 0 for up to 3 pods) and
the new one finds no place. The rollout then waits for ever. How many nodes there are for it is declared:
by the spec, or by the annotation `k8sgen/nodes` (`k8sgen/zones` for zones).

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/nodes: "3"}
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
  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/nodes: "3"}
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: orders}}}
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]

See: https://github.com/kubernetes/kubernetes/issues/116891
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rollouts import HOSTNAME, ZONE, is_rolling, keeps_apart, pods_in_words, steps
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Rollouts that need more nodes or zones than there are declared to be."""
    for workload in manifests.workloads("Deployment"):
        pods = manifests.floor(workload)
        if pods < 1 or not is_rolling(workload) or steps(workload, pods).unavailable:
            continue
        places = {HOSTNAME: (workload.facts.nodes, "nodes"), ZONE: (workload.facts.zones, "zones")}
        for pointer, key in keeps_apart(workload):
            number, word = places.get(key, (None, ""))
            if number is not None and pods >= number:
                yield workload.pod_fault(
                    pointer,
                    f"a rollout of {pods_in_words(pods)} needs {pods + 1} {word}, as maxUnavailable comes to 0 and each "
                    f"pod must have its own; there are {number}",
                    "write maxUnavailable: 1, or prefer anti-affinity rather than require it",
                )
