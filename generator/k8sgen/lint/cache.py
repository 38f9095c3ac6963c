"""Files that were read and validated before and were sound: an unchanged file costs its hash.

An entry holds the values of one file, under a hash of its bytes, of the Kubernetes versions and of the
code that reads and validates, or what a whole run found (see `results`).
Nothing depends on the cache: it is skipped where it cannot be written, and an entry that does not
read as one is no entry.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from k8sgen.validate.definitions import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RUNS: Final = "runs"
"""The directory of what whole runs found, which may be much."""
MOST_ENTRIES: Final = 50_000
MOST_RUNS: Final = 100
"""Beyond, everything is thrown away, and what is in use comes back."""

_READING: Final = (
    "lint/read.py",
    "lint/validation.py",
    "validate",
    "validate/apiserver",
    "yamltext",
    "features.py",
)
_JUDGING: Final = ("lint", "lint/rules", "findings.py", "manifests.py")


class Cache:
    """The entries for some Kubernetes versions. Not for runs with schemas of the user: those change by themselves."""

    def __init__(self, minors: Sequence[int], version: str, directory: Path | None = None) -> None:
        self.directory = directory or _directory()
        self._minors = tuple(minors)
        self._version = version
        self._pruned: set[Path] = set()

    @cached_property
    def _salt(self) -> bytes:
        data = [stamp(minor) for minor in self._minors]
        return f"{self._version} {self._minors} {data} {_code(_READING)} ".encode()

    @property
    def code(self) -> str:
        """What tells the code of rules apart."""
        return _code(_JUDGING)

    def key(self, content: bytes) -> str:
        """What a file's entry is called."""
        return hashlib.blake2b(self._salt + content, digest_size=20).hexdigest()

    def load(self, key: str) -> list[Any] | None:
        """What is kept under a name: the values of a file that is known to be sound, or what a run found."""
        import orjson

        try:
            values = orjson.loads((self.directory / key).read_bytes())
        except (OSError, ValueError):
            return None
        return values if isinstance(values, list) else None

    def store(self, key: str, values: list[Any]) -> None:
        """Keep it; what JSON cannot say is not kept."""
        import orjson

        path = self.directory / key
        try:
            self._prune(path.parent)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
            with os.fdopen(handle, "wb") as file:
                file.write(orjson.dumps(values))
            Path(temporary).replace(path)
        except (OSError, TypeError):
            return

    def _prune(self, directory: Path) -> None:
        if directory in self._pruned:
            return
        self._pruned.add(directory)
        directory.mkdir(parents=True, exist_ok=True)
        with os.scandir(directory) as found:
            entries = [entry.path for entry in found if entry.is_file()]
        most = MOST_RUNS if directory.name == RUNS else MOST_ENTRIES
        for entry in entries if len(entries) > most else ():
            Path(entry).unlink(missing_ok=True)


def _directory() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("k8sgen") / "lint"


def _code(names: Iterable[str]) -> str:
    """How many modules there are, and when they were changed."""
    here = Path(__file__).parents[1]
    stamps = [path.stat().st_mtime_ns for name in names for path in _files(here / name)]
    return f"{len(stamps)} {sum(stamps)}"


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path]
