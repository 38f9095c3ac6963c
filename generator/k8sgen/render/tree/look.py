"""One look at the output directory: what differs from what should be there, and what is in the way."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from k8sgen.errors import Problem, system_words
from k8sgen.render.marker import LONGEST
from k8sgen.render.tree.handles import DIRECTORY, READ
from k8sgen.render.tree.paths import STAGING, directories_above, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from k8sgen.render.tree.ownership import Claim

Kind = Literal["written", "changed", "removed"]
MOVE_AWAY = "move it away or choose another output directory"


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What happens to one file: `written` is new, `changed` replaces other content."""

    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was there: its content and what tells it from a later one (time in nanoseconds)."""

    content: bytes
    inode: int
    modified: int
    mode: int


class Look:
    """One pass over the directory; `claim` says which of its files are ours."""

    def __init__(self, root: Path, files: Mapping[str, bytes], claim: Claim) -> None:
        self.root = root
        self.files = files
        self.claim = claim
        self.wanted_directories = directories_above(files)
        self.edited: list[str] = []
        self.found: dict[str, Found] = {}
        self.directories: set[str] = set()
        self.present: set[str] = set()
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def directory(self, path: str, descriptor: int) -> None:
        """Look at one directory, then at those below it."""
        prefix = f"{path}/" if path else ""
        below = []
        with os.scandir(descriptor) as entries:
            for entry in entries:
                name = entry.name
                at = prefix + name
                if at in self.files:
                    if entry.is_file(follow_symlinks=False):
                        self.wanted(at, name, descriptor)
                    else:
                        self.in_the_way(at, what_is(entry), "file")
                elif entry.is_dir(follow_symlinks=False):
                    if name not in {".git", STAGING}:
                        below.append(name)
                elif at in self.wanted_directories:
                    self.in_the_way(at, what_is(entry), "directory")
                elif self.claim.may_be_ours(at) and entry.is_file(follow_symlinks=False):
                    self.other(at, name, descriptor)
        for name in below:
            at = prefix + name
            try:
                child = os.open(name, DIRECTORY, dir_fd=descriptor)
            except OSError as error:
                self.unreadable(at, "directory", error)
                continue
            try:
                self.directories.add(at)
                self.directory(at, child)
            finally:
                os.close(child)

    def wanted(self, path: str, name: str, directory: int) -> None:
        """Compare a file that is there with what should be in it."""
        self.present.add(path)
        new = self.files[path]
        try:
            descriptor = os.open(name, READ, dir_fd=directory)
        except OSError as error:
            self.unreadable(path, "file", error)
            return
        try:
            old = os.read(descriptor, len(new) + 1)
            if old == new:
                return
            found = Found(old + rest_of(descriptor), *identity_of(descriptor))
        except OSError as error:
            self.unreadable(path, "file", error)
            return
        finally:
            os.close(descriptor)
        if found.content == new:  # a short read
            return
        if not self.claim.owns(path, found.content):
            self.problems.append(
                Problem(
                    f"this file is in the way: {self.claim.not_ours}",
                    place_of(self.root, path),
                    MOVE_AWAY,
                )
            )
            return
        self.change(path, "changed", found)

    def other(self, path: str, name: str, directory: int) -> None:
        """Find out whether a file that nobody asked for is a stale one of ours."""
        try:
            descriptor = os.open(name, READ, dir_fd=directory)
        except OSError as error:
            self.unreadable(path, "file", error)
            return
        try:
            content = os.read(descriptor, LONGEST)
            if not self.claim.is_stale(path, content):
                return
            found = Found(content + rest_of(descriptor), *identity_of(descriptor))
            self.change(path, "removed", found)
        except OSError as error:
            self.unreadable(path, "file", error)
        finally:
            os.close(descriptor)

    def change(self, path: str, kind: Kind, found: Found) -> None:
        """Note a file of ours that will not stay as it is."""
        self.found[path] = found
        self.changes.append(Change(path, kind))
        if self.claim.is_edited(path, found.content):
            self.edited.append(path)

    def in_the_way(self, path: str, what: str, wanted: str) -> None:
        """Note something of another kind where a file or directory of ours should be."""
        self.problems.append(
            Problem(f"this {what} is in the way of a {wanted}", place_of(self.root, path), MOVE_AWAY)
        )

    def unreadable(self, path: str, what: str, error: OSError) -> None:
        """Note what could not be looked at: it may be ours and stale."""
        self.problems.append(
            Problem(
                f"cannot read this {what}: {system_words(error)}",
                place_of(self.root, path),
                "make it readable or choose another output directory",
            )
        )


def signature_of(root: Path) -> tuple[int, ...] | None:
    """Return what tells whether a run has written here since: each one makes and removes a directory.

    The count of links is that of directories on most file systems: it tells of a run that is still
    writing even where the clock of the file system is coarse.
    """
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_nlink


def what_is(entry: os.DirEntry[str]) -> str:
    """Say what stands in the way, in a word."""
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "directory"
    return "file" if entry.is_file(follow_symlinks=False) else "special file"


def rest_of(descriptor: int) -> bytes:
    """Read on to the end."""
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def identity_of(descriptor: int) -> tuple[int, int, int]:
    """Return what tells an open file from a later one: inode, time in nanoseconds, mode."""
    status = os.fstat(descriptor)
    return status.st_ino, status.st_mtime_ns, stat.S_IMODE(status.st_mode)
