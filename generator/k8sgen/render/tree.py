"""The output tree: what a run would write, change and remove, shown as a diff or carried out.

Whoever renders gives whole contents by path. A plan compares them with what is there; nothing is
touched before every file has been looked at, and a tree that is current is not touched at all.
"""

from __future__ import annotations

import difflib
import os
import stat
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from k8sgen.errors import OutputError, Place, Problem, system_words
from k8sgen.render.journal import (
    DIRECTORY,
    READ,
    STAGING,
    Moved,
    Recovery,
    Step,
    Stuck,
    clean,
    commit,
    locked,
    recover,
    recover_locked,
    refuse,
)
from k8sgen.render.marker import LONGEST, Marker, first_line, marker_line, read_marker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "Change",
    "Counts",
    "Marker",
    "Plan",
    "marker_line",
    "plan_tree",
    "read_marker",
    "recover",
    "write_tree",
]

Kind = Literal["written", "changed", "removed"]
_MOVE_AWAY = "move it away or choose another output directory"
_LOOKS = 3
"""How often a plan looks while others write, before it locks them out to look."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """What happens to one file: `written` is new, `changed` replaces other content."""

    path: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files a plan leaves in which way, for the summary."""

    written: int
    changed: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A file that was there: its content and what tells it from a later one (time in nanoseconds)."""

    content: bytes
    inode: int
    modified: int
    mode: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between a directory and the files it should hold.

    `changes` is sorted by path and holds nothing for unchanged files. `recovered` says what became
    of an interrupted run that was found in the directory.
    """

    root: Path
    changes: tuple[Change, ...]
    recovered: Recovery | None
    _files: Mapping[str, bytes]
    _covers: Callable[[Marker], bool]
    _found: Mapping[str, _Found]
    _directories: frozenset[str]
    _signature: tuple[int, ...] | None

    @property
    def stale(self) -> bool:
        """Whether the directory is not what the specs ask for."""
        return bool(self.changes)

    def counts(self) -> Counts:
        """Count files by what happens to them."""
        kinds = Counter(change.kind for change in self.changes)
        written, changed = kinds["written"], kinds["changed"]
        return Counts(written, changed, len(self._files) - written - changed, kinds["removed"])

    def diff(self) -> str:
        """Return the change as a unified diff that `git apply` accepts; "" when nothing changes."""
        return "".join(
            "".join(_diff_file(change, self._old(change.path), self._files.get(change.path, b"")))
            for change in self.changes
        )

    def _old(self, path: str) -> bytes:
        found = self._found.get(path)
        return found.content if found else b""


def plan_tree(root: Path, files: Mapping[str, bytes], covers: Callable[[Marker], bool]) -> Plan:
    """Compare the directory with `files` (paths relative to it, with `/`), reading each file once.

    `covers` says of a marker whether this run stands for its spec and environment: such a marked
    file that is not in `files` is stale and will be removed. An interrupted run is finished or
    undone first.

    Raises:
        OutputError: every path that cannot be, and everything in the way that is not ours.
    """
    _check_paths(root, files)
    recovered = None
    for _ in range(_LOOKS):
        before = _signature(root)
        recovered = recover(root) or recovered
        try:
            plan = _look(root, files, covers, recovered)
        except OutputError:
            if before == _signature(root):
                raise
            continue  # another run was writing: what is missing now was being renamed
        if before == _signature(root):
            return plan
    with locked(root) as root_fd:
        recovered = recover_locked(root, root_fd) or recovered
        return _look(root, files, covers, recovered)


def write_tree(plan: Plan) -> Plan:
    """Carry the plan out, wholly or not at all, and return what was done.

    That differs from the plan only when another run has written here meanwhile: then the
    directory is looked at again. Without changes nothing is opened, locked or written.

    Raises:
        OutputError: the system refused, or something foreign has come into the way. The
            directory is as it was before.
    """
    if not plan.changes:
        return plan
    made = _make_root(plan.root)
    done = False
    try:
        with locked(plan.root) as root_fd:
            recovered = recover_locked(plan.root, root_fd)
            before = plan._signature  # noqa: SLF001 -- our own dataclass
            same = _signature(plan.root) == before if before else not any(plan.root.iterdir())
            if recovered or not same:
                plan = _look(plan.root, plan._files, plan._covers, recovered or plan.recovered)  # noqa: SLF001
            if plan.changes:
                _commit(plan, root_fd)
        done = True
    finally:
        if not done:
            for directory in reversed(made):
                try:
                    directory.rmdir()
                except OSError:
                    break
    return plan


def _commit(plan: Plan, root_fd: int) -> None:
    root, files, found = plan.root, plan._files, plan._found  # noqa: SLF001 -- our own dataclass
    write = [Step(change.path, files[change.path]) for change in plan.changes if change.kind == "written"]
    change = [
        Step(path, files[path], found[path].inode, found[path].modified, found[path].mode)
        for path in (change.path for change in plan.changes if change.kind == "changed")
    ]
    remove = [change.path for change in plan.changes if change.kind == "removed"]
    make = sorted(_above(step.path for step in write) - plan._directories)  # noqa: SLF001 -- the same
    touched = {path.rpartition("/")[0] for path in (*make, *(c.path for c in plan.changes))} - set(make)
    closed = [
        path
        for path in sorted(touched | {""})
        if not os.access(root / path, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)
    ]
    if closed:
        raise OutputError(
            *(
                Problem(
                    "cannot write into this directory: permission denied",
                    _place(root, path),
                    "make it writable or choose another output directory",
                )
                for path in closed
            )
        )
    try:
        commit(root_fd, make, write, change, remove)
    except OSError as error:
        refuse(
            root,
            "",
            f"cannot write here, nothing has been changed: {system_words(error)}",
            "mend this and run again",
        )
    except Moved as moved:
        refuse(root, str(moved), "this file was changed while k8sgen was about to write it", "run again")
    except Stuck as stuck:
        refuse(
            root,
            STAGING,
            f"writing failed half way, and so did going back: {stuck}",
            "mend this and run again: the next run goes back first",
        )


def _make_root(root: Path) -> list[Path]:
    """Create the directory and those above it; return what was created, outermost first."""
    missing = []
    made: list[Path] = []
    try:
        above = root
        while not above.exists() and not above.is_symlink():
            missing.append(above)
            above = above.parent
        for directory in reversed(missing):
            try:
                directory.mkdir()
            except FileExistsError:  # another run was faster
                continue
            made.append(directory)
    except OSError as error:
        for directory in reversed(made):
            directory.rmdir()
        refuse(
            root, "", f"cannot create the output directory: {system_words(error)}", "choose another directory"
        )
    return made


def _check_paths(root: Path, files: Mapping[str, bytes]) -> None:
    """Refuse paths that leave the root, and those that a file system or Git client mixes up."""
    problems = []
    seen: dict[str, str] = {}
    directories: dict[str, str] = {}
    for path in files:
        if wrong := clean(path):
            problems.append(
                Problem(
                    f"output path {path!r} {wrong}", _place(root, ""), "choose another name or output pattern"
                )
            )
            continue
        directory = path.rpartition("/")[0]
        while directory and directory not in directories:
            directories[directory] = path
            directory = directory.rpartition("/")[0]
        other = seen.setdefault(_folded(path), path)
        if other != path:
            problems.append(
                Problem(
                    f"{path!r} and {other!r} are one file where upper and lower case do not count",
                    _place(root, path),
                    "give one of the two another name",
                )
            )
    for directory, below in directories.items():
        clash = seen.get(_folded(directory))
        if clash is not None:
            problems.append(
                Problem(
                    f"{clash!r} would be a file and, for {below!r}, a directory",
                    _place(root, clash),
                    "give one of the two another name",
                )
            )
    if problems:
        raise OutputError(*problems)


def _folded(path: str) -> str:
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


def _above(paths: Iterable[str]) -> set[str]:
    """Return every directory above the paths, the root itself left out."""
    found: set[str] = set()
    for path in paths:
        directory = path.rpartition("/")[0]
        while directory and directory not in found:
            found.add(directory)
            directory = directory.rpartition("/")[0]
    return found


def _suffixes(paths: Iterable[str]) -> set[str]:
    names = {path.rpartition("/")[2] for path in paths}
    return {dot + suffix for _, dot, suffix in (name.rpartition(".") for name in names) if dot}


def _signature(root: Path) -> tuple[int, ...] | None:
    """Return what tells whether a run has written here since: each one makes and removes a directory.

    The count of links is that of directories on most file systems: it tells of a run that is still
    writing even where the clock of the file system is coarse.
    """
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_nlink


def _place(root: Path, path: str) -> Place:
    return Place(str(root / path), 1, 1)


class _Look:
    """One pass over the directory."""

    def __init__(self, root: Path, files: Mapping[str, bytes], covers: Callable[[Marker], bool]) -> None:
        self.root = root
        self.files = files
        self.covers = covers
        self.wanted_directories = _above(files)
        self.suffixes = (".yaml", ".yml", *_suffixes(files))
        self.found: dict[str, _Found] = {}
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
                        self.in_the_way(at, _what(entry), "file")
                elif entry.is_dir(follow_symlinks=False):
                    if name not in {".git", STAGING}:
                        below.append(name)
                elif at in self.wanted_directories:
                    self.in_the_way(at, _what(entry), "directory")
                elif name.endswith(self.suffixes) and entry.is_file(follow_symlinks=False):
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
            found = _Found(old + _rest(descriptor), *_identity(descriptor))
        except OSError as error:
            self.unreadable(path, "file", error)
            return
        finally:
            os.close(descriptor)
        if found.content == new:  # a short read
            return
        if read_marker(first_line(found.content)) is None:
            self.problems.append(
                Problem(
                    "this file is in the way: its first line does not say that k8sgen wrote it",
                    _place(self.root, path),
                    _MOVE_AWAY,
                )
            )
            return
        self.found[path] = found
        self.changes.append(Change(path, "changed"))

    def other(self, path: str, name: str, directory: int) -> None:
        """Find out whether a file that nobody asked for is a stale one of ours."""
        try:
            descriptor = os.open(name, READ, dir_fd=directory)
        except OSError as error:
            self.unreadable(path, "file", error)
            return
        try:
            content = os.read(descriptor, LONGEST)
            marker = read_marker(first_line(content))
            if marker is None or not self.covers(marker):
                return
            self.found[path] = _Found(content + _rest(descriptor), *_identity(descriptor))
            self.changes.append(Change(path, "removed"))
        except OSError as error:
            self.unreadable(path, "file", error)
        finally:
            os.close(descriptor)

    def in_the_way(self, path: str, what: str, wanted: str) -> None:
        """Note something of another kind where a file or directory of ours should be."""
        self.problems.append(
            Problem(f"this {what} is in the way of a {wanted}", _place(self.root, path), _MOVE_AWAY)
        )

    def unreadable(self, path: str, what: str, error: OSError) -> None:
        """Note what could not be looked at: it may be ours and stale."""
        self.problems.append(
            Problem(
                f"cannot read this {what}: {system_words(error)}",
                _place(self.root, path),
                "make it readable or choose another output directory",
            )
        )


def _look(
    root: Path, files: Mapping[str, bytes], covers: Callable[[Marker], bool], recovered: Recovery | None
) -> Plan:
    signature = _signature(root)
    look = _Look(root, files, covers)
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        if root.is_symlink():
            refuse(root, "", "this link leads nowhere", "remove it or choose another output directory")
    except NotADirectoryError:
        refuse(root, "", "the output directory is a file, or lies below one", _MOVE_AWAY)
    except OSError as error:
        refuse(
            root, "", f"cannot open the output directory: {system_words(error)}", "choose another directory"
        )
    else:
        try:
            look.directory("", descriptor)
        finally:
            os.close(descriptor)
    if look.problems:
        raise OutputError(*sorted(look.problems, key=lambda problem: (problem.place, problem.message)))
    look.changes += [Change(path, "written") for path in files if path not in look.present]
    return Plan(
        root,
        tuple(sorted(look.changes)),
        recovered,
        files,
        covers,
        look.found,
        frozenset(look.directories),
        signature,
    )


def _what(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "directory"
    return "file" if entry.is_file(follow_symlinks=False) else "special file"


def _rest(descriptor: int) -> bytes:
    """Read on to the end."""
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _identity(descriptor: int) -> tuple[int, int, int]:
    status = os.fstat(descriptor)
    return status.st_ino, status.st_mtime_ns, stat.S_IMODE(status.st_mode)


def _diff_file(change: Change, old: bytes, new: bytes) -> Iterator[str]:
    """Draw one file as git does; bytes that are not UTF-8 are shown as escapes."""
    tab = "\t" if " " in change.path else ""
    before, after = f"a/{change.path}", f"b/{change.path}"
    yield f"diff --git {before} {after}\n"
    if change.kind == "written":
        yield "new file mode 100644\n"
    elif change.kind == "removed":
        yield "deleted file mode 100644\n"
    old_lines, new_lines = _lines(old), _lines(new)
    if old_lines == new_lines:
        return
    yield "--- /dev/null\n" if change.kind == "written" else f"--- {before}{tab}\n"
    yield "+++ /dev/null\n" if change.kind == "removed" else f"+++ {after}{tab}\n"
    hunks = difflib.unified_diff(old_lines, new_lines)
    next(hunks)
    next(hunks)
    for line in hunks:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    """Split at line feeds alone: other line breaks may stand inside a value."""
    lines = content.decode(errors="backslashreplace").split("\n")
    last = lines.pop()
    return [f"{line}\n" for line in lines] + ([last] if last else [])
