"""Which texts a run is about: files, whole directories, standard input; and what in them is passed over.

A directory of a repository holds more than manifests. Below a directory that was named, hidden
directories, templates of Helm charts, kustomize patches (parts of objects) and YAML without
`apiVersion` are passed over, and counted. A file that was named must hold objects.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from k8sgen.errors import Place, Problem, system_words
from k8sgen.lint.read import Reading
from k8sgen.lint.sources import SHOWN_STDIN, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN: Final = "-"
SUFFIXES: Final = (".yaml", ".yml", ".json")
KUSTOMIZATIONS: Final = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CHART_FILE: Final = "Chart.yaml"
SETTINGS: Final = "k8sgen.yaml"
"""This tool's own settings, of which nobody expects findings."""


@dataclass(slots=True)
class Collected:
    """The sources of a run, in order."""

    sources: list[Source] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    """How many files were passed over unread, by reason."""
    overlays: set[str] = field(default_factory=set)
    """Directories of kustomize overlays, whose objects are not those of their bases."""


def collect(names: Iterable[str], stdin: bytes | None = None) -> Collected:
    """Everything that was named, each file once; what is not there is a source with a problem."""
    found = Collected()
    seen: set[str] = set()
    real_directory = cache(os.path.realpath)
    for name in names:
        if name == STDIN:
            found.sources.append(Source(SHOWN_STDIN, named=True, content=stdin or b""))
            continue
        path = Path(name)
        try:
            is_directory = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            found.sources.append(_not_there(name, error))
            continue
        for file in _walk(path, found) if is_directory else [str(path)]:
            directory, base = os.path.split(file)
            # Most files of a directory are no links: their real names need not be asked for.
            is_link = os.path.islink(file)  # noqa: PTH114 - a Path for each file would take twice the time of the walk
            real = os.path.realpath(file) if is_link else f"{real_directory(directory)}/{base}"
            if real not in seen:
                seen.add(real)
                found.sources.append(Source(file, named=not is_directory))
    return found


def _walk(directory: Path, found: Collected) -> Iterator[str]:
    """The YAML and JSON files below a directory, in the order of their paths."""
    here: list[str] = []
    patches: set[str] = set()
    for root, directories, files in os.walk(
        directory, onerror=lambda error: found.sources.append(_not_there(str(error.filename), error))
    ):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        if CHART_FILE in files and "templates" in directories:
            directories.remove("templates")
            found.passed_over["of a Helm chart, whose templates make sense only rendered"] += 1
        kustomization = read_kustomization(Path(root), files)
        patches |= kustomization.patches
        if kustomization.is_overlay:
            found.overlays.add(root)
        shown = str(Path(root))
        prefix = "" if shown == "." else shown.removesuffix("/") + "/"
        here += (
            prefix + name
            for name in sorted(files)
            if name.endswith(SUFFIXES)
            and name not in {*KUSTOMIZATIONS, SETTINGS}
            and not name.startswith(".")
        )
    for path in here:
        # A kustomization may name patches of any directory, those that come before it included.
        if patches and os.path.normpath(path) in patches:
            found.passed_over["of kustomize patches, which are parts of objects"] += 1
        else:
            yield path


class Kustomization(NamedTuple):
    """What the kustomization of a directory says about other files."""

    patches: frozenset[str] = frozenset()
    """Files of patches, which hold parts of objects."""
    is_overlay: bool = False
    """Whether it builds upon the objects of another directory, which it may change."""


def read_kustomization(directory: Path, files: Iterable[str]) -> Kustomization:
    """The kustomization among the files of a directory."""
    name = next((each for each in KUSTOMIZATIONS if each in files), None)
    if name is None:
        return Kustomization()
    try:
        reading = Reading(name, (directory / name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Kustomization()
    patches: list[str] = []
    bases: list[str] = []
    for document in reading.file.documents:
        if isinstance(document, dict):
            for key in ("patches", "patchesJson6902", "patchesStrategicMerge"):
                patches += _paths(document.get(key))
            for key in ("resources", "bases", "components"):
                bases += _paths(document.get(key))
    return Kustomization(
        frozenset(os.path.normpath(directory / path) for path in patches),
        any((directory / path).is_dir() for path in bases),
    )


def _paths(entries: Any) -> Iterator[str]:
    """The paths of a list of them, or of maps that each have one; an entry of several lines is a patch itself."""
    for entry in entries if isinstance(entries, list) else ():
        path = entry.get("path") if isinstance(entry, dict) else entry
        if isinstance(path, str) and "\n" not in path:
            yield path


def _not_there(name: str, error: OSError | ValueError) -> Source:
    if isinstance(error, OSError) and not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        problem = Problem(f"cannot be read: {system_words(error)}", Place(name, 0, 0), "mend its permissions")
    else:
        problem = Problem(
            "there is no such file or directory",
            Place(name, 0, 0),
            "name files of manifests, directories of them, or - for standard input",
        )
    return Source(name, problem=problem)
