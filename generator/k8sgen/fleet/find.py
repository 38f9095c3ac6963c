"""Which specs a run is about: the files, directories and standard input that were named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from k8sgen.errors import Place, Problem, SpecError

SPEC_NAMES = ("service.yaml", "service.yml")
"""In a directory, the files of these names are specs, and those that end in `.` and such a name."""

STDIN = "-"


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One spec: its path, how the user would name it, and its text when it came from standard input."""

    path: Path
    shown: str
    text: bytes | None = None


def find_specs(named: Sequence[str], stdin: bytes | None = None) -> tuple[list[SpecFile], list[Path]]:
    """The specs that were named, each once and sorted by path, and the directories among the names.

    Raises SpecError for a name that is not there and for a directory without specs.
    """
    problems: list[Problem] = []
    found: dict[str, SpecFile] = {}
    directories: list[Path] = []
    for name in named:
        path = Path(name)
        if name == STDIN:
            found[STDIN] = SpecFile(Path.cwd() / "-", "<stdin>", stdin or b"")
        elif path.is_dir():
            inside = sorted(walk(path, problems), key=str)
            directories.append(path)
            if not inside:
                problems.append(
                    Problem(
                        "no spec is in this directory",
                        Place(name, 0, 0),
                        "specs are called service.yaml or NAME.service.yaml",
                    )
                )
            for spec in inside:
                found.setdefault(str(spec.resolve()), SpecFile(spec, str(spec)))
        elif path.exists():
            found.setdefault(str(path.resolve()), SpecFile(path, name))
        else:
            problems.append(
                Problem(
                    "there is no such file or directory",
                    Place(name, 0, 0),
                    "name a service.yaml, or a directory of them",
                )
            )
    if problems:
        raise SpecError(*problems)
    return list(found.values()), directories


def walk(directory: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every spec below a directory; hidden directories and links to directories are passed over."""

    def unreadable(error: OSError) -> None:
        problems.append(
            Problem(
                f"cannot be read: {(error.strerror or str(error)).lower()}", Place(str(error.filename), 0, 0)
            )
        )

    for root, directories, files in os.walk(directory, onerror=unreadable):
        directories[:] = [name for name in directories if not name.startswith(".")]
        for name in files:
            if name in SPEC_NAMES or name.endswith(tuple("." + spec for spec in SPEC_NAMES)):
                yield Path(root) / name
