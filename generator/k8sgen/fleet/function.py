"""A service as a KRM function: its spec in the function's configuration, its objects among the items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from k8sgen.errors import InputError, Place, Problem
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.layout import Layout
from k8sgen.fleet.service import Builder, Options
from k8sgen.kustomize.resource_list import (
    PATHS,
    ResourceList,
    add,
    at,
    item_identity,
    item_path,
    node,
    read_resource_list,
    scalar_at,
    text_of,
)
from k8sgen.spec.problems import quoted
from k8sgen.validate.definitions import NEWEST, OLDEST
from k8sgen.yamltext.read import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from k8sgen.spec.load import Document

API_VERSION: Final = "k8sgen.dev/v1"
KIND: Final = "ServiceSpec"
KEYS: Final = ("apiVersion", "kind", "metadata", "spec", "environment", "kubernetesVersion")
DIRECTORY: Final = "k8sgen-"
"""What the directory of generated items begins with; the name of the configuration follows."""

SPEC: Final = "spec"
"""What places call the spec while it is read."""

LAYOUT: Final = Layout("{kind}.yaml")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the function: what is wrong, at which field of its configuration."""

    problem: Problem
    field: str = ""
    severity: str = "error"


@dataclass(slots=True)
class Outcome:
    """What the function answers: the text for standard output, and the same findings for people."""

    shown: str
    """What the configuration is called in messages."""
    text: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether any result is an error."""
        return any(finding.severity == "error" for finding in self.findings)

    def problems(self) -> Iterator[Problem]:
        """The errors, each with a place."""
        for finding in self.findings:
            problem = finding.problem
            if finding.severity == "error":
                where = f"{self.shown}: {finding.field}" if finding.field else self.shown
                yield Problem(
                    problem.message, problem.place or Place(where, 0, 0), problem.hint, problem.also
                )

    def notes(self) -> Iterator[str]:
        """What is worth saying, and no error."""
        yield from (finding.problem.message for finding in self.findings if finding.severity != "error")


class ConfigError(Exception):
    """The function's configuration cannot be used; carries what is wrong, field by field."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings


def run_function(text: bytes, directory: Path) -> Outcome:
    """Answer a ResourceList: the items that came, and those of the service in place of its earlier ones.

    `directory` is where files that the spec names are looked for, and k8sgen.yaml above it.
    """
    found = ResourceList()
    try:
        found = read_resource_list(text)
        objects, notes = objects_of(found, directory)
    except InputError as error:
        findings = [Finding(problem) for problem in error.problems]
    except ConfigError as error:
        findings = list(error.findings)
    else:
        own = own_items(objects, found)
        taken = {item_identity(item) for item in own}
        territory = f"{directory_of(found)}/"
        kept = [
            item
            for item in found.items
            if item_identity(item) not in taken and not item_path(item).startswith(territory)
        ]
        found.items = kept + own
        findings = [Finding(Problem(note), severity="info") for note in notes]
    shown = f"{KIND}/{scalar_at(found.config, 'metadata', 'name')}" if found.config else "<stdin>"
    return Outcome(shown, found.text(result_of(finding, found) for finding in findings), findings)


def objects_of(found: ResourceList, directory: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """The objects of the service, and what to say about them. Raises ConfigError and InputError."""
    check_config(found)
    config = found.config
    version = scalar_at(config, "kubernetesVersion")
    builder = Builder(Options(comments=False, kubernetes_version=version.removeprefix("v")))
    spec = at(config, "spec")
    assert spec is not None  # noqa: S101 - the check has seen it
    loaded: Document | None = None
    try:
        loaded = builder.document(SpecFile(directory / "-", SPEC, text_of(spec).encode()))
        environment = scalar_at(config, "environment")
        if environment and environment not in loaded.environments:
            known = ", ".join(loaded.environments)
            raise ConfigError(
                Finding(
                    Problem(
                        f'environment "{environment}" is not in the spec',
                        None,
                        f"known: {known}" if known else "add it under `spec.environments`",
                    ),
                    "environment",
                )
            )
        rendered = builder.rendered(loaded, environment)
    except InputError as error:
        fields = dict(fields_of(loaded.values)) if loaded else {}
        raise ConfigError(*(in_config(problem, fields) for problem in error.problems)) from error
    return [obj.data for obj in rendered.objects], builder.notes(rendered, loaded)


def check_config(found: ResourceList) -> None:
    """The form of the function's configuration. Raises ConfigError with all that is wrong."""
    config = found.config
    if config is None:
        raise ConfigError(
            Finding(
                Problem(
                    "there is no functionConfig",
                    None,
                    f"give a {KIND} of {API_VERSION} with the service under `spec`",
                )
            )
        )
    findings = [
        Finding(
            Problem(f'{key} ("{scalar_at(config, key)}") is not "{wanted}"', None, f"write {wanted}"), key
        )
        for key, wanted in (("apiVersion", API_VERSION), ("kind", KIND))
        if scalar_at(config, key) != wanted
    ]
    if not isinstance(at(config, "spec"), yaml.MappingNode):
        hint = "write there what service.yaml would hold: name, image and what else the service needs"
        findings.append(Finding(Problem("there is no service under `spec`", None, hint), "spec"))
    for key, _ in config.value:
        if key.value not in KEYS:
            hint = "known: " + ", ".join(KEYS)
            findings.append(
                Finding(Problem(f'"{key.value}" is not a key of a {KIND}', None, hint), str(key.value))
            )
    for key in ("environment", "kubernetesVersion"):
        value = at(config, key)
        if value is not None and not isinstance(value, yaml.ScalarNode):
            findings.append(Finding(Problem(f"{key} is not text", None, "write one word"), key))
    version = scalar_at(config, "kubernetesVersion")
    if version and not is_supported(version):
        hint = f"write a version from 1.{OLDEST} to 1.{NEWEST}"
        problem = Problem(f"kubernetesVersion ({quoted(version)}) is not supported", None, hint)
        findings.append(Finding(problem, "kubernetesVersion"))
    if findings:
        raise ConfigError(*findings)


def is_supported(version: str) -> bool:
    """Whether there are schemas for a version."""
    match = re.fullmatch(r"v?1\.(\d{1,3})", version)
    return match is not None and OLDEST <= int(match[1]) <= NEWEST


def fields_of(value: Any, path: str = SPEC) -> Iterator[tuple[Place, str]]:
    """The path of each value of a spec by its place, and by that of its key."""
    marks: Any = value.marks if isinstance(value, (Map, Seq)) else {}
    entries: Any = (
        value.items() if isinstance(value, Map) else enumerate(value if isinstance(value, Seq) else ())
    )
    for key, item in entries:
        here = f"{path}[{key}]" if isinstance(value, Seq) else f"{path}.{key}"
        mark = marks[key]
        yield mark.key_place(), here
        yield mark.place(), here
        yield from fields_of(item, here)


def in_config(problem: Problem, fields: dict[Place, str]) -> Finding:
    """A problem of the spec, by its field: the lines of the text that we read are nobody's."""
    if problem.place is None or problem.place.file != SPEC:
        return Finding(problem)
    start = problem.place.line <= 1 and problem.place.column <= 1
    also = tuple((place, what) for place, what in problem.also if place.file != SPEC)
    return Finding(
        Problem(problem.message, None, problem.hint, also), SPEC if start else fields.get(problem.place, SPEC)
    )


def directory_of(found: ResourceList) -> str:
    """Where the files of generated items go."""
    name = scalar_at(found.config, "metadata", "name") or scalar_at(found.config, "spec", "name")
    return DIRECTORY + re.sub(r"[^A-Za-z0-9._-]", "-", name)


def own_items(objects: list[dict[str, Any]], found: ResourceList) -> list[yaml.Node]:
    """The service's objects as items, each with its file, by which the next run knows it again."""
    directory = directory_of(found)
    name = scalar_at(found.config, "spec", "name")
    paths = LAYOUT.paths(name, "", [(obj["kind"], obj["metadata"]["name"]) for obj in objects])
    items = []
    for path, obj in zip(paths, objects, strict=True):
        item = node(obj)
        metadata = at(item, "metadata")
        assert isinstance(metadata, yaml.MappingNode)  # noqa: S101 - every object has a name in it
        annotations = at(metadata, "annotations")
        if not isinstance(annotations, yaml.MappingNode):
            annotations = yaml.MappingNode("tag:yaml.org,2002:map", [], flow_style=False)
            add(metadata, "annotations", annotations)
        annotations.flow_style = False
        for key in PATHS:
            add(annotations, key, node(f"{directory}/{path}"))
        items.append(item)
    return items


def result_of(finding: Finding, found: ResourceList) -> dict[str, Any]:
    """A finding as the specification of functions has it."""
    problem = finding.problem
    message = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
    message = "\n".join([message, *(f"also: {place}: {what}" for place, what in problem.also)])
    result: dict[str, Any] = {"message": message, "severity": finding.severity}
    if found.config is not None and scalar_at(found.config, "metadata", "name"):
        keys = {"apiVersion": ("apiVersion",), "kind": ("kind",), "name": ("metadata", "name")}
        result["resourceRef"] = {key: scalar_at(found.config, *path) for key, path in keys.items()}
    if finding.field:
        result["field"] = {"path": finding.field}
    file = item_path(found.config) if found.config is not None else ""
    if problem.place is not None and problem.place.line:
        file = problem.place.file
    if file:
        result["file"] = {"path": file}
    return result
