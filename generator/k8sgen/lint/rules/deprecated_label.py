"""Node labels have their stable names.

The beta names of node labels were deprecated in 1.14 and 1.17. Cloud providers have stopped to set some of
them: a selector for one then finds no node.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      nodeSelector: {beta.kubernetes.io/os: linux}
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
      nodeSelector: {kubernetes.io/os: linux}
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

See: https://kubernetes.io/docs/reference/labels-annotations-taints/#beta-kubernetes-io-arch-deprecated
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Rename, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Edit
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Pointer

SEVERITY = Severity.INFO
CATEGORY = Category.HYGIENE
PROFILE = Profile.STANDARD


STABLE = {
    "beta.kubernetes.io/arch": "kubernetes.io/arch",
    "beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
    "beta.kubernetes.io/os": "kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Beta names in node selectors, spread constraints and affinities."""
    for workload in manifests.workloads():
        for key in workload.pod.get("nodeSelector") or {}:
            if key in STABLE:
                pointer = workload.pod_path("nodeSelector", key)
                yield fault(workload, pointer, key, Rename(pointer, STABLE[key]))
        for pointer, key in topology_keys(workload):
            if key in STABLE:
                yield fault(workload, pointer, key, Set(pointer, STABLE[key]))


def fault(workload: Workload, pointer: Pointer, key: str, edit: Edit) -> Fault:
    """A beta name at a place."""
    return workload.fault(
        pointer,
        f'node label "{key}" is a beta name',
        f"write {STABLE[key]}",
        key=isinstance(edit, Rename),
        edits=(edit,),
    )


def topology_keys(workload: Workload) -> Iterator[tuple[Pointer, str]]:
    """Every topology key of the pod, with its place."""
    for index, constraint in enumerate(workload.pod.get("topologySpreadConstraints") or ()):
        yield (
            workload.pod_path("topologySpreadConstraints", index, "topologyKey"),
            constraint.get("topologyKey", ""),
        )
    for kind in ("podAffinity", "podAntiAffinity"):
        affinity = (workload.pod.get("affinity") or {}).get(kind) or {}
        for field in (
            "requiredDuringSchedulingIgnoredDuringExecution",
            "preferredDuringSchedulingIgnoredDuringExecution",
        ):
            for index, term in enumerate(affinity.get(field) or ()):
                inside = ("podAffinityTerm",) if "podAffinityTerm" in term else ()
                found = term["podAffinityTerm"] if inside else term
                yield (
                    workload.pod_path("affinity", kind, field, index, *inside, "topologyKey"),
                    found.get("topologyKey", ""),
                )
