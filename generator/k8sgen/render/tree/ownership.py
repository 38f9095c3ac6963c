"""Which files of an output directory are ours: they may be overwritten, and removed once nothing asks for them.

In a tree of manifests each file says so in its first line, and files of others may stand beside them. A
directory that is one thing, such as a chart, carries a list of its files instead: `.k8sgen`, in the
format of sha256sum(1), so that `sha256sum -c .k8sgen` shows what was edited.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from k8sgen.errors import system_words
from k8sgen.render.marker import first_line, read_marker
from k8sgen.render.tree.handles import READ
from k8sgen.render.tree.paths import STAGING, clean, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from k8sgen.render.marker import Marker

LIST = ".k8sgen"
"""The list of the files of a directory that is ours as a whole."""

LINE = re.compile(r"([0-9a-f]{64})  (.+)")
LONGEST_LIST = 1 << 20
CHOOSE = "choose another directory, or move what is in it away"


class Claim(Protocol):
    """What is ours in a directory as it is now."""

    @property
    def not_ours(self) -> str:
        """How a message says that a file is in the way."""

    def may_be_ours(self, path: str) -> bool:
        """Whether a file that nobody asked for has to be looked into."""

    def owns(self, path: str, content: bytes) -> bool:
        """Whether a file that has to change is ours to change."""

    def is_stale(self, path: str, head: bytes) -> bool:
        """Whether a file that nobody asked for is ours to remove; `head` is its beginning."""

    def is_edited(self, path: str, content: bytes) -> bool:
        """Whether somebody has changed a file of ours since it was written, as far as is known."""


class Ownership(Protocol):
    """How files say that they are ours."""

    def claim(self, root: Path, files: Iterable[str]) -> Claim:
        """What is ours in the directory, in which `files` are wanted. Raises OutputError."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Each file says by its first line that it is ours.

    `covers` says of a marker whether this run stands for its spec and environment: such a file that
    nobody asks for is stale.
    """

    covers: Callable[[Marker], bool]
    suffixes: tuple[str, ...] = (".yaml", ".yml")
    not_ours: str = "its first line does not say that k8sgen wrote it"

    def claim(self, root: Path, files: Iterable[str]) -> Marked:  # noqa: ARG002 - the files say it themselves
        """The same, with the endings of the files that may be ours."""
        return Marked(self.covers, (".yaml", ".yml", *suffixes_of(files)))

    def may_be_ours(self, path: str) -> bool:
        """Only files of the endings that we write."""
        return path.endswith(self.suffixes)

    def owns(self, path: str, content: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """Any marker will do."""
        return read_marker(first_line(content)) is not None

    def is_stale(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """A marker that this run stands for."""
        marker = read_marker(first_line(head))
        return marker is not None and self.covers(marker)

    def is_edited(self, path: str, content: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """A marker does not tell."""
        return False


@dataclass(frozen=True, slots=True)
class Listed:
    """The directory is ours as a whole, and its list names our files with the SHA-256 of what we wrote."""

    digests: Mapping[str, str] = field(default_factory=dict)
    not_ours: str = f"{LIST} does not name it among the files that k8sgen wrote"

    def claim(self, root: Path, files: Iterable[str]) -> Listed:  # noqa: ARG002 - the list says it
        """What the directory's list says. Raises OutputError for a directory that has none and is not empty."""
        text = read_list(root)
        if text is None:
            found = entries(root)
            if found:
                refuse(
                    root,
                    "",
                    f"this directory is not empty, and {LIST} does not say that k8sgen wrote it: it holds {found[0]}",
                    CHOOSE,
                )
            return Listed()
        matches = [LINE.fullmatch(line) for line in text.splitlines()]
        paths = {match[2]: match[1] for match in matches if match and not clean(match[2])}
        if not paths or len(paths) < len(matches):
            refuse(
                root,
                LIST,
                "this is not a list that k8sgen wrote",
                "restore it, or remove the directory and run again",
            )
        return Listed({**paths, LIST: hashlib.sha256(text.encode()).hexdigest()})

    def may_be_ours(self, path: str) -> bool:
        """What the list names."""
        return path in self.digests

    def owns(self, path: str, content: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """What the list names, edited or not."""
        return path in self.digests

    def is_stale(self, path: str, head: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """All that it names is this run's."""
        return path in self.digests

    def is_edited(self, path: str, content: bytes) -> bool:
        """Whether it is not what the list says."""
        return hashlib.sha256(content).hexdigest() != self.digests[path]


def with_list(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files with the list that names them."""
    lines = [f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files)]
    return {**files, LIST: "".join(lines).encode()}


def read_list(root: Path) -> str | None:
    """The text of a directory's list, or None when there is none. Raises OutputError."""
    try:
        descriptor = os.open(root / LIST, READ)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        refuse(root, LIST, f"cannot read this file: {system_words(error)}", "make it readable")
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            refuse(root, LIST, "this is in the way of a file", CHOOSE)
        parts = []
        while part := os.read(descriptor, LONGEST_LIST):
            parts.append(part)
        return b"".join(parts).decode("utf-8", "replace")
    finally:
        os.close(descriptor)


def entries(root: Path) -> list[str]:
    """What stands in a directory, without what does not count: version control, and our own staging."""
    try:
        return sorted(path.name for path in root.iterdir() if path.name not in {".git", STAGING})
    except OSError:  # it is not there; what else is wrong is said when it is looked at
        return []


def suffixes_of(paths: Iterable[str]) -> set[str]:
    """The endings of the file names, each with its dot."""
    names = {path.rpartition("/")[2] for path in paths}
    return {dot + suffix for _, dot, suffix in (name.rpartition(".") for name in names) if dot}
