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
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from k8sgen.errors import Place, Problem, YamlError, system_words
from k8sgen.lint.read import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from k8sgen.lint.cache import Cache

STDIN: Final = "-"
SHOWN_STDIN: Final = "<stdin>"
SUFFIXES: Final = (".yaml", ".yml", ".json")
KUSTOMIZATIONS: Final = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CHART_FILE: Final = "Chart.yaml"
SETTINGS: Final = "k8sgen.yaml"
"""This tool's own settings, of which nobody expects findings."""
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of a text in UTF-16."""
LARGEST: Final = 64 * 1024 * 1024
"""In bytes: a cluster's worth of objects in one stream. The API server takes 3 MiB at a time."""


@dataclass(slots=True)
class Collected:
    """The files of a run as read, its specs, and what went wrong before any rule looked."""

    readings: list[Reading] = field(default_factory=list)
    specs: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    """How many files were passed over, by reason."""
    overlays: set[str] = field(default_factory=set)
    """Directories of kustomize overlays, whose objects are not those of their bases."""
    cache: Cache | None = None


def collect(names: Iterable[str], stdin: bytes | None = None, cache: Cache | None = None) -> Collected:
    """Read everything that was named; problems are gathered, and the rest is read all the same."""
    found = Collected(cache=cache)
    seen: set[str] = set()
    for name in names:
        if name == STDIN:
            _take(found, SHOWN_STDIN, stdin or b"", named=True)
            continue
        path = Path(name)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            found.problems.append(_not_there(name, error))
            continue
        if stat.S_ISDIR(mode):
            for file in _walk(path, found):
                _read(found, file, seen, named=False)
        else:
            _read(found, path, seen, named=True)
    return found


def _read(found: Collected, path: Path, seen: set[str], *, named: bool) -> None:
    shown = str(path)
    real = os.path.realpath(path)
    if real in seen:
        return
    seen.add(real)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            found.problems.append(
                Problem("is not a regular file", Place(shown, 0, 0), f"pipe it in: k8sgen lint - < {shown}")
            )
            return
        if status.st_size > LARGEST:
            found.problems.append(_too_large(shown, status.st_size))
            return
        content = path.read_bytes()
    except OSError as error:
        found.problems.append(
            Problem(f"cannot be read: {system_words(error)}", Place(shown, 0, 0), "mend its permissions")
        )
        return
    _take(found, shown, content, named=named)


def _take(found: Collected, shown: str, content: bytes, *, named: bool) -> None:
    """Read one text, unless it is none of ours."""
    if not named and b"apiVersion" not in content and not content.startswith(UTF_16):
        if is_spec_name(Path(shown).name):
            found.specs.append(Path(shown))
        else:
            found.passed_over["without Kubernetes objects"] += 1
        return
    if len(content) > LARGEST:
        found.problems.append(_too_large(shown, len(content)))
        return
    try:
        text = _decoded(content, shown)
    except YamlError as error:
        found.problems += error.problems
        return
    key = found.cache.key(content) if found.cache else ""
    reading = Reading(shown, text, key, found.cache.load(key) if found.cache else None)
    if reading.problems and is_helm_template(text):
        found.problems.append(
            Problem(
                "this is a Helm template",
                Place(shown, 0, 0),
                "lint the output of helm template: helm template CHART | k8sgen lint -",
            )
        )
        return
    if not reading.manifests and not reading.problems:
        if shown != SHOWN_STDIN and is_spec_name(Path(shown).name):
            found.specs.append(Path(shown))
        elif named:
            found.problems.append(
                Problem("holds no Kubernetes object", Place(shown, 0, 0), "an object has apiVersion and kind")
            )
        else:
            found.passed_over["without Kubernetes objects"] += 1
        return
    found.readings.append(reading)
    found.problems += reading.problems


def is_spec_name(name: str) -> bool:
    """Whether a file that holds no object is a spec, by its name."""
    return name in {"service.yaml", "service.yml"} or name.endswith((".service.yaml", ".service.yml"))


def is_helm_template(text: str) -> bool:
    """Whether a text that is no YAML has actions of a Go template."""
    return "{{" in text and "}}" in text


def _decoded(content: bytes, shown: str) -> str:
    if b"\0" in content[:8192] and not content.startswith(UTF_16):
        raise YamlError(Problem("is a binary file", Place(shown, 0, 0), "name YAML or JSON files"))
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if content.startswith(UTF_16):
            problem = Problem("the file is UTF-16, not UTF-8", Place(shown, 1, 1), "save it as UTF-8")
            raise YamlError(problem) from error
        before = content[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        place = Place(shown, line, len(before) - before.rfind("\n"))
        problem = Problem(f"byte 0x{content[error.start]:02x} is not UTF-8", place, "save the file as UTF-8")
        raise YamlError(problem) from error


def _walk(directory: Path, found: Collected) -> Iterator[Path]:
    """The YAML and JSON files below a directory, in the order of their paths."""
    here: list[Path] = []
    patches: set[str] = set()
    for root, directories, files in os.walk(
        directory, onerror=lambda error: found.problems.append(_not_there(str(error.filename), error))
    ):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        if CHART_FILE in files and "templates" in directories:
            directories.remove("templates")
            found.passed_over["of a Helm chart, whose templates make sense only rendered"] += 1
        kustomization = read_kustomization(Path(root), files)
        patches |= kustomization.patches
        if kustomization.is_overlay:
            found.overlays.add(root)
        here += (
            Path(root, name)
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


def _not_there(name: str, error: OSError | ValueError) -> Problem:
    if isinstance(error, OSError) and not isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Problem(f"cannot be read: {system_words(error)}", Place(name, 0, 0), "mend its permissions")
    return Problem(
        "there is no such file or directory",
        Place(name, 0, 0),
        "name files of manifests, directories of them, or - for standard input",
    )


def _too_large(shown: str, size: int) -> Problem:
    return Problem(
        f"the file has {size} bytes, more than {LARGEST}", Place(shown, 0, 0), "split it into several files"
    )
