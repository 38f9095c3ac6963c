"""What spreads pods selects those pods.

A topology spread constraint counts the pods that its `labelSelector` selects. One that misses the labels of
its own pod template, or has no selector, counts none of them and spreads nothing. For pod anti-affinity,
which may well be about other pods, only a selector is reported that has keys of the template with other
values and selects nothing else in the input.

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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: order}}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

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
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: orders}}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#spread-constraint-definition
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.selectors import Selector
from k8sgen.lint.workload import RUNS_FOR_EVER
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.AVAILABILITY
PROFILE = Profile.MINIMAL

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
HINT = "select the labels of the pod template"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Spread constraints and anti-affinity that miss the pods they are written for."""
    for workload in manifests.workloads(*RUNS_FOR_EVER):
        for index, constraint in enumerate(workload.pod.get("topologySpreadConstraints") or ()):
            place = ("topologySpreadConstraints", index, "labelSelector")
            selector = Selector.of(constraint.get("labelSelector"))
            if selector is None:
                yield workload.pod_fault(place, "no labelSelector: the constraint counts no pods", HINT)
            elif not selector.matches(workload.labels):
                yield workload.pod_fault(
                    place,
                    f"the constraint counts pods with {selector}, which {workload!r}'s own have not",
                    HINT,
                )
        for where, selector in anti_affinity(workload):
            if mistaken(selector, workload) and not manifests.selected(workload.manifest, selector):
                yield workload.pod_fault(
                    where,
                    f"the anti-affinity is about pods with {selector}, which neither {workload!r}'s own "
                    "nor any others in this input have",
                    HINT,
                    severity=Severity.WARNING,
                )


def mistaken(selector: Selector, workload: Workload) -> bool:
    """Whether a selector has keys of the pod template with other values."""
    keys = selector.labels.keys()
    return bool(keys) and keys <= workload.labels.keys() and not selector.matches(workload.labels)


def anti_affinity(workload: Workload) -> Iterator[tuple[Pointer, Selector]]:
    """The selectors of its anti-affinity for pods of its own namespace, with their places."""
    rules = dig(workload.pod, "affinity", "podAntiAffinity")
    if not rules:
        return
    terms: list[tuple[Pointer, dict[str, object]]] = [
        *(((REQUIRED, index), term) for index, term in enumerate(rules.get(REQUIRED) or ())),
        *(
            ((PREFERRED, index, "podAffinityTerm"), term.get("podAffinityTerm") or {})
            for index, term in enumerate(rules.get(PREFERRED) or ())
        ),
    ]
    for steps, term in terms:
        selector = Selector.of(term.get("labelSelector"))
        if selector and "namespaces" not in term and "namespaceSelector" not in term:
            yield ("affinity", "podAntiAffinity", *steps, "labelSelector"), selector
