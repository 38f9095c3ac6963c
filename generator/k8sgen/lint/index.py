"""All objects of a run, indexed once, so that a rule about two of them looks the other one up."""

from __future__ import annotations

from collections import Counter
from copy import copy
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.scopes import identity, scopes_of
from k8sgen.lint.selectors import Selector, SelectorIndex
from k8sgen.lint.workload import Workload
from k8sgen.manifests import dig, text
from k8sgen.validate.podspec import POD_SPECS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from k8sgen.lint.scopes import Scope
    from k8sgen.manifests import Manifest

Before = tuple[str, str, str, str, str]
"""What an object is found by in the version before: its file, and its identity."""

SCALERS = {"HorizontalPodAutoscaler": "autoscaling", "ScaledObject": "keda.sh"}
"""Kinds that set the replicas of others, with their API groups."""
ALL_NAMESPACES = "*"
ROUTES = frozenset({"Ingress", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "Route"})
"""Kinds that send requests from outside to Services."""
INGRESS_CLASS = "kubernetes.io/ingress.class"


class IngressPath(NamedTuple):
    """What an Ingress claims of a controller."""

    ingress_class: str
    host: str
    path: str
    path_type: str


class Pods(NamedTuple):
    """What pods some object makes, and where."""

    namespace: str
    labels: dict[str, Any]


class Manifests:
    """What a rule sees: the objects it is to judge, and lookups over all objects of the run.

    Objects are related within their scope (see `scopes`) and namespace. An object that names no
    namespace is related to others that name none.
    """

    def __init__(
        self,
        objects: Sequence[Manifest],
        minor: int,
        previous: Mapping[Before, Manifest] | None = None,
        overlays: Iterable[str] = (),
        first_of_kind: Sequence[Manifest] | None = None,
    ) -> None:
        self.objects: Sequence[Manifest] = objects
        """The objects to judge: all of the run, or one process's share of them."""
        self.every: Sequence[Manifest] = objects
        """All objects of the run."""
        self.minor = minor
        """The Kubernetes minor version that they are for."""
        self.previous: Mapping[Before, Manifest] = previous or {}
        """What changed objects were before, by file and identity, when that was asked for."""
        self._first_of_kind = first_of_kind
        self._chains = scopes_of(objects)
        self._overlays = tuple(PurePath(each) for each in overlays)
        self._by_name: dict[tuple[Scope, str, str, str], Manifest] = {}
        self._anywhere: dict[tuple[str, str], set[str]] = {}
        self._workloads = {id(each): Workload(each) for each in objects if is_workload(each)}
        self._by_label: dict[tuple[Scope, str, str, str], list[Workload]] = {}
        self._in_namespace: dict[tuple[Scope, str], list[Workload]] = {}
        counts: Counter[tuple[str, str]] = Counter()
        native = [each for each in objects if not each.foreign]
        for each in native:
            self._by_name.setdefault((self.scope(each), each.kind, each.namespace, each.name), each)
            self._anywhere.setdefault((each.kind, each.name), set()).add(each.namespace)
        for workload in self._workloads.values():
            key = (self.scope(workload.manifest), workload.namespace)
            self._in_namespace.setdefault(key, []).append(workload)
            for label in workload.labels.items():
                counts[label] += 1
                self._by_label.setdefault((*key, *label), []).append(workload)
        self._counts = counts
        self._services: SelectorIndex[Manifest] = SelectorIndex()
        self._budgets: SelectorIndex[Manifest] = SelectorIndex()
        self._policies: SelectorIndex[Manifest] = SelectorIndex()
        self._owners: SelectorIndex[Workload] = SelectorIndex()
        self._scalers: dict[tuple[Scope, str, str, str], list[Manifest]] = {}
        self._labelled_services: dict[tuple[Scope, str, str, str], list[Manifest]] = {}
        self._pods: dict[tuple[str, str], list[Pods]] = {}
        self._present: set[tuple[Scope, str, str]] = set()
        self._paths: dict[tuple[Scope, str, IngressPath], list[Manifest]] = {}
        self._routed: set[tuple[str, str]] = set()
        for each in native:
            self._file_selector(each)
            self._file_target(each)

    def _file_selector(self, each: Manifest) -> None:
        scope, namespace = self.scope(each), each.namespace
        if each.kind == "Service" and (labels := each.map("spec", "selector")):
            self._services.add(scope, namespace, Selector(labels), each, self._counts)
        elif each.kind == "PodDisruptionBudget" and (selector := Selector.of(each.get("spec", "selector"))):
            self._budgets.add(scope, namespace, selector, each, self._counts)
        elif each.kind == "NetworkPolicy" and each.group == "networking.k8s.io":
            selector = Selector.of(each.get("spec", "podSelector")) or Selector({})
            self._policies.add(scope, namespace, selector, each, self._counts)
        elif is_scaler(each):
            target = each.map("spec", "scaleTargetRef")
            kind = text(target.get("kind")) or "Deployment"
            self._scalers.setdefault((scope, kind, namespace, text(target.get("name"))), []).append(each)
        workload = self._workloads.get(id(each))
        if workload and (selector := Selector.of(workload.spec.get("selector"))) and not selector.empty:
            self._owners.add(scope, namespace, selector, workload, self._counts)

    def _file_target(self, each: Manifest) -> None:
        """File an object under what others ask for."""
        scope, namespace = self.scope(each), each.namespace
        self._present.add((scope, namespace, each.kind))
        if each.kind == "Service" and not each.group:
            for label in each.map("metadata", "labels").items():
                for inside in (namespace, ALL_NAMESPACES):
                    self._labelled_services.setdefault((scope, inside, *label), []).append(each)
        elif each.kind in ROUTES:
            self._routed |= {(namespace, name) for name in routed_services(each)}
        if is_ingress(each):
            for path in ingress_paths(each):
                self._paths.setdefault((scope, namespace, path), []).append(each)
        workload = self._workloads.get(id(each))
        labels = workload.labels if workload else dig(each.data, "spec", "template", "metadata", "labels")
        for label in labels.items() if isinstance(labels, dict) else ():
            if isinstance(label[1], str):
                self._pods.setdefault(label, []).append(Pods(namespace, labels))

    def share(self, objects: Sequence[Manifest]) -> Manifests:
        """The same lookups, with only these objects to judge."""
        part = copy(self)
        part.objects = objects
        for cached in ("_by_kind", "_judged"):
            part.__dict__.pop(cached, None)
        return part

    def scope(self, manifest: Manifest) -> Scope:
        """The scope that an object belongs to."""
        return self._chains[manifest.file][0]

    def seen_by(self, manifest: Manifest) -> tuple[Scope, ...]:
        """The scopes whose objects an object is related to, its own first."""
        return self._chains[manifest.file]

    def of_kind(self, *kinds: str) -> Iterator[Manifest]:
        """The objects to judge of some kinds."""
        for kind in kinds:
            yield from self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, list[Manifest]]:
        found: dict[str, list[Manifest]] = {}
        for each in self.objects:
            if not each.foreign:
                found.setdefault(each.kind, []).append(each)
        return found

    @cached_property
    def first_of_kind(self) -> Sequence[Manifest]:
        """The objects to judge that are the first of their API version and kind in the run."""
        if self._first_of_kind is not None:
            return self._first_of_kind
        firsts: dict[tuple[str, str], Manifest] = {}
        for each in self.every:
            firsts.setdefault((each.api_version, each.kind), each)
        return list(firsts.values())

    def first_of_identity(self, manifest: Manifest) -> Manifest:
        """The first object of the run that a cluster would not tell from this one: itself, unless it is there twice."""
        return self._identities[self.scope(manifest), *identity(manifest)]

    @cached_property
    def _identities(self) -> dict[tuple[Scope, str, str, str, str], Manifest]:
        found: dict[tuple[Scope, str, str, str, str], Manifest] = {}
        for each in self.every:
            found.setdefault((self.scope(each), *identity(each)), each)
        return found

    def services(self) -> Iterator[Manifest]:
        """The Services to judge; not those of Knative, which share only the name."""
        return (each for each in self.objects if each.kind == "Service" and not (each.group or each.foreign))

    def workloads(self, *kinds: str) -> Iterator[Workload]:
        """What makes pods, among the objects to judge; of some kinds only, when they are named."""
        return (each for each in self._judged if not kinds or each.kind in kinds)

    @cached_property
    def _judged(self) -> list[Workload]:
        return [self._workloads[id(each)] for each in self.objects if id(each) in self._workloads]

    def workload(self, manifest: Manifest) -> Workload | None:
        """The view of an object as a workload, when it is one."""
        return self._workloads.get(id(manifest))

    def find(self, near: Manifest, kind: str, name: str, namespace: str | None = None) -> Manifest | None:
        """The object of a name that `near` sees; in its own namespace unless another is named."""
        inside = near.namespace if namespace is None else namespace
        for scope in self.seen_by(near):
            if found := self._by_name.get((scope, kind, inside, name)):
                return found
        return None

    def is_anywhere(self, kind: str, name: str, namespace: str) -> bool:
        """Whether the run has such an object, in whichever scope; where one names no namespace, in any."""
        there = self._anywhere.get((kind, name), ())
        return bool(there) and (not namespace or namespace in there or "" in there)

    def selected(self, near: Manifest, selector: Selector, namespace: str | None = None) -> list[Workload]:
        """The workloads whose pods a selector selects, of the scopes that `near` sees."""
        inside = near.namespace if namespace is None else namespace
        return [found for scope in self.seen_by(near) for found in self._selected_in(scope, inside, selector)]

    def _selected_in(self, scope: Scope, namespace: str, selector: Selector) -> list[Workload]:
        if selector.labels:
            candidates = min(
                (
                    self._by_label.get((scope, namespace, key, value), [])
                    for key, value in selector.labels.items()
                ),
                key=len,
            )
        else:
            candidates = self._in_namespace.get((scope, namespace), [])
        return [each for each in candidates if selector.matches(each.labels)]

    def selected_by_service(self, service: Manifest) -> list[Workload]:
        """The workloads whose pods a Service sends requests to."""
        labels = service.map("spec", "selector")
        return self.selected(service, Selector(labels)) if labels else []

    def services_of(self, workload: Workload) -> list[Manifest]:
        """The Services that send requests to its pods."""
        return self._selecting(self._services, workload)

    def budgets_of(self, workload: Workload) -> list[Manifest]:
        """The PodDisruptionBudgets that cover its pods."""
        return self._selecting(self._budgets, workload)

    def policies_of(self, workload: Workload) -> list[Manifest]:
        """The NetworkPolicies that apply to its pods."""
        return self._selecting(self._policies, workload)

    def owners_of(self, workload: Workload) -> list[Workload]:
        """The workloads, itself included, whose selectors select its pods."""
        return self._selecting(self._owners, workload)

    def _selecting(self, index: SelectorIndex[Any], workload: Workload) -> list[Any]:
        return [
            owner
            for scope in self.seen_by(workload.manifest)
            for owner in index.selecting(scope, workload.namespace, workload.labels)
        ]

    def policies_for(self, near: Manifest, labels: Mapping[str, Any]) -> list[Manifest]:
        """The NetworkPolicies of `near`'s namespace that apply to pods with these labels."""
        return [
            policy
            for scope in self.seen_by(near)
            for policy in self._policies.selecting(scope, near.namespace, labels)
        ]

    def labelled_services(
        self, near: Manifest, selector: Selector, namespace: str | None = None
    ) -> list[Manifest]:
        """The Services that carry labels of their own; with ALL_NAMESPACES those of any namespace.

        A selector without plain labels finds nothing: what it asks for would cost a look at every Service.
        """
        inside = near.namespace if namespace is None else namespace
        if not selector.labels:
            return []
        found: list[Manifest] = []
        for scope in self.seen_by(near):
            candidates = min(
                (
                    self._labelled_services.get((scope, inside, *label), [])
                    for label in selector.labels.items()
                ),
                key=len,
            )
            found += [each for each in candidates if selector.matches(each.map("metadata", "labels"))]
        return found

    def has(self, near: Manifest, *kinds: str, namespace: str | None = None) -> bool:
        """Whether `near` sees any object of these kinds, in its own namespace unless another is named."""
        inside = near.namespace if namespace is None else namespace
        return any((scope, inside, kind) in self._present for scope in self.seen_by(near) for kind in kinds)

    def selects_anywhere(self, near: Manifest, selector: Selector) -> bool:
        """Whether a selector may select pods of anything in the run: to be asked before saying that it selects nothing.

        In whichever scope; in any namespace where one of the two names none; also pods of kinds that are
        not Kubernetes' own, such as an Argo Rollout; and whatever labels controllers add to pods.
        """
        written = selector.written
        candidates = min((self._pods.get(label, []) for label in written.labels.items()), key=len, default=[])
        return any(
            (pod.namespace == near.namespace or not pod.namespace or not near.namespace)
            and written.matches(pod.labels)
            for pod in candidates
        )

    def is_exposed(self, service: Manifest) -> bool:
        """Whether requests reach a Service from outside the cluster: by its type, or by an Ingress or route."""
        kind = service.get("spec", "type")
        return kind in {"LoadBalancer", "NodePort"} or (service.namespace, service.name) in self._routed

    def ingresses_at(self, near: Manifest, path: IngressPath) -> list[Manifest]:
        """The Ingresses of `near`'s namespace that claim a path."""
        return [
            found
            for scope in self.seen_by(near)
            for found in self._paths.get((scope, near.namespace, path), ())
        ]

    def scalers_of(self, workload: Workload) -> list[Manifest]:
        """The HorizontalPodAutoscalers and KEDA ScaledObjects that scale it.

        One of a kustomize overlay is none of the workload in its base: the overlay may change that, too.
        """
        found = self._scalers_at(workload.manifest, workload.kind, workload.name)
        if not found or not self._overlays:
            return found
        return [each for each in found if not self._is_laid_over(each, workload.manifest)]

    def rivals(self, scaler: Manifest) -> list[Manifest]:
        """All that scale what an autoscaler scales, itself included."""
        target = scaler.map("spec", "scaleTargetRef")
        return self._scalers_at(scaler, text(target.get("kind")) or "Deployment", text(target.get("name")))

    def _scalers_at(self, near: Manifest, kind: str, name: str) -> list[Manifest]:
        return [
            scaler
            for scope in self.seen_by(near)
            for scaler in self._scalers.get((scope, kind, near.namespace, name), ())
        ]

    def _is_laid_over(self, upper: Manifest, lower: Manifest) -> bool:
        """Whether an object lies in a kustomize overlay and another one outside of it."""
        above, below = PurePath(upper.file).parents, PurePath(lower.file).parents
        return any(each in above and each not in below for each in self._overlays)

    def scaled_by(self, scaler: Manifest) -> Workload | None:
        """The workload that an autoscaler scales, when it is in the run."""
        target = scaler.map("spec", "scaleTargetRef")
        kind = text(target.get("kind")) or "Deployment"
        found = self.find(scaler, kind, text(target.get("name")))
        return self.workload(found) if found else None

    def floor(self, workload: Workload) -> int:
        """The fewest pods it runs with when all is well: an autoscaler's minimum, else its replicas."""
        scalers = self.scalers_of(workload)
        if not scalers:
            return workload.replicas
        return min(minimum(scaler) for scaler in scalers)


def minimum(scaler: Manifest) -> int:
    """The fewest replicas that an autoscaler sets: 1 for a HorizontalPodAutoscaler, 0 for KEDA, unless given."""
    keda = scaler.kind == "ScaledObject"
    said = dig(scaler.data, "spec", "minReplicaCount" if keda else "minReplicas")
    return said if isinstance(said, int) else 0 if keda else 1


def maximum(scaler: Manifest) -> int | None:
    """The most replicas that an autoscaler sets; KEDA's default is 100."""
    keda = scaler.kind == "ScaledObject"
    said = dig(scaler.data, "spec", "maxReplicaCount" if keda else "maxReplicas")
    return said if isinstance(said, int) else 100 if keda else None


def is_workload(manifest: Manifest) -> bool:
    """Whether an object makes pods."""
    return manifest.kind in POD_SPECS and not manifest.foreign


def is_scaler(manifest: Manifest) -> bool:
    """Whether an object sets the replicas of others."""
    return SCALERS.get(manifest.kind) == manifest.group


def is_ingress(manifest: Manifest) -> bool:
    """Whether an object is an Ingress of Kubernetes, old or new."""
    return manifest.kind == "Ingress" and manifest.group in {"networking.k8s.io", "extensions"}


def routed_services(route: Manifest) -> Iterator[str]:
    """The names of the Services that an Ingress or a route sends requests to."""
    for backend in (
        route.get("spec", "defaultBackend"),
        route.get("spec", "backend"),
        route.get("spec", "to"),
    ):
        yield text(dig(backend, "service", "name") or dig(backend, "serviceName") or dig(backend, "name"))
    rules = route.get("spec", "rules")
    for rule in rules if isinstance(rules, list) else ():
        for path in as_list(dig(rule, "http", "paths")):
            backend = dig(path, "backend")
            yield text(dig(backend, "service", "name") or dig(backend, "serviceName"))
        for backend in as_list(dig(rule, "backendRefs")):
            yield text(dig(backend, "name"))


def as_list(value: Any) -> list[Any]:
    """The value when it is a list, else none."""
    return value if isinstance(value, list) else []


def ingress_class(ingress: Manifest) -> str:
    """The class that an Ingress names, by its field or by the old annotation."""
    return text(ingress.get("spec", "ingressClassName")) or text(
        ingress.get("metadata", "annotations", INGRESS_CLASS)
    )


def ingress_paths(ingress: Manifest) -> Iterator[IngressPath]:
    """What the rules of an Ingress claim."""
    chosen = ingress_class(ingress)
    for rule in ingress.get("spec", "rules") or ():
        for path in dig(rule, "http", "paths") or ():
            yield IngressPath(
                chosen, text(dig(rule, "host")), text(dig(path, "path")) or "/", text(dig(path, "pathType"))
            )
