"""Strict placement leaves room for every pod.

With `minDomains` above the number of zones or nodes there are, the scheduler takes the least filled one as
empty, so that each may hold `maxSkew` pods and no more. Required anti-affinity allows one pod in each. Pods
beyond that stay Pending. How many zones and nodes there are is declared by a spec, or by the annotations
`k8sgen/zones` and `k8sgen/nodes`; without them this rule says nothing.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/zones: "2"}}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          minDomains: 3
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: orders}}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/zones: "2"}}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          minDomains: 2
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: orders}}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.selectors import Selector
from k8sgen.lint.workload import SCALED
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.MINIMAL

ZONE = "topology.kubernetes.io/zone"
HOST = "kubernetes.io/hostname"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Constraints that leave some of the pods without a place."""
    for workload in manifests.workloads(*SCALED):
        domains = {ZONE: workload.facts.zones, HOST: workload.facts.nodes}
        if any(domains.values()):
            yield from too_narrow(workload, manifests.floor(workload), domains)


def too_narrow(workload: Workload, pods: int, domains: dict[str, int | None]) -> Iterator[Fault]:
    """Those of one workload, where so many zones and nodes are declared."""
    for index, constraint in enumerate(workload.pod.get("topologySpreadConstraints") or ()):
        there = domains.get(constraint.get("topologyKey", ""))
        least = constraint.get("minDomains") or 1
        room = (there or 0) * (constraint.get("maxSkew") or 1)
        if constraint.get("whenUnsatisfiable") == "DoNotSchedule" and there and least > there and pods > room:
            yield workload.pod_fault(
                ("topologySpreadConstraints", index, "minDomains"),
                f"minDomains {least} of {there} declared domains leaves room for {room} of {pods} pods",
                f"write minDomains: {there}, or leave it out",
            )
    for index, term in enumerate(dig(workload.pod, "affinity", "podAntiAffinity", REQUIRED) or ()):
        selector = Selector.of(term.get("labelSelector"))
        zones = domains[ZONE] if term.get("topologyKey") == ZONE else None
        if zones and pods > zones and selector and selector.matches(workload.labels):
            yield workload.pod_fault(
                ("affinity", "podAntiAffinity", REQUIRED, index, "topologyKey"),
                f"one pod in each of {zones} declared zones leaves no place for {pods - zones} of {pods} pods",
                "prefer the anti-affinity instead of requiring it, or use topologySpreadConstraints",
            )
