"""From files and options to one spec: find, read, expand, merge, check."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from k8sgen.errors import InputError, Place, Problem, SpecError
from k8sgen.spec.branches import check_branches
from k8sgen.spec.expand import expand
from k8sgen.spec.fields import field_at
from k8sgen.spec.merge import merge_layers
from k8sgen.spec.model import with_keys
from k8sgen.spec.problems import mark_at, problems_of, quoted
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings import DEFAULT_KUBERNETES_VERSION, Settings
from k8sgen.yamltext.read import Map, Mark, Source, read_document

SETTINGS_NAME = "k8sgen.yaml"
LARGEST_FILE = 1_048_576  # bytes; what a ConfigMap may hold (https://kubernetes.io/docs/concepts/configuration/configmap/)


@dataclass(frozen=True)
class LoadedSettings:
    """k8sgen.yaml as read: its checked keys, and its partial specs with the place of each value."""

    path: Path | None = None
    settings: Settings = field(default_factory=Settings)
    values: Map = field(default_factory=Map)

    def layers(self, environment: str) -> Iterator[Map]:
        """The partial specs for an environment, lowest first; `""` is none."""
        if isinstance(defaults := self.values.get("defaults"), Map):
            yield defaults
        mine = self.values.get("environments", {}).get(environment)
        if isinstance(mine, Map):
            yield with_keys(mine, {}, "kubernetesVersion")

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that the file names, in code-point order."""
        return tuple(sorted(self.values.get("environments", {})))

    def kubernetes_minor(self, environment: str, override: str = "") -> int:
        """The minor version that output is for: the option, else the environment's, else the file's."""
        mine = self.values.get("environments", {}).get(environment) or {}
        version = override or mine.get("kubernetesVersion") or self.settings.kubernetes_version
        return int((version or DEFAULT_KUBERNETES_VERSION).removeprefix("v").split(".")[1])


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


def find_settings(directory: Path) -> Path | None:
    """The nearest k8sgen.yaml upwards, never above the root of the repository."""
    directory = directory.resolve()
    for parent in (directory, *directory.parents):
        candidate = parent / SETTINGS_NAME
        if candidate.is_file():
            return candidate
        if (parent / ".git").exists():
            return None
    return None


def load_settings(path: Path, shown: str) -> LoadedSettings:
    """Read k8sgen.yaml. Raises YamlError or SpecError."""
    source = Source(shown, path.parent)
    values = read_document(read_bytes(path, shown), source)
    start = Place(shown, 1, 1)
    plain = {key: value for key, value in values.items() if value is not None}
    environments = plain.get("environments")
    problems = []
    if isinstance(environments, dict):
        plain["environments"] = {
            name: {} if partial is None else partial for name, partial in environments.items()
        }
        problems = [
            problem
            for name, partial in environments.items()
            for problem in check_version(values, name, partial)
        ]
    try:
        settings = Settings.model_validate(plain)
    except ValidationError as error:
        raise SpecError(*problems_of(error, values, Settings, start)) from error
    if problems:
        raise SpecError(*problems)
    return LoadedSettings(path, settings, values)


def check_version(values: Map, name: str, partial: Any) -> Iterator[Problem]:
    """The Kubernetes version of an environment must be text such as "1.35"."""
    version = partial.get("kubernetesVersion") if isinstance(partial, dict) else None
    if version is None:
        return
    mark = mark_at(values, ("environments", name, "kubernetesVersion"))
    parts = version.split(".") if isinstance(version, str) else []
    if len(parts) != 2 or parts[0] != "1" or not parts[1].isdigit():  # noqa: PLR2004 - major and minor
        yield Problem(
            f"environments.{name}.kubernetesVersion ({quoted(version)}) is not a minor version in quotes",
            mark.place() if mark else None,
            'write it like "1.35"',
        )


def read_bytes(path: Path, shown: str) -> bytes:
    """A file's bytes. Raises SpecError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpecError(
            Problem(f"cannot be read: {(error.strerror or str(error)).lower()}", Place(shown, 0, 0))
        ) from error


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
    if problems:
        raise SpecError(*problems)
    values = merge_layers([layer for _, layer in layers])
    spec = check_values(values, Place(document.source.file, 1, 1))
    minor = document.settings.kubernetes_minor(environment, kubernetes_version)
    return LoadedSpec(spec, values, document.source, environment, minor, tuple(layers))


def check_values(values: Map, start: Place) -> Spec:
    """The model of merged values. Raises SpecError with everything that is wrong."""
    problems = list(check_branches(values, Spec, start))
    try:
        spec = Spec.model_validate(values)
    except ValidationError as error:
        raise SpecError(*problems, *problems_of(error, values, Spec, start)) from error
    if problems:
        raise SpecError(*problems)
    return spec


def raw_layers(
    document: Document, environment: str, options: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, Map]]:
    """Every layer as written, lowest first, with the name by which `explain` calls it."""
    settings = document.settings
    names = (f"defaults of {SETTINGS_NAME}", f"environment {environment} of {SETTINGS_NAME}")
    yield from zip(names, settings.layers(environment), strict=False)
    values = document.values
    yield document.source.file, with_keys(values, {}, "environments")
    environments = values.get("environments")
    if environments is not None and not isinstance(environments, Map):
        problems.append(Problem("environments must be a map", values.marks["environments"].place()))
    elif environment and isinstance(partial := (environments or {}).get(environment), Map):
        yield f"environment {environment} of {document.source.file}", partial
    for option in options:
        try:
            yield "--set", option_layer(option)
        except InputError as error:
            problems.extend(error.problems)


def long_form(layer: Map, problems: list[Problem]) -> Map:
    """A layer with its files read and its short forms expanded."""
    read_files(layer, problems)
    return expand(layer, Spec, problems)


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
    hint = "known: " + ", ".join(named) if named else f"add it under `environments` in {document.source.file}"
    return Problem(f'environment "{environment}" is not in the spec', Place(document.source.file, 1, 1), hint)


def option_layer(option: str) -> Map:
    """The layer of one `--set PATH=VALUE`. Raises SpecError."""
    place = Place(f"--set {option}", 0, 0)
    path_part, equals, text = option.partition("=")
    path = split_path(path_part)
    if not equals or not path or not all(path):
        raise SpecError(Problem("is not PATH=VALUE", place, "write it like --set image.tag=1.4.2"))
    mark = Mark(Source(place.file, Path()), 0, 0, 0, 0)
    value = typed_value(path, text, place)
    for key in reversed(path):
        value = Map.of({key: value}, mark)
    return value  # type: ignore[no-any-return] - the loop ran at least once, so this is a Map


def split_path(text: str) -> list[str]:
    r"""The keys of a path; `\.` is a dot inside a key."""
    keys, key, escaped = [], "", False
    for character in text:
        if escaped:
            key, escaped = key + character, False
        elif character == "\\":
            escaped = True
        elif character == ".":
            keys.append(key)
            key = ""
        else:
            key += character
    return [*keys, key]


def typed_value(path: list[str], text: str, place: Place) -> Any:
    """The value of an option as the field's type reads it: text as it stands, maps and lists as JSON."""
    if text == "null":
        return None
    field = field_at(Spec, tuple(path))
    type_ = field.type if field else None
    if text[:1] in {"{", "["} and not (type_ and type_.scalars == (str,)):
        try:
            return marked(json.loads(text), Mark(Source(place.file, Path()), 0, 0, 0, 0))
        except ValueError as error:
            raise SpecError(
                Problem(f"{text} is not JSON", place, "maps and lists are written as JSON")
            ) from error
    scalars = type_.scalars if type_ else ()
    if str in scalars and len(scalars) == 1:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text.removeprefix("-").isdigit() and len(text) <= 16:  # noqa: PLR2004 - every integer below 2^53 fits
        return int(text)
    return text


def marked(value: Any, mark: Mark) -> Any:
    """A plain value as a Map of Maps that all stand at one place."""
    if isinstance(value, dict):
        return Map.of({key: marked(item, mark) for key, item in value.items()}, mark)
    return value


def read_files(layer: Map, problems: list[Problem]) -> None:
    """Replace `fromFile` by the file's content, relative to the file that names it and inside its directory."""
    files = layer.get("files")
    if not isinstance(files, Map):
        return
    for target, entry in files.items():
        if isinstance(entry, Map) and "fromFile" in entry:
            mark = entry.marks["fromFile"]
            try:
                content = read_file(entry["fromFile"], mark)
            except InputError as error:
                problems.extend(error.problems)
                continue
            rest = with_keys(entry, {}, "fromFile")
            for key, value in content.items():
                rest[key] = value
                rest.marks[key] = mark
            files[target] = rest


def read_file(name: Any, mark: Mark) -> Mapping[str, str]:
    """The content of a file as `text`, or as `binary` in base64. Raises SpecError."""
    place = mark.place()
    if not isinstance(name, str) or not name:
        raise SpecError(Problem(f"fromFile ({quoted(name)}) must be the path of a file", place))
    directory = mark.source.directory.resolve()
    path = directory / name
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(directory):
            raise SpecError(
                Problem(
                    f'fromFile ("{name}") leads out of the directory of {mark.source.file}',
                    place,
                    "move the file below it",
                )
            )
        if real.stat().st_size > LARGEST_FILE:
            raise SpecError(
                Problem(f'fromFile ("{name}") is larger than 1 MiB', place, "a ConfigMap cannot hold it")
            )
        content = real.read_bytes()
    except OSError as error:
        raise SpecError(
            Problem(f'fromFile ("{name}") cannot be read: {(error.strerror or str(error)).lower()}', place)
        ) from error
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return {"binary": base64.b64encode(content).decode()}
    return {"text": text}
