"""The objects that rules are to judge, in the groups that rules ask for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from k8sgen.lint.ingresses import is_ingress
from k8sgen.lint.policies import is_policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest


class Subjects:
    """All objects of a run, or one process's share of them; each group is made when it is asked for."""

    def __init__(self, objects: Sequence[Manifest], workloads: Mapping[Manifest, Workload]) -> None:
        self.objects = objects
        self._views = workloads
        self._workloads: dict[tuple[str, ...], list[Workload]] = {}
        self._kinds: dict[tuple[str, ...], list[Manifest]] = {}

    @cached_property
    def refused(self) -> list[Manifest]:
        """Those in which Kubernetes refuses or drops something."""
        return [each for each in self.objects if each.refusals]

    def workloads(self, kinds: tuple[str, ...]) -> list[Workload]:
        """Those that make pods; of these kinds, when there are any."""
        found = self._workloads.get(kinds)
        if found is None:
            if kinds:
                found = [each for each in self.workloads(()) if each.kind in kinds]
            else:
                found = [self._views[each] for each in self.objects if each in self._views]
            self._workloads[kinds] = found
        return found

    def of_kind(self, kinds: tuple[str, ...]) -> list[Manifest]:
        """Those of these kinds, one kind after the other; none that only share the name of a kind of Kubernetes."""
        found = self._kinds.get(kinds)
        if found is None:
            found = self._kinds[kinds] = [each for kind in kinds for each in self._by_kind.get(kind, ())]
        return found

    @cached_property
    def _by_kind(self) -> dict[str, list[Manifest]]:
        found: dict[str, list[Manifest]] = {}
        for each in self.objects:
            if not each.foreign:
                found.setdefault(each.kind, []).append(each)
        return found

    @cached_property
    def services(self) -> list[Manifest]:
        """The Services; not those of Knative, which share only the name."""
        return [each for each in self.of_kind(("Service",)) if not each.group]

    @cached_property
    def ingresses(self) -> list[Manifest]:
        """The Ingresses of Kubernetes."""
        return list(filter(is_ingress, self.of_kind(("Ingress",))))

    @cached_property
    def policies(self) -> list[Manifest]:
        """The NetworkPolicies, of the version that is served today."""
        return list(filter(is_policy, self.of_kind(("NetworkPolicy",))))
