"""All objects of a run, indexed once, so that a rule about two of them looks the other one up."""

from __future__ import annotations

from collections import Counter, defaultdict
from copy import copy
from functools import cached_property, wraps
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from k8sgen.lint.ingresses import ROUTES, ingress_paths, is_ingress, routed_services
from k8sgen.lint.policies import is_policy
from k8sgen.lint.scaling import Target, is_scaler, metrics_of, minimum, target_of
from k8sgen.lint.scopes import by_identity, scopes_of
from k8sgen.lint.selectors import Selector, SelectorIndex
from k8sgen.lint.subjects import Subjects
from k8sgen.lint.workload import Workload
from k8sgen.validate.podspec import POD_SPECS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from k8sgen.lint.ingresses import IngressPath
    from k8sgen.lint.scaling import Metric
    from k8sgen.lint.scopes import Scope
    from k8sgen.manifests import Manifest

Before = tuple[str, str, str, str, str]
"""What an object is found by in the version before: its file, and its identity."""

ALL_NAMESPACES = "*"
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Pods(NamedTuple):
    """What pods some object makes, and where."""

    namespace: str
    labels: dict[str, Any]


def remembered(question: Callable[[Manifests, Asked], Answer]) -> Callable[[Manifests, Asked], Answer]:
    """A question about one object of the run that many rules ask: it is answered once."""
    name = question.__name__

    @wraps(question)
    def answer(manifests: Manifests, about: Asked) -> Answer:
        answers = manifests.answers[name]
        if about not in answers:
            answers[about] = question(manifests, about)
        known: Answer = answers[about]
        return known

    return answer


class Manifests:
    """What a rule sees: the objects it is to judge, and lookups over all objects of the run.

    Objects are related within their scope (see `scopes`) and namespace. An object that names no
    namespace is related to others that name none. What is found is for reading only: others get it, too.
    """

    def __init__(
        self,
        objects: Sequence[Manifest],
        minor: int,
        previous: Mapping[Before, Manifest] | None = None,
        overlays: Iterable[str] = (),
        first_of_kind: Sequence[Manifest] | None = None,
    ) -> None:
        self.every: Sequence[Manifest] = objects
        """All objects of the run."""
        self.minor = minor
        """The Kubernetes minor version that they are for."""
        self.previous: Mapping[Before, Manifest] = previous or {}
        """What changed objects were before, by file and identity, when that was asked for."""
        self._first_of_kind = first_of_kind
        """Known from elsewhere, where the objects here are not all of the run."""
        self.answers: defaultdict[str, dict[object, Any]] = defaultdict(dict)
        """What is remembered of objects of the run, whichever are judged, by question."""
        self._by_identity = by_identity(objects)
        self._chains = scopes_of(self._by_identity)
        self._overlays = tuple(PurePath(each) for each in overlays)
        self._native: dict[str, list[Manifest]] = {}
        """By kind, without those that only share the name of a kind of Kubernetes."""
        self._workloads: dict[Manifest, Workload] = {}
        self._scalers: dict[tuple[Scope, str, Target], list[Manifest]] = {}
        for each in objects:
            if not each.foreign:
                self._native.setdefault(each.kind, []).append(each)
                if each.kind in POD_SPECS:
                    self._workloads[each] = Workload(each)
                elif is_scaler(each):
                    key = (self.scope(each), each.namespace, self.target_of(each))
                    self._scalers.setdefault(key, []).append(each)
        self._subjects = Subjects(objects, self._workloads)
        self._in_namespace: dict[tuple[Scope, str], list[Workload]] = {}
        self._by_label: dict[tuple[Scope, str, str, str], list[Workload]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        """How many workloads give their pods a label."""
        for workload in self._workloads.values():
            home = (self.scope(workload.manifest), workload.namespace)
            self._in_namespace.setdefault(home, []).append(workload)
            for label in workload.labels.items():
                self._counts[label] += 1
                self._by_label.setdefault((*home, *label), []).append(workload)
        self._services = self._by_selector(self._native.get("Service", ()))
        self._budgets = self._by_selector(self._native.get("PodDisruptionBudget", ()))
        self._policies = self._by_selector(filter(is_policy, self._native.get("NetworkPolicy", ())))

    def _by_selector(self, objects: Iterable[Manifest]) -> SelectorIndex[Manifest]:
        found: SelectorIndex[Manifest] = SelectorIndex()
        for each in objects:
            if selector := self.selector_of(each):
                found.add(self.scope(each), each.namespace, selector, each, self._counts)
        return found

    @cached_property
    def _owners(self) -> SelectorIndex[Workload]:
        found: SelectorIndex[Workload] = SelectorIndex()
        for each in self._workloads.values():
            if (selector := Selector.of(each.spec.get("selector"))) and not selector.empty:
                found.add(self.scope(each.manifest), each.namespace, selector, each, self._counts)
        return found

    @cached_property
    def _labelled_services(self) -> dict[tuple[Scope, str, str, str], list[Manifest]]:
        found: dict[tuple[Scope, str, str, str], list[Manifest]] = {}
        for each in self._native.get("Service", ()):
            for label in () if each.group else each.map("metadata", "labels").items():
                for inside in (each.namespace, ALL_NAMESPACES):
                    found.setdefault((self.scope(each), inside, *label), []).append(each)
        return found

    @cached_property
    def _pods(self) -> dict[tuple[str, str], list[Pods]]:
        found: dict[tuple[str, str], list[Pods]] = {}
        for each in chain.from_iterable(self._native.values()):
            workload = self.workload(each)
            labels = workload.labels if workload else each.map("spec", "template", "metadata", "labels")
            for label in labels.items():
                if isinstance(label[1], str):
                    found.setdefault(label, []).append(Pods(each.namespace, labels))
        return found

    @cached_property
    def _routed(self) -> set[tuple[str, str]]:
        routes = chain.from_iterable(self._native.get(kind, ()) for kind in ROUTES)
        return {(each.namespace, name) for each in routes for name in routed_services(each)}

    @cached_property
    def _paths(self) -> dict[tuple[Scope, str, IngressPath], list[Manifest]]:
        found: dict[tuple[Scope, str, IngressPath], list[Manifest]] = {}
        for each in filter(is_ingress, self._native.get("Ingress", ())):
            for path in self.paths_of(each):
                found.setdefault((self.scope(each), each.namespace, path), []).append(each)
        return found

    @property
    def objects(self) -> Sequence[Manifest]:
        """The objects to judge: all of the run, or one process's share of them."""
        return self._subjects.objects

    def share(self, objects: Sequence[Manifest]) -> Manifests:
        """The same lookups, with only these objects to judge."""
        part = copy(self)
        part._subjects = Subjects(objects, self._workloads)  # noqa: SLF001 - a copy of this one
        return part

    def refused(self) -> list[Manifest]:
        """The objects to judge in which Kubernetes refuses or drops something."""
        return self._subjects.refused

    def of_kind(self, *kinds: str) -> list[Manifest]:
        """The objects to judge of some kinds."""
        return self._subjects.of_kind(kinds)

    def services(self) -> list[Manifest]:
        """The Services to judge; not those of Knative, which share only the name."""
        return self._subjects.services

    def ingresses(self) -> list[Manifest]:
        """The Ingresses of Kubernetes to judge, old or new."""
        return self._subjects.ingresses

    def policies(self) -> list[Manifest]:
        """The NetworkPolicies to judge, of the version that is served today."""
        return self._subjects.policies

    def workloads(self, *kinds: str) -> list[Workload]:
        """What makes pods, among the objects to judge; of some kinds only, when they are named."""
        return self._subjects.workloads(kinds)

    def workload(self, manifest: Manifest) -> Workload | None:
        """The view of an object as a workload, when it is one."""
        return self._workloads.get(manifest)

    @property
    def first_of_kind(self) -> Sequence[Manifest]:
        """The objects to judge that are the first of their API version and kind in the run."""
        if self._first_of_kind is not None:
            return self._first_of_kind
        firsts: dict[tuple[str, str], Manifest] = {}
        for each in self.every:
            firsts.setdefault((each.api_version, each.kind), each)
        judged = set(self.objects)
        return [each for each in firsts.values() if each in judged]

    def doubles(self) -> Iterator[tuple[Manifest, Manifest]]:
        """The objects to judge of which their scope has another one before them, each with the first."""
        several = [those for those in self._by_identity.values() if len(those) > 1]
        judged = set(self.objects) if several else set()
        for those in several:
            first: dict[Scope, Manifest] = {}
            for each in those:
                if first.setdefault(self.scope(each), each) is not each and each in judged:
                    yield each, first[self.scope(each)]

    def scope(self, manifest: Manifest) -> Scope:
        """The scope that an object belongs to."""
        return self._chains[manifest.file][0]

    def seen_by(self, manifest: Manifest) -> tuple[Scope, ...]:
        """The scopes whose objects an object is related to, its own first."""
        return self._chains[manifest.file]

    @remembered
    def _named(self, kind: str) -> dict[tuple[Scope, str, str], Manifest]:
        found: dict[tuple[Scope, str, str], Manifest] = {}
        for each in self._native.get(kind, ()):
            found.setdefault((self.scope(each), each.namespace, each.name), each)
        return found

    @remembered
    def _homes(self, kind: str) -> set[tuple[Scope, str]]:
        return {(self.scope(each), each.namespace) for each in self._native.get(kind, ())}

    @remembered
    def _anywhere(self, kind: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for each in self._native.get(kind, ()):
            found.setdefault(each.name, set()).add(each.namespace)
        return found

    def find(self, near: Manifest, kind: str, name: str, namespace: str | None = None) -> Manifest | None:
        """The object of a name that `near` sees; in its own namespace unless another is named."""
        inside = near.namespace if namespace is None else namespace
        named = self._named(kind)
        for scope in self.seen_by(near):
            if found := named.get((scope, inside, name)):
                return found
        return None

    def is_anywhere(self, kind: str, name: str, namespace: str) -> bool:
        """Whether the run has such an object, in whichever scope; where one names no namespace, in any."""
        there = self._anywhere(kind).get(name, ())
        return bool(there) and (not namespace or namespace in there or "" in there)

    def has(self, near: Manifest, *kinds: str) -> bool:
        """Whether `near` sees any object of these kinds in its own namespace."""
        scopes = self.seen_by(near)
        return any(
            (scope, near.namespace) in homes
            for kind in kinds
            if (homes := self._homes(kind))
            for scope in scopes
        )

    @remembered
    def selector_of(self, manifest: Manifest) -> Selector | None:
        """What a Service, budget, policy or monitor selects; None when that is nothing."""
        if manifest.kind == "Service":
            labels = manifest.map("spec", "selector")
            return Selector(labels) if labels else None
        if manifest.kind == "NetworkPolicy":
            return Selector.of(manifest.get("spec", "podSelector")) or Selector({})
        return Selector.of(manifest.get("spec", "selector"))

    @remembered
    def selected_by(self, manifest: Manifest) -> list[Workload]:
        """The workloads whose pods a Service, budget or policy selects."""
        selector = self.selector_of(manifest)
        return self.selected(manifest, selector) if selector else []

    def selected(self, near: Manifest, selector: Selector, namespace: str | None = None) -> list[Workload]:
        """The workloads whose pods a selector selects, of the scopes that `near` sees."""
        inside = near.namespace if namespace is None else namespace
        return [found for scope in self.seen_by(near) for found in self._selected_in(scope, inside, selector)]

    def _selected_in(self, scope: Scope, namespace: str, selector: Selector) -> list[Workload]:
        if selector.labels:
            candidates = min(
                [self._by_label.get((scope, namespace, *label), []) for label in selector.labels.items()],
                key=len,
            )
        else:
            candidates = self._in_namespace.get((scope, namespace), [])
        return [each for each in candidates if selector.matches(each.labels)]

    @remembered
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

    @remembered
    def paths_of(self, ingress: Manifest) -> list[IngressPath]:
        """What the rules of an Ingress claim."""
        return list(ingress_paths(ingress))

    def ingresses_at(self, near: Manifest, path: IngressPath) -> list[Manifest]:
        """The Ingresses of `near`'s namespace that claim a path."""
        return [
            found
            for scope in self.seen_by(near)
            for found in self._paths.get((scope, near.namespace, path), ())
        ]

    @remembered
    def scalers_of(self, workload: Workload) -> list[Manifest]:
        """The HorizontalPodAutoscalers and KEDA ScaledObjects that scale it.

        One of a kustomize overlay is none of the workload in its base: the overlay may change that, too.
        """
        found = self._scalers_at(workload.manifest, Target(workload.kind, workload.name))
        if not found or not self._overlays:
            return found
        return [each for each in found if not self._is_laid_over(each, workload.manifest)]

    @remembered
    def target_of(self, scaler: Manifest) -> Target:
        """What an autoscaler scales."""
        return target_of(scaler)

    def rivals(self, scaler: Manifest) -> list[Manifest]:
        """All that scale what an autoscaler scales, itself included."""
        return self._scalers_at(scaler, self.target_of(scaler))

    def _scalers_at(self, near: Manifest, target: Target) -> list[Manifest]:
        return [
            scaler
            for scope in self.seen_by(near)
            for scaler in self._scalers.get((scope, near.namespace, target), ())
        ]

    def _is_laid_over(self, upper: Manifest, lower: Manifest) -> bool:
        """Whether an object lies in a kustomize overlay and another one outside of it."""
        above, below = PurePath(upper.file).parents, PurePath(lower.file).parents
        return any(each in above and each not in below for each in self._overlays)

    @remembered
    def scaled_by(self, scaler: Manifest) -> Workload | None:
        """The workload that an autoscaler scales, when it is in the run."""
        found = self.find(scaler, *self.target_of(scaler))
        return self.workload(found) if found else None

    @remembered
    def metrics_of(self, scaler: Manifest) -> list[Metric]:
        """The metrics of resources that an autoscaler goes by."""
        return list(metrics_of(scaler))

    @remembered
    def floor(self, workload: Workload) -> int:
        """The fewest pods it runs with when all is well: an autoscaler's minimum, else its replicas."""
        scalers = self.scalers_of(workload)
        if not scalers:
            return workload.replicas
        return min(minimum(scaler) for scaler in scalers)
