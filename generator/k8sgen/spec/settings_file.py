"""k8sgen.yaml as it stands in a directory: found, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from k8sgen.errors import Place, Problem, SpecError, system_words
from k8sgen.features import DEFAULT_KUBERNETES_VERSION
from k8sgen.repository import SETTINGS_NAME
from k8sgen.spec.grammar import GRAMMARS, pattern
from k8sgen.spec.model import with_keys
from k8sgen.spec.problems import problems_of, quoted, type_name
from k8sgen.spec.settings import KubernetesVersion, Settings
from k8sgen.spec.types import DnsLabel
from k8sgen.yamltext.read import Map, Source, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

EVERY = "all"
NAME, LONGEST_NAME = pattern(DnsLabel), 63
VERSION = pattern(KubernetesVersion)
MINOR_VERSION = re.compile(r"v?1\.([0-9]{1,3})(\.[0-9]+)?")
"""As an option takes it: a server's own version may be pasted."""


@dataclass(frozen=True)
class LoadedSettings:
    """k8sgen.yaml as read: its checked keys, and its partial specs with the place of each value."""

    path: Path | None = None
    settings: Settings = field(default_factory=Settings.model_construct)
    values: Map = field(default_factory=Map)

    @property
    def partials(self) -> Mapping[str, Any]:
        """The partial spec of each environment."""
        partials = self.values.get("environments")
        return partials if isinstance(partials, Map) else {}

    def layers(self, environment: str) -> Iterator[tuple[str, Map]]:
        """The partial specs for an environment, lowest first, with the name by which `explain` calls them."""
        if isinstance(defaults := self.values.get("defaults"), Map):
            yield f"defaults of {SETTINGS_NAME}", defaults
        if isinstance(mine := self.partials.get(environment), Map):
            yield f"environment {environment} of {SETTINGS_NAME}", with_keys(mine, {}, "kubernetesVersion")

    @property
    def environments(self) -> tuple[str, ...]:
        """The environments that the file names, in code-point order."""
        return tuple(sorted(self.partials))

    def kubernetes_minor(self, environment: str, override: str = "") -> int:
        """The minor version that output is for: the option, else the environment's, else the file's.

        Raises SpecError for an option that is not a version.
        """
        mine = self.partials.get(environment) or {}
        version = override or mine.get("kubernetesVersion") or self.settings.kubernetes_version
        match = MINOR_VERSION.fullmatch(version or DEFAULT_KUBERNETES_VERSION)
        if match is None:
            place = Place(f"--kubernetes-version {override}", 0, 0)
            raise SpecError(
                Problem(f"{quoted(override)} is not a minor version", place, "write it like 1.35")
            )
        return int(match[1])


def load_settings(path: Path, shown: str) -> LoadedSettings:
    """Read k8sgen.yaml. Raises YamlError or SpecError."""
    source = Source(shown, path.parent)
    values = read_document(read_bytes(path, shown), source)
    start = Place(shown, 1, 1)
    plain = {key: value for key, value in values.items() if value is not None}
    environments = plain.get("environments")
    if isinstance(environments, dict):
        plain["environments"] = {
            name: {} if partial is None else partial for name, partial in environments.items()
        }
    problems = list(check_environments(values)) + list(check_versions(values))
    told = {problem.place for problem in problems}
    try:
        settings = Settings.model_validate(plain)
    except ValidationError as error:
        problems += (each for each in problems_of(error, values, Settings, start) if each.place not in told)
        raise SpecError(*problems) from error
    if problems:
        raise SpecError(*problems)
    return LoadedSettings(path, settings, values)


def check_environments(values: Map) -> Iterator[Problem]:
    """Environments, of a spec or of k8sgen.yaml, are partial specs by name."""
    environments = values.get("environments")
    if environments is None:
        return
    if not isinstance(environments, Map):
        yield Problem(
            f"environments ({quoted(environments)}) is {type_name(environments)}, and must be a map",
            values.marks["environments"].place(),
            "write it like `environments: {production: {replicas: 3}}`",
        )
        return
    grammar = GRAMMARS[NAME]
    for name, partial in environments.items():
        mark = environments.marks[name]
        if re.fullmatch(NAME, name) is None or len(name) > LONGEST_NAME:
            hint = f"{grammar.rule}, as in production"
            yield Problem(f"environments: {quoted(name)} is not {grammar.noun}", mark.key_place(), hint)
        elif name == EVERY:
            hint = "give it another name"
            yield Problem(
                f'environments: "{EVERY}" is what --env takes for all of them', mark.key_place(), hint
            )
        if partial is not None and not isinstance(partial, Map):
            yield Problem(
                f"environments.{name} ({quoted(partial)}) is {type_name(partial)}, and must be a map",
                mark.place(),
                f"write it like `{name}: {{replicas: 3}}`",
            )


def check_versions(values: Map) -> Iterator[Problem]:
    """The Kubernetes version of an environment must be text such as "1.35"."""
    environments = values.get("environments")
    for name, partial in environments.items() if isinstance(environments, Map) else ():
        version = partial.get("kubernetesVersion") if isinstance(partial, Map) else None
        if version is not None and (not isinstance(version, str) or re.fullmatch(VERSION, version) is None):
            yield Problem(
                f"environments.{name}.kubernetesVersion ({quoted(version)}) is not a minor version in quotes",
                partial.marks["kubernetesVersion"].place(),
                'write it like "1.35"',
            )


def read_bytes(path: Path, shown: str) -> bytes:
    """A file's bytes. Raises SpecError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SpecError(Problem(f"cannot be read: {system_words(error)}", Place(shown, 0, 0))) from error
