"""From files and options to one spec: find, read, expand, merge, check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from k8sgen.errors import InputError, Place, Problem, SpecError
from k8sgen.spec.branches import check_branches
from k8sgen.spec.expand import expand
from k8sgen.spec.from_file import read_files
from k8sgen.spec.merge import merge_layers
from k8sgen.spec.model import with_keys
from k8sgen.spec.options import option_layer
from k8sgen.spec.problems import mark_at, problems_of, quoted
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings_file import LoadedSettings, check_environments, load_settings
from k8sgen.spec.unknown import CLOSE, nearest
from k8sgen.yamltext.read import Map, Mark, Source, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Document",
    "LoadedSettings",
    "LoadedSpec",
    "Source",
    "load_document",
    "load_settings",
    "load_spec",
]


@dataclass(frozen=True)
class Document:
    """One service.yaml as read, before an environment is chosen."""

    source: Source
    values: Map
    settings: LoadedSettings

    @property
    def name(self) -> str:
        """The service's name, or nothing when the file does not give a usable one."""
        name = self.values.get("name")
        return name if isinstance(name, str) else ""

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The environments of the spec and of k8sgen.yaml, in code-point order."""
        mine = self.values.get("environments")
        return tuple(sorted({*self.settings.environments, *(mine if isinstance(mine, Map) else ())}))


@dataclass(frozen=True)
class LoadedSpec:
    """A spec with every layer merged: `values` as given, in long form and with places; `spec` with defaults."""

    spec: Spec
    values: Map
    source: Source
    environment: str = ""
    kubernetes_minor: int = 35
    layers: tuple[tuple[str, Map], ...] = ()

    @property
    def start(self) -> Place:
        """Where to point when nothing in the file is the cause."""
        return Place(self.source.file, 1, 1)

    def mark(self, path: tuple[str | int, ...]) -> Mark | None:
        """Where a value was set: in a file or an option, or None when it is a default."""
        here: Any = self.values
        for key in path[:-1]:
            here = here.get(key) if isinstance(here, dict) else None
        if isinstance(here, Map) and path and path[-1] in here:
            return here.marks.get(str(path[-1])) or mark_at(self.values, path)
        return None

    def place(self, path: tuple[str | int, ...]) -> Place:
        """The place to name in a message about a path: its own, or that of the nearest part above."""
        mark = mark_at(self.values, path)
        return mark.place() if mark else self.start


def load_document(text: bytes, source: Source, settings: LoadedSettings) -> Document:
    """Read one service.yaml. Raises YamlError."""
    return Document(source, read_document(text, source), settings)


def load_spec(
    document: Document, environment: str = "", options: Sequence[str] = (), kubernetes_version: str = ""
) -> LoadedSpec:
    """The spec of one service in one environment. Raises SpecError with everything that is wrong."""
    check_format(document)
    named = document.environments
    if environment and environment not in named:
        raise SpecError(unknown_environment(document, environment, named))
    problems: list[Problem] = []
    layers = [
        (label, long_form(layer, problems))
        for label, layer in raw_layers(document, environment, options, problems)
    ]
    values = merge_layers([layer for _, layer in layers])
    minor = document.settings.kubernetes_minor(environment, kubernetes_version)
    spec = check_values(values, Place(document.source.file, 1, 1), problems)
    return LoadedSpec(spec, values, document.source, environment, minor, tuple(layers))


def check_values(values: Map, start: Place, problems: list[Problem]) -> Spec:
    """The model of merged values. Raises SpecError with everything that is wrong, `problems` included."""
    problems += check_branches(values, Spec, start)
    problems += check_patches(values)
    try:
        spec = Spec.model_validate(values)
    except ValidationError as error:
        problems += problems_of(error, values, Spec, start)
        raise SpecError(*sorted(problems, key=reading_order)) from error
    if problems:
        raise SpecError(*sorted(problems, key=reading_order))
    return spec


def reading_order(problem: Problem) -> tuple[bool, str, int, int]:
    """File by file, from the top down, and what has no lines last."""
    place = problem.place or Place("", 0, 0)
    return (not place.line, place.file, place.line, place.column)


def check_patches(values: Map) -> Iterator[Problem]:
    """A patch is a map or a list; whether it fits is seen when it is applied."""
    patches = values.get("patches")
    if not isinstance(patches, Map):
        return
    for name, patch in patches.items():
        if not isinstance(patch, (dict, list)):
            yield Problem(
                f"patches.{name} ({quoted(patch)}) is no patch",
                patches.marks[name].place(),
                "write a JSON Merge Patch as a map, or a JSON Patch as a list",
            )


def raw_layers(
    document: Document, environment: str, options: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, Map]]:
    """Every layer as written, lowest first, with the name by which `explain` calls it."""
    yield from document.settings.layers(environment)
    values = document.values
    yield document.source.file, with_keys(values, {}, "environments")
    problems += check_environments(values)
    environments = values.get("environments")
    partial = environments.get(environment) if environment and isinstance(environments, Map) else None
    if isinstance(partial, Map):
        yield f"environment {environment} of {document.source.file}", partial
    for option in options:
        try:
            yield "--set", option_layer(option)
        except InputError as error:
            problems.extend(error.problems)


def long_form(layer: Map, problems: list[Problem]) -> Map:
    """A layer with its files read and its short forms expanded."""
    return expand(read_files(layer, problems), Spec, problems)


def check_format(document: Document) -> None:
    """A spec of another version of the format is refused before anything else is said of it."""
    version = document.values.get("version", 1)
    if version != 1 or isinstance(version, bool):
        raise SpecError(
            Problem(
                f"version ({quoted(version)}) is not a version of this format that k8sgen knows",
                document.values.marks["version"].place(),
                "write `version: 1`, or leave the line out",
            )
        )


def unknown_environment(document: Document, environment: str, named: Sequence[str]) -> Problem:
    """An environment that neither file names."""
    close = nearest(environment, named, CLOSE)
    hint = f"add it under `environments` in {document.source.file}"
    if named:
        hint = f"did you mean {close}?" if close else "known: " + ", ".join(named)
    return Problem(f'environment "{environment}" is not in the spec', Place(document.source.file, 1, 1), hint)
