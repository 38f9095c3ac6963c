"""Plans the output tree: what a run would write, change and remove, shown as a diff or carried out.

Whoever renders gives whole contents by path. A plan compares them with what is there; nothing is
touched before every file has been looked at, and a tree that is current is not touched at all.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from k8sgen.errors import OutputError, Problem, system_words
from k8sgen.render.tree.diff import diff_file
from k8sgen.render.tree.journal import Moved, Recovery, Step, Stuck, commit, recover, recover_locked
from k8sgen.render.tree.lock import locked
from k8sgen.render.tree.look import MOVE_AWAY, Change, Found, Look, signature_of
from k8sgen.render.tree.paths import STAGING, check_paths, directories_above, place_of, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from k8sgen.render.tree.ownership import Ownership

_LOOKS = 3
"""How often a plan looks while others write, before it locks them out to look."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many files a plan leaves in which way, for the summary."""

    written: int
    changed: int
    unchanged: int
    removed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between a directory and the files it should hold.

    `changes` is sorted by path and holds nothing for unchanged files. `edited` names those of them that
    somebody has changed since k8sgen wrote them, where that is known. `recovered` says what became of an
    interrupted run that was found in the directory.
    """

    root: Path
    changes: tuple[Change, ...]
    edited: tuple[str, ...]
    recovered: Recovery | None
    _files: Mapping[str, bytes]
    _ownership: Ownership
    _found: Mapping[str, Found]
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
            "".join(diff_file(change, self._old(change.path), self._files.get(change.path, b"")))
            for change in self.changes
        )

    def _old(self, path: str) -> bytes:
        found = self._found.get(path)
        return found.content if found else b""


def plan_tree(root: Path, files: Mapping[str, bytes], ownership: Ownership) -> Plan:
    """Compare the directory with `files` (paths relative to it, with `/`), reading each file once.

    `ownership` says which files are ours: those that differ are changed, and those that are not in
    `files` are stale and will be removed. An interrupted run is finished or undone first.

    Raises:
        OutputError: every path that cannot be, and everything in the way that is not ours.
    """
    check_paths(root, files)
    recovered = None
    for _ in range(_LOOKS):
        before = signature_of(root)
        recovered = recover(root) or recovered
        try:
            plan = _look(root, files, ownership, recovered)
        except OutputError:
            if before == signature_of(root):
                raise
            continue  # another run was writing: what is missing now was being renamed
        if before == signature_of(root):
            return plan
    with locked(root) as root_fd:
        recovered = recover_locked(root, root_fd) or recovered
        return _look(root, files, ownership, recovered)


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
            same = signature_of(plan.root) == before if before else not any(plan.root.iterdir())
            if recovered or not same:
                plan = _look(plan.root, plan._files, plan._ownership, recovered or plan.recovered)  # noqa: SLF001
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
    make = sorted(directories_above(step.path for step in write) - plan._directories)  # noqa: SLF001 -- the same
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
                    place_of(root, path),
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


def _look(root: Path, files: Mapping[str, bytes], ownership: Ownership, recovered: Recovery | None) -> Plan:
    signature = signature_of(root)
    look = Look(root, files, ownership.claim(root, files))
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        if root.is_symlink():
            refuse(root, "", "this link leads nowhere", "remove it or choose another output directory")
    except NotADirectoryError:
        refuse(root, "", "the output directory is a file, or lies below one", MOVE_AWAY)
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
        tuple(sorted(look.edited)),
        recovered,
        files,
        ownership,
        look.found,
        frozenset(look.directories),
        signature,
    )
