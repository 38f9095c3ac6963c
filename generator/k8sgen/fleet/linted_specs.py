"""Specs for the linter: rendered in memory, with the way from each value back to the line of the spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.errors import InputError, Place, Problem
from k8sgen.fleet.facts import facts_of_spec
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options, chosen_environments
from k8sgen.lint.run import Group
from k8sgen.manifests import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from k8sgen.manifests import Pointer
    from k8sgen.render.objects import Rendered, RenderedObject


class Specs(NamedTuple):
    """What specs render to, a group for each environment, and what is wrong with specs."""

    groups: list[Group]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class SpecPlaces:
    """The places of a rendered object's values: the fields of the spec that caused them."""

    builder: Builder
    rendered: Rendered
    obj: RenderedObject

    def locate(self, pointer: Pointer, *, key: bool = False) -> Place:  # noqa: ARG002 - a field of the spec stands for both
        """The field of the spec behind a value; of a value that the tool chose, the spec's first line."""
        return self.builder.cause(self.obj, pointer, self.rendered)


def groups_of(specs: Iterable[Path], environment: str, kubernetes_version: str = "") -> Specs:
    """The objects of each spec, in the environment that was asked for; without one, in each that it has."""
    builder = Builder(Options(environment=environment, kubernetes_version=kubernetes_version, comments=False))
    groups: dict[tuple[str, int], list[Manifest]] = {}
    problems: list[Problem] = []
    for path in specs:
        try:
            document = builder.document(SpecFile(path, str(path)))
            environments = (
                chosen_environments(document, environment) if environment else document.environments or ("",)
            )
        except InputError as error:
            problems += error.problems
            continue
        for name in environments:
            try:
                rendered = builder.rendered(document, name)
            except InputError as error:
                problems += (each for each in error.problems if each not in problems)
                continue
            facts = facts_of_spec(rendered.loaded.spec)
            groups.setdefault((name, rendered.cluster.minor), []).extend(
                Manifest(obj.data, str(path), SpecPlaces(builder, rendered, obj), facts)
                for obj in rendered.objects
            )
    return Specs([Group(objects, (minor,), {}) for (_, minor), objects in groups.items()], problems)
