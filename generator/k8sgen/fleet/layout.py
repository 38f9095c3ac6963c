"""Where each object of each service goes: the pattern of k8sgen.yaml's `output`, or of `-o DIR`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from k8sgen.errors import OutputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DEFAULT_PATTERN = "{name}/{environment}/{kind}.yaml"
FIELDS = ("environment", "name", "kind", "object")
FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Layout:
    """A path pattern with `{environment}`, `{name}`, `{kind}` and `{object}`; a part that becomes empty is left out."""

    pattern: str = DEFAULT_PATTERN

    def check(self, place: Place) -> None:
        """Refuse a pattern with unknown fields, or one that leads out of its directory. Raises OutputError."""
        unknown = [name for name in FIELD.findall(self.pattern) if name not in FIELDS]
        parts = PurePosixPath(self.pattern).parts
        if unknown:
            raise OutputError(
                Problem(
                    f'output ("{self.pattern}") has the field {{{unknown[0]}}}',
                    place,
                    "known: {environment}, {name}, {kind}, {object}",
                )
            )
        if self.pattern.startswith("/") or ".." in parts or "\\" in self.pattern:
            raise OutputError(
                Problem(
                    f'output ("{self.pattern}") leads out of its directory', place, "write a path below it"
                )
            )
        if any(part in {"", "."} for part in self.pattern.split("/")):
            raise OutputError(
                Problem(
                    f'output ("{self.pattern}") has an empty part',
                    place,
                    "write one slash between two names, and no dot alone",
                )
            )
        if not self.pattern.endswith((".yaml", ".yml")):
            raise OutputError(
                Problem(
                    f'output ("{self.pattern}") does not end in .yaml',
                    place,
                    "write one file per object: {kind}.yaml",
                )
            )

    def split(self) -> tuple[str, Layout]:
        """The directories that every path begins with, and the layout below them.

        They are the output directory: what stands beside them is never looked at.
        """
        parts = self.pattern.split("/")
        fixed = next((index for index, part in enumerate(parts[:-1]) if "{" in part), len(parts) - 1)
        return "/".join(parts[:fixed]), Layout("/".join(parts[fixed:]))

    def paths(self, service: str, environment: str, objects: Sequence[tuple[str, str]]) -> list[str]:
        """The path of each `(kind, name)`; two of one kind are told apart by their names."""
        plain = [self.path(service, environment, kind, name) for kind, name in objects]
        often = Counter(plain)
        return [
            path
            if often[path] == 1 or name == service
            else path.rsplit(".", 1)[0] + f"-{file_name(name)}." + path.rsplit(".", 1)[1]
            for path, (_, name) in zip(plain, objects, strict=True)
        ]

    def path(self, service: str, environment: str, kind: str, name: str) -> str:
        """The path of one object."""
        values = {
            "environment": environment,
            "name": service,
            "kind": kind.lower(),
            "object": file_name(name),
        }
        parts = [FIELD.sub(lambda match: values[match[1]], part) for part in self.pattern.split("/")]
        return "/".join(part for part in parts if part)


def file_name(name: str) -> str:
    """An object's name as part of a file name: names such as `system:node` hold characters that paths may not."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", name)


@dataclass(frozen=True, slots=True)
class Writer:
    """What asks for a file: an object of a service, in an environment."""

    spec: str
    service: str
    environment: str
    kind: str
    name: str

    def __str__(self) -> str:
        environment = f" ({self.environment})" if self.environment else ""
        return f"{self.kind}/{self.name} of {self.spec}{environment}"


def check_unique(paths: Iterable[tuple[str, Writer]]) -> list[Problem]:
    """Objects that would be written to one file, with what the layout would have to tell apart."""
    first: dict[str, Writer] = {}
    problems = []
    for path, writer in paths:
        other = first.setdefault(path, writer)
        if other is not writer:
            problems.append(clash(path, other, writer))
    return list(dict.fromkeys(problems))


def clash(path: str, one: Writer, two: Writer) -> Problem:
    """Two objects for one file; two specs of one name are said once, not for each of their objects."""
    if one.service == two.service and one.spec != two.spec and one.environment == two.environment:
        return Problem(
            f"{one.spec} and {two.spec} are both called {one.service}",
            None,
            "give one of them another name, or another output directory",
        )
    if one.environment != two.environment:
        lacking = "{environment}"
    elif one.service != two.service:
        lacking = "{name}"
    elif one.kind != two.kind:
        lacking = "{kind}"
    elif one.name != two.name:
        lacking = "{object}"
    else:
        return Problem(
            f"two objects {one} would both be written to {path}",
            None,
            "namespaces do not show in file names: give one of them another name",
        )
    return Problem(
        f"{one} and {two} would both be written to {path}",
        None,
        f"put {lacking} into the pattern of `output`",
    )
