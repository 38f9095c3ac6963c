"""Which specs a run is about: the files, directories and standard input that were named."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.errors import Place, Problem, SpecError, system_words
from k8sgen.render.marker import LONGEST, first_line, read_marker
from k8sgen.render.tree.ownership import LIST
from k8sgen.yamltext.characters import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPEC_NAMES = ("service.yaml", "service.yml")
"""In a directory, the files of these names are specs, and those that end in `.` and such a name."""

STDIN = "-"

CHART_FILE = "Chart.yaml"
CHART_DIRECTORIES = frozenset({"templates", "charts", "crds"})
"""What belongs to a Helm chart, whoever wrote it (https://helm.sh/docs/topics/charts/#the-chart-file-structure)."""


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One spec: its path, how the user would name it, and its text when it came from standard input."""

    path: Path
    shown: str
    text: bytes | None = None


def find_specs(named: Sequence[str], stdin: bytes | None = None) -> tuple[list[SpecFile], list[Path]]:
    """The specs that were named, each once, those of a directory sorted by path; and the directories among the names.

    Raises SpecError for a name that is not there and for a directory without specs.
    """
    problems: list[Problem] = []
    found: dict[str, SpecFile] = {}
    directories: list[Path] = []
    for name in named:
        path = Path(name)
        if name == STDIN:
            found[STDIN] = SpecFile(Path.cwd() / "-", "<stdin>", stdin or b"")
            continue
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            problems.append(not_there(name, error))
            continue
        if not stat.S_ISDIR(mode):
            found.setdefault(str(path.resolve()), SpecFile(path, name))
            continue
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
    if problems:
        raise SpecError(*problems)
    return list(found.values()), directories


def not_there(name: str, error: OSError | ValueError) -> Problem:
    """A name that leads to no file."""
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        return Problem(
            "there is no such file or directory",
            Place(name, 0, 0),
            "name a service.yaml, or a directory of them",
        )
    return unreadable(name, error)


def unreadable(name: str, error: OSError, hint: str = "") -> Problem:
    """A file or directory that the system does not let us read."""
    return Problem(f"cannot be read: {system_words(error)}", Place(name, 0, 0), hint)


def walk(directory: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every spec below a directory.

    Hidden directories and links to directories are passed over, and so are files that k8sgen wrote:
    the file of a rendered Service is called service.yaml, too, and so may be a template of a Helm chart.
    """

    def note(error: OSError) -> None:
        problems.append(unreadable(str(Path(error.filename)), error))

    for root, directories, files in os.walk(directory, onerror=note):
        if LIST in files:
            directories.clear()
            continue
        chart = CHART_DIRECTORIES if CHART_FILE in files else ()
        directories[:] = [name for name in directories if not name.startswith(".") and name not in chart]
        for name in files:
            path = Path(root) / name
            if is_spec_name(name) and not is_rendered(path):
                yield path


def is_spec_name(name: str) -> bool:
    """Whether a directory's file of this name is a spec."""
    return name in SPEC_NAMES or name.endswith(tuple("." + spec for spec in SPEC_NAMES))


def is_rendered(path: Path) -> bool:
    """Whether k8sgen wrote a file; what cannot be read is left to whoever reads it whole."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return read_marker(first_line(file.read(LONGEST))) is not None
    except OSError:
        return False


def read_spec(file: SpecFile) -> bytes:
    """The text of a spec. Raises SpecError for what is no file, cannot be read or is far too large.

    A pipe or a device could keep a run waiting for ever, so only regular files are opened.
    """
    if file.text is not None:
        return file.text
    place = Place(file.shown, 0, 0)
    try:
        status = file.path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SpecError(
                Problem("is a directory, and a spec is a file", place, "rename it, or name a file")
            )
        if not stat.S_ISREG(status.st_mode):
            raise SpecError(
                Problem("is not a regular file", place, f"pipe it in: k8sgen render - < {file.shown}")
            )
        if status.st_size > LARGEST_FILE:
            raise SpecError(
                Problem(
                    f"the file has {status.st_size} bytes, more than {LARGEST_FILE}",
                    Place(file.shown, 1, 1),
                    "split it into several files",
                )
            )
        return file.path.read_bytes()
    except OSError as error:
        raise SpecError(unreadable(file.shown, error)) from error
