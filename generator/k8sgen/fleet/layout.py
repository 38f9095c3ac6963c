"""Where each object of each service goes: the pattern of k8sgen.yaml's `output`, or of `-o DIR`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from k8sgen.errors import OutputError, Place, Problem

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
        if self.pattern.startswith("/") or ".." in parts:
            raise OutputError(
                Problem(
                    f'output ("{self.pattern}") leads out of its directory', place, "write a path below it"
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


def check_unique(paths: Iterable[tuple[str, str]]) -> list[Problem]:
    """Two objects that would be written to one file; pairs of path and who writes it."""
    first: dict[str, str] = {}
    problems = []
    for path, writer in paths:
        if path in first:
            problems.append(
                Problem(
                    f"{writer} and {first[path]} would both be written to {path}",
                    None,
                    "give them different names, or say more in `output`",
                )
            )
        first.setdefault(path, writer)
    return problems
