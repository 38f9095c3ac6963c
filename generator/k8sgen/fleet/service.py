"""One service from its file to finished, validated documents, in each environment that was asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.errors import InputError, InvalidObjectError, Place, Problem, SpecError
from k8sgen.fleet.facts import facts_of_spec
from k8sgen.fleet.find import SpecFile, read_spec
from k8sgen.fleet.overrides import read_overrides
from k8sgen.manifests import annotations_of
from k8sgen.render.marker import Marker, marker_line
from k8sgen.render.objects import Rendered, RenderedObject, Renderer, cache_directory
from k8sgen.render.only import PROBES, select
from k8sgen.render.origins import PlaceOrigin, SpecOrigin
from k8sgen.repository import find_settings, repository_root
from k8sgen.spec.load import (
    Document,
    LoadedSettings,
    load_document,
    load_settings,
    load_spec,
)
from k8sgen.spec.merge import look_up
from k8sgen.spec.problems import mark_at, path_text
from k8sgen.yamltext.read import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.validate.schemas import Schemas

ALL = "all"
"""The environment that stands for every one that the spec names."""

MARKED_STDIN = "<stdin>"
"""What output says of a spec that came from standard input."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks of every service."""

    environment: str = ""
    sets: tuple[str, ...] = ()
    kubernetes_version: str = ""
    only: tuple[str, ...] = ()
    comments: bool = True
    templates: str = ""
    annotate: bool = False
    """Whether what the spec declares stands in annotations of the Deployment, for the linter."""


@dataclass(slots=True)
class Output:
    """One service in one environment: its documents, and what to say about them."""

    spec: str
    name: str
    environment: str
    documents: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, name and text of each object; the kind of a patch is `probes`."""
    objects: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def marker(self) -> str:
        """The first line of each file."""
        return marker_line(Marker(self.spec, self.environment))


@dataclass(slots=True)
class Result:
    """What became of one spec: its outputs, or its problems."""

    spec: str
    """The spec's path as output names it."""
    shown: str
    """The spec's path as the user named it."""
    outputs: list[Output] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    environments: tuple[str, ...] = ()


class Builder:
    """Builds services one after the other; compiles templates and schemas once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        overrides = Path(options.templates) if options.templates else None
        if overrides is not None:
            read_overrides(overrides)
        self.renderer = Renderer(overrides, cache_directory())
        self.settings: dict[Path, LoadedSettings] = {}
        self.loaded: dict[Path | None, LoadedSettings] = {}
        self.schemas: dict[tuple[int, str], Schemas] = {}

    def build(self, file: SpecFile) -> Result:
        """One spec in each environment that was asked for; problems are gathered, not raised."""
        result = Result(file.shown, file.shown)
        problems: list[Problem] = []
        try:
            document = self.document(file)
            result.spec = marked_path(file)
            result.environments = chosen_environments(document, self.options.environment)
        except InputError as error:
            result.problems = error.problems
            return result
        for environment in result.environments:
            try:
                result.outputs.append(self.output(result.spec, document, environment))
            except InputError as error:
                problems += [problem for problem in error.problems if problem not in problems]
        result.problems = tuple(problems)
        return result

    def document(self, file: SpecFile) -> Document:
        """The spec as read, with the settings that hold for it. Raises InputError."""
        directory = file.path.parent
        settings = self.settings_of(directory)
        return load_document(read_spec(file), Source(file.shown, directory), settings)

    def settings_of(self, directory: Path) -> LoadedSettings:
        """The nearest k8sgen.yaml of a directory, read once. Raises InputError."""
        if directory not in self.settings:
            path = find_settings(directory)
            if path not in self.loaded:
                self.loaded[path] = load_settings(path, shown_path(path)) if path else LoadedSettings()
            self.settings[directory] = self.loaded[path]
        return self.settings[directory]

    def rendered(self, document: Document, environment: str) -> Rendered:
        """One service in one environment, validated. Raises InputError."""
        loaded = load_spec(document, environment, self.options.sets, self.options.kubernetes_version)
        self.check_version(loaded.kubernetes_minor, environment, document.settings)
        annotations = annotations_of(facts_of_spec(loaded.spec)) if self.options.annotate else None
        rendered = self.renderer.render(loaded, comments=self.options.comments, annotations=annotations)
        if problems := list(self.invalid(rendered, document)):
            raise InvalidObjectError(*problems)
        return rendered

    def check_version(self, minor: int, environment: str, settings: LoadedSettings) -> None:
        """A version that there are schemas for. Raises SpecError at the line that asks for another."""
        from k8sgen.validate.definitions import NEWEST, OLDEST

        if OLDEST <= minor <= NEWEST:
            return
        path: tuple[str, ...] = ("environments", environment, "kubernetesVersion")
        if look_up(settings.values, path) is None:
            path = path[-1:]
        mark = mark_at(settings.values, path)
        raise SpecError(
            Problem(
                f"{path_text(path)} (1.{minor}) is not supported",
                mark.place() if mark else None,
                f"write a version from 1.{OLDEST} to 1.{NEWEST}",
            )
        )

    def output(self, spec: str, document: Document, environment: str) -> Output:
        """The finished documents of one service in one environment. Raises InputError."""
        rendered = self.rendered(document, environment)
        output = Output(spec, rendered.loaded.spec.name, environment)
        whole = {id(obj) for obj in rendered.objects}
        for obj in select(rendered, self.options.only, comments=self.options.comments):
            kind = obj.kind if id(obj) in whole else PROBES  # a patch must not take the Deployment's file
            output.documents.append((kind, obj.name, obj.text))
            output.objects.append(obj.data)
        output.notes += self.notes(rendered, document)
        return output

    def notes(self, rendered: Rendered, document: Document) -> list[str]:
        """What to say about objects that are sound as far as we can tell."""
        schemas = self.schemas_of(rendered.cluster.minor, document.settings)
        said = dict.fromkeys(
            f"there is no schema for {obj.kind} of {obj.data['apiVersion']}, so only its form was checked"
            for obj in rendered.objects
            if not schemas.knows(obj.data["apiVersion"], obj.kind)
        )
        return list(said)

    def schemas_of(self, minor: int, settings: LoadedSettings) -> Schemas:
        """The schemas of a version, with those of the settings' directory."""
        from k8sgen.validate.schemas import Schemas

        directory = ""
        if settings.path and settings.settings.schemas:
            directory = str(settings.path.parent / settings.settings.schemas)
            if not Path(directory).is_dir():
                raise SpecError(
                    Problem(
                        f'schemas ("{settings.settings.schemas}") is not a directory',
                        settings.values.marks["schemas"].place(),
                        "name a directory of CustomResourceDefinitions, relative to this file",
                    )
                )
        if (minor, directory) not in self.schemas:
            self.schemas[minor, directory] = Schemas(minor, [Path(directory)] if directory else [])
        return self.schemas[minor, directory]

    def invalid(self, rendered: Rendered, document: Document) -> Iterator[Problem]:
        """What the target version would refuse in any of the objects, at the value of the user that causes it."""
        from k8sgen.validate.apiserver import check_null_items, check_object
        from k8sgen.validate.availability import check_features

        minor = rendered.cluster.minor
        schemas = self.schemas_of(minor, document.settings)
        for obj in rendered.objects:
            found = schemas.check(obj.data) if schemas.knows(obj.data.get("apiVersion", ""), obj.kind) else []
            if not found:
                found = [
                    *check_null_items(obj.data),
                    *check_object(obj.data, minor),
                    *check_features(obj.data, minor),
                ]
            for violation in found:
                place = self.cause(obj, violation.pointer, rendered)
                where = ".".join(str(key) for key in violation.pointer)
                yield Problem(f"{obj.kind}/{obj.name}: {where}: {violation.message}", place, violation.hint)

    def cause(self, obj: RenderedObject, pointer: tuple[str | int, ...], rendered: Rendered) -> Place:
        """The place of the user's value that is behind a value of the output, or of the user's template."""
        origin = obj.origins.at(pointer)
        if isinstance(origin, PlaceOrigin):
            return origin.place
        if isinstance(origin, SpecOrigin):
            return rendered.loaded.place(origin.path)
        overridden = (
            self.renderer.overrides is not None and (self.renderer.overrides / obj.template).is_file()
        )
        return Place(self.renderer.shown(obj.template), 0, 0) if overridden else rendered.loaded.start


def chosen_environments(document: Document, asked: str) -> tuple[str, ...]:
    """The environments to render: the one that was asked for, every one, or none (the base)."""
    if asked != ALL:
        return (asked,)
    if not document.environments:
        raise SpecError(
            Problem(
                "has no environments",
                Place(document.source.file, 0, 0),
                "add `environments`, or leave --env all out",
            )
        )
    return document.environments


def shown_path(path: Path) -> str:
    """A path as a user would write it from here."""
    return os.path.relpath(path)


@cache
def marker_base(directory: Path) -> Path | None:
    """What paths in markers are relative to: the repository's root, else the directory of k8sgen.yaml."""
    root = repository_root(directory)
    if root is None and (settings := find_settings(directory)):
        root = settings.parent
    return root


def marked_path(file: SpecFile) -> str:
    """The path by which output names its spec, the same on every machine.

    Outside a repository, and without a k8sgen.yaml, it is the file with its directory: the bare name
    would take every service for the same one.
    """
    if file.text is not None:
        return MARKED_STDIN
    real = file.path.resolve()
    base = marker_base(real.parent) or real.parent.parent
    return real.relative_to(base).as_posix()
