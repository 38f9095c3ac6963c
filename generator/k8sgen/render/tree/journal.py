"""Changes several files of a directory so that a kill leaves all of the old or all of the new.

Everything is staged in `.k8sgen-staging` inside the directory: new contents, and a second name for
each old file. Then the journal appears there by a rename: from that moment the change is decided,
before it nothing has happened. Renames carry it out. The next run finds what a killed one left:
without a journal it clears the staging directory, with one it finishes the renames, or takes them
back when something foreign has come into the way.

What survives what: a kill at any moment leaves no torn file, because a file appears only by rename,
and a wholly old or wholly new tree after the next run. A loss of power is met as well as one flush
per directory can: file data and journal are not flushed one by one (160 small files
took 47 ms so, 4 ms with one flush of the directory), so files written in the last seconds may be
empty afterwards. An empty file has no marker: the next run names it as being in the way, and it is
restored with git or removed by hand.

Every path is walked from the directory's own descriptor without following links, so nothing
outside it can be reached, even when somebody swaps a directory for a link meanwhile.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from k8sgen.errors import system_words
from k8sgen.render.marker import LONGEST, first_line, read_marker
from k8sgen.render.tree.handles import DIRECTORY, READ, Handles
from k8sgen.render.tree.lock import locked
from k8sgen.render.tree.paths import STAGING, clean, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_STAGED_NAME = re.compile(r"journal|journal\.new|undo|[wnor][0-9]+")

Recovery = Literal["finished", "undone"]


@dataclass(frozen=True, slots=True)
class Step:
    """One file to write: where, the whole content, and for an existing file what it was like.

    `inode`, `modified` (nanoseconds) and `mode` are those of the file that the plan has seen.
    """

    path: str
    content: bytes
    inode: int = 0
    modified: int = 0
    mode: int = 0


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done, by paths relative to the directory; the position names the staged file.

    `write` and `change` carry the CRC-32 of the new content, by which a later run tells our file
    from one that somebody has put there since.
    """

    make: tuple[str, ...]
    write: tuple[tuple[str, int], ...]
    change: tuple[tuple[str, int], ...]
    remove: tuple[str, ...]

    def dump(self) -> bytes:
        """Return the journal's text: a checksum, then the lists."""
        body = json.dumps([self.make, self.write, self.change, self.remove]).encode()
        return hashlib.sha256(body).hexdigest().encode() + b"\n" + body

    @classmethod
    def load(cls, text: bytes) -> Journal | None:
        """Read what `dump` wrote; None when it is torn, as after a loss of power."""
        digest, _, body = text.partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        make, write, change, remove = json.loads(body)
        return cls(
            tuple(map(str, make)),
            tuple((str(path), int(crc)) for path, crc in write),
            tuple((str(path), int(crc)) for path, crc in change),
            tuple(map(str, remove)),
        )

    def paths(self) -> Iterator[str]:
        """Every path that the journal names."""
        yield from self.make
        yield from (path for path, _ in self.write)
        yield from (path for path, _ in self.change)
        yield from self.remove


def recover(root: Path) -> Recovery | None:
    """Finish or undo what a killed run left in the directory; None when there was nothing."""
    try:
        os.lstat(root / STAGING)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        refuse(
            root,
            "",
            f"cannot look into the output directory: {system_words(error)}",
            "choose another directory",
        )
    with locked(root) as descriptor:
        return recover_locked(root, descriptor)


def recover_locked(root: Path, root_fd: int) -> Recovery | None:
    """Do what `recover` does for one who already holds the lock."""
    try:
        staging = os.open(STAGING, DIRECTORY, dir_fd=root_fd)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in {errno.ENOTDIR, errno.ELOOP}:
            refuse(root, STAGING, "this is in the way: k8sgen stages files under this name", "move it away")
        refuse(root, STAGING, f"cannot open this directory: {system_words(error)}", "mend this and run again")
    try:
        names, journal = _left_behind(root, staging)
        result: Recovery = "undone"
        if journal is None:
            for torn in names & {"journal", "undo"}:
                os.unlink(torn, dir_fd=staging)
        elif "undo" in names:
            _undo(root_fd, staging, journal)
        elif _foreign(root_fd, staging, journal):
            _take_back(root_fd, staging, journal)
        else:
            _finish_or_take_back(root_fd, staging, journal)
            result = "finished"
        _discard(root_fd, staging)
    except (OSError, ValueError, TypeError, Stuck) as error:
        reason = system_words(error) if isinstance(error, OSError) else str(error)
        refuse(
            root,
            STAGING,
            f"a run of k8sgen was interrupted here and cannot be finished or undone: {reason}",
            "mend the cause and run again; or restore the directory from git and remove this one",
        )
    finally:
        os.close(staging)
    return result


def _left_behind(root: Path, staging: int) -> tuple[set[str], Journal | None]:
    """Return what stands in the staging directory and the journal, if one can be read.

    A repository may carry a staging directory that somebody made up, so nothing here is trusted.
    """
    names = set(os.listdir(staging))
    foreign = [name for name in names if not _STAGED_NAME.fullmatch(name)]
    journal = None
    if not foreign and names & {"journal", "undo"}:
        journal = Journal.load(_read(staging, "undo" if "undo" in names else "journal"))
        foreign = [path for path in journal.paths() if clean(path)] if journal else []
    if foreign:
        refuse(
            root,
            STAGING,
            f"this directory holds {min(foreign)!r}, which k8sgen did not put there",
            "move it away: k8sgen stages files under this name",
        )
    return names, journal


def commit(
    root_fd: int,
    make: Sequence[str],
    write: Sequence[Step],
    change: Sequence[Step],
    remove: Sequence[str],
) -> None:
    """Carry out all of it or, after any error, none; the caller holds the lock.

    Raises:
        OSError: as the system said it; nothing has been changed.
        Moved: a file is no longer what the plan has seen; nothing has been changed.
        Stuck: half is changed, and the next run will go back.
    """
    os.mkdir(STAGING, 0o700, dir_fd=root_fd)
    try:
        staging = os.open(STAGING, DIRECTORY, dir_fd=root_fd)
    except OSError:
        os.rmdir(STAGING, dir_fd=root_fd)
        raise
    try:
        journal = Journal(
            tuple(make),
            tuple((step.path, zlib.crc32(step.content)) for step in write),
            tuple((step.path, zlib.crc32(step.content)) for step in change),
            tuple(remove),
        )
        try:
            _stage(root_fd, staging, write, change, set(make))
            _put(staging, "journal.new", journal.dump())
            os.rename("journal.new", "journal", src_dir_fd=staging, dst_dir_fd=staging)
            _finish_or_take_back(root_fd, staging, journal)
        finally:
            with suppress(OSError):  # the outcome stands; the next run clears what is left
                _discard(root_fd, staging)
    finally:
        os.close(staging)


class Moved(Exception):  # noqa: N818 -- says what has happened to a file; never leaves the package
    """A file has changed between planning and writing; the argument is its path."""


class Stuck(Exception):  # noqa: N818 -- the same
    """Writing failed half way, and so did going back; the journal stays for the next run."""


def _stage(
    root_fd: int, staging: int, write: Sequence[Step], change: Sequence[Step], new_directories: set[str]
) -> None:
    usual_mode = -1
    with Handles(root_fd) as handles:
        for number, step in enumerate(write):
            _put(staging, f"w{number}", step.content)
            if step.path.rpartition("/")[0] not in new_directories:
                directory, name = handles.split(step.path)
                if _exists(directory, name):
                    raise Moved(step.path)
        for number, step in enumerate(change):
            if usual_mode == -1 or step.mode != usual_mode:
                usual_mode = _put(staging, f"n{number}", step.content, step.mode)
            else:
                _put(staging, f"n{number}", step.content)
            directory, name = handles.split(step.path)
            _keep(directory, name, staging, f"o{number}")
            seen = os.stat(name, dir_fd=directory, follow_symlinks=False)
            if (seen.st_ino, seen.st_mtime_ns) != (step.inode, step.modified):
                raise Moved(step.path)


def _keep(directory: int, name: str, staging: int, kept: str) -> None:
    """Give the old file a second name, or copy it where the file system has no hard links."""
    try:
        os.link(name, kept, src_dir_fd=directory, dst_dir_fd=staging, follow_symlinks=False)
    except OSError as error:
        if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}:
            raise
        mode = stat.S_IMODE(os.stat(name, dir_fd=directory, follow_symlinks=False).st_mode)
        _put(staging, kept, _read(directory, name), mode)


def _put(directory: int, name: str, content: bytes, mode: int = -1) -> int:
    """Create a file; with a mode, give it that one and return what it would have had."""
    usual = -1
    descriptor = os.open(name, _CREATE, 0o644, dir_fd=directory)
    try:
        done = os.write(descriptor, content)
        while done < len(content):
            done += os.write(descriptor, content[done:])
        if mode != -1:
            usual = stat.S_IMODE(os.fstat(descriptor).st_mode)
            if usual != mode:
                os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)
    return usual


def _read(directory: int, name: str, limit: int = -1) -> bytes:
    descriptor = os.open(name, READ, dir_fd=directory)
    with os.fdopen(descriptor, "rb") as file:
        return file.read(limit)


def _exists(directory: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _move(from_fd: int, name: str, to_fd: int, new_name: str) -> None:
    """Rename, unless an earlier run has already done it."""
    try:  # noqa: SIM105 -- `suppress` takes a microsecond, thousands of times
        os.rename(name, new_name, src_dir_fd=from_fd, dst_dir_fd=to_fd)
    except FileNotFoundError:
        pass


def _finish_or_take_back(root_fd: int, staging: int, journal: Journal) -> None:
    try:
        _finish(root_fd, staging, journal)
        os.unlink("journal", dir_fd=staging)
    except BaseException as error:
        try:
            _take_back(root_fd, staging, journal)
        except OSError as second:
            raise Stuck(system_words(second)) from error
        raise


def _finish(root_fd: int, staging: int, journal: Journal) -> None:
    """Do what is left to do. Removals first: two names may be one where case does not count."""
    touched = {path.rpartition("/")[0] for path in journal.paths()}
    with Handles(root_fd) as handles:
        for number, path in enumerate(journal.remove):
            with suppress(FileNotFoundError):  # its directory, emptied and removed already
                directory, name = handles.split(path)
                _move(directory, name, staging, f"r{number}")
        for path in journal.make:
            directory, name = handles.split(path)
            with suppress(FileExistsError):
                os.mkdir(name, dir_fd=directory)
        for prefix, steps in (("w", journal.write), ("n", journal.change)):
            for number, (path, _) in enumerate(steps):
                directory, name = handles.split(path)
                _move(staging, f"{prefix}{number}", directory, name)
        handles.forget()
        gone = _remove_emptied(handles, journal.remove)
        touched |= {path.rpartition("/")[0] for path in gone}
        for path in sorted(touched - gone):
            _flush(handles, path)


def _remove_emptied(handles: Handles, removed: Sequence[str]) -> set[str]:
    """Remove the directories that hold nothing any more, and return them."""
    gone: set[str] = set()
    for path in sorted({path.rpartition("/")[0] for path in removed}, reverse=True):
        directory = path
        while directory and directory not in gone:
            try:
                above, name = handles.split(directory)
                os.rmdir(name, dir_fd=above)
            except FileNotFoundError:
                pass
            except OSError:  # holds something, or may not be removed: it stays
                break
            gone.add(directory)
            directory = directory.rpartition("/")[0]
    return gone


def _flush(handles: Handles, directory: str) -> None:
    try:
        os.fsync(handles.at(directory))
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.ENOENT}:  # cannot flush directories
            raise


def _foreign(root_fd: int, staging: int, journal: Journal) -> bool:
    """Say whether something that a killed run has not seen stands where it still wants to write.

    Files of a directory with a list bear no marker: those still to be removed count as foreign, so that
    such a run is taken back, and the next one removes them.
    """
    staged = set(os.listdir(staging))
    with Handles(root_fd) as handles, suppress(NotADirectoryError):
        for number, (path, _) in enumerate(journal.write):
            if f"w{number}" in staged and _standing(handles, path) is not None:
                return True
        for number, (path, _) in enumerate(journal.change):
            if f"n{number}" in staged:
                found = _standing(handles, path)
                kept = os.stat(f"o{number}", dir_fd=staging, follow_symlinks=False).st_ino
                if found is not None and found.st_ino != kept and not _marked(handles, path):
                    return True
        for number, path in enumerate(journal.remove):
            if f"r{number}" not in staged:
                found = _standing(handles, path)
                if found is not None and not _marked(handles, path):
                    return True
        return False
    return True  # a file or link stands where a directory was


def _standing(handles: Handles, path: str) -> os.stat_result | None:
    try:
        directory, name = handles.split(path)
        return os.stat(name, dir_fd=directory, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _marked(handles: Handles, path: str) -> bool:
    directory, name = handles.split(path)
    try:
        return read_marker(first_line(_read(directory, name, LONGEST))) is not None
    except OSError:  # a directory, a link, a socket
        return False


def _take_back(root_fd: int, staging: int, journal: Journal) -> None:
    """Decide for the old tree, durably, then go back to it."""
    os.rename("journal", "undo", src_dir_fd=staging, dst_dir_fd=staging)
    _undo(root_fd, staging, journal)


def _undo(root_fd: int, staging: int, journal: Journal) -> None:
    """Go back to the old tree; what somebody has changed since stays as it is. Needs no disk space."""
    staged = set(os.listdir(staging))
    with Handles(root_fd) as handles:
        for number, (path, crc) in enumerate(journal.change):
            if f"n{number}" not in staged and f"o{number}" in staged and _is_new(handles, path, crc):
                directory, name = handles.split(path)
                _move(staging, f"o{number}", directory, name)
        for number, (path, crc) in enumerate(journal.write):
            if f"w{number}" not in staged and _is_new(handles, path, crc):
                directory, name = handles.split(path)
                _move(directory, name, staging, f"w{number}")
        handles.forget()
        for path in reversed(journal.make):
            with suppress(OSError):
                directory, name = handles.split(path)
                os.rmdir(name, dir_fd=directory)
        for number, path in enumerate(journal.remove):
            if f"r{number}" in staged:
                _make_above(handles, path)
                directory, name = handles.split(path)
                if not _exists(directory, name):
                    _move(staging, f"r{number}", directory, name)
    os.unlink("undo", dir_fd=staging)


def _is_new(handles: Handles, path: str, crc: int) -> bool:
    """Say whether the file is the one that we put there (or has gone, and can be put back)."""
    try:
        directory, name = handles.split(path)
        return zlib.crc32(_read(directory, name)) == crc
    except OSError as error:
        return error.errno == errno.ENOENT


def _make_above(handles: Handles, path: str) -> None:
    parts = path.split("/")[:-1]
    for depth in range(len(parts)):
        above = handles.at("/".join(parts[:depth]))
        with suppress(FileExistsError):
            os.mkdir(parts[depth], dir_fd=above)


def _discard(root_fd: int, staging: int) -> None:
    """Remove the staging directory, unless a journal in it still has to be carried out."""
    names = os.listdir(staging)
    if "journal" in names or "undo" in names:
        return
    for name in names:
        os.unlink(name, dir_fd=staging)
    os.rmdir(STAGING, dir_fd=root_fd)
