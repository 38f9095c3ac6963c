"""Kill the tree writer before each of its system calls, and look at what is left.

A program of its own, started by test_journal_kill.py, because it forks and traces: the child asks
to be traced (ptrace(2)), stops at every system call, and the parent kills it before the Nth one,
for every N until the writer gets through. No call is left out, whoever makes it.

Usage: python interrupted_writer.py SCENARIO DIRECTORY; prints how many kills were survived.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.errors import OutputError
from k8sgen.render.tree import (
    LIST,
    Listed,
    Marked,
    Marker,
    marker_line,
    plan_tree,
    recover,
    with_list,
    write_tree,
)
from k8sgen.render.tree.paths import STAGING

if TYPE_CHECKING:
    from collections.abc import Callable

TRACEME, SYSCALL, SETOPTIONS = 0, 24, 0x4200
MARK_SYSTEM_CALLS, KILL_WITH_PARENT = 1, 0x100000
AT_SYSTEM_CALL = signal.SIGTRAP | 0x80
Tree = dict[str, bytes]

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
LIBC.ptrace.restype = ctypes.c_long


def ptrace(request: int, pid: int, data: int = 0) -> None:
    """Ask the kernel, and fail aloud."""
    if LIBC.ptrace(request, pid, None, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace: {os.strerror(number)}")


def killed_before(number: int, run: Callable[[], object]) -> bool:
    """Run in a child that is killed before its Nth system call; False when it ended before that."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            ptrace(TRACEME, 0)
            os.kill(os.getpid(), signal.SIGSTOP)
            run()
            status = 0
        finally:
            os._exit(status)
    os.waitpid(pid, 0)
    ptrace(SETOPTIONS, pid, MARK_SYSTEM_CALLS | KILL_WITH_PARENT)
    calls, entering = 0, True
    while True:
        ptrace(SYSCALL, pid)
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, "the writer failed by itself"
            return False
        assert os.WIFSTOPPED(status), status
        if os.WSTOPSIG(status) != AT_SYSTEM_CALL:
            continue
        if entering:
            calls += 1
            if calls == number:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return True
        entering = not entering


def ours(text: str) -> bytes:
    """Return a marked file."""
    return f"{marker_line(Marker('service.yaml'))}\n{text}\n".encode()


NOTE = {"note.txt": b"by hand", "a/readme.yaml": b"by hand: true\n"}
OLD = {
    "a/changed.yaml": ours("old"),
    "a/same.yaml": ours("same"),
    "b/deep/stale.yaml": ours("stale"),
    "b/changed.yaml": ours("old"),
    "stale.yaml": ours("stale"),
}
NEW = {
    "a/changed.yaml": ours("new"),
    "a/same.yaml": ours("same"),
    "a/new.yaml": ours("new"),
    "b/changed.yaml": ours("new"),
    "c/d/new.yaml": ours("new"),
    "new.yaml": ours("new"),
}
CHANGES: dict[str, tuple[Tree, Tree]] = {
    "initial": ({}, NEW),
    "changed": (OLD | NOTE, NEW | NOTE),
    "removed": (OLD | NOTE, NOTE),
    "taking-back": (OLD | NOTE, NEW | NOTE),
    "recovering": (OLD | NOTE, NEW | NOTE),
    "recovering-back": (OLD | NOTE, NEW | NOTE),
    "listed-initial": ({}, with_list(NEW)),
    "listed-changed": (with_list(OLD) | NOTE, with_list(NEW) | NOTE),
    "listed-recovering": (with_list(OLD) | NOTE, with_list(NEW) | NOTE),
}
STRIDE = 16
"""In the `recovering` scenarios every call of the recovery is met, after every so-manieth of the writer."""


def snapshot(root: Path) -> Tree:
    """Return every file and, with a closing slash, every directory."""
    return {
        path.relative_to(root).as_posix() + ("/" if path.is_dir() else ""): b""
        if path.is_dir()
        else path.read_bytes()
        for path in root.rglob("*")
    }


def with_directories(files: Tree) -> Tree:
    """Add the directories that the files stand in."""
    above = {parent.as_posix() for path in files for parent in Path(path).parents} - {"."}
    return files | {f"{path}/": b"" for path in above}


def lay_out(root: Path, files: Tree) -> None:
    """Make the tree afresh; an empty one means that the directory does not exist."""
    shutil.rmtree(root, ignore_errors=True)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def write(root: Path, files: Tree) -> None:
    """Plan and write, as the command does."""
    wanted = {path: content for path, content in files.items() if path not in NOTE}
    write_tree(plan_tree(root, wanted, Listed() if LIST in files else Marked(lambda _: True)))


def fail_half_way(root: Path, files: Tree) -> None:
    """Write on a disk that refuses the fifth rename, so that the writer has to go back."""
    rename, calls = os.rename, 0

    def refusing(*args: Any, **kwargs: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rename(*args, **kwargs)

    os.rename = refusing
    try:
        write(root, files)
    except OutputError:
        pass
    finally:
        os.rename = rename


def check(root: Path, old: Tree, new: Tree, number: int) -> str:
    """Look at what a kill has left, recover, and look again; return which tree it is."""
    if root.exists():
        for path, content in snapshot(root).items():
            if not path.startswith(STAGING) and not path.endswith("/"):
                assert content in (old.get(path), new.get(path)), f"kill {number}: {path} is torn"
        recover(root)
    left = snapshot(root) if root.exists() else {}
    assert left in (with_directories(old), with_directories(new)), f"kill {number}: {sorted(left)}"
    which = "old" if left == with_directories(old) else "new"
    write(root, new)
    assert snapshot(root) == with_directories(new), f"kill {number}: the next run did not finish"
    return which


def kill_recovery(root: Path, old: Tree, new: Tree, number: int) -> list[str]:
    """Kill the recovery of what a killed writer has left before each of its own calls."""
    left = root.with_name(f"{root.name}-left")
    shutil.copytree(root, left)
    outcomes = []
    again = 1
    while killed_before(again, lambda: recover(root)):
        outcomes.append(check(root, old, new, number))
        shutil.rmtree(root)
        shutil.copytree(left, root)
        again += 1
    shutil.rmtree(left)
    return outcomes


def main(scenario: str, root: Path) -> None:
    """Kill before every call, and for `recovering` kill the recovery before each of its calls."""
    old, new = CHANGES[scenario]
    run = fail_half_way if scenario in {"taking-back", "recovering-back"} else write
    outcomes: list[str] = []
    number = 1
    lay_out(root, old)
    while killed_before(number, lambda: run(root, new)):
        if "recovering" not in scenario:
            outcomes.append(check(root, old, new, number))
            number += 1
        else:
            staging = root / STAGING
            if (staging / "journal").exists() or (staging / "undo").exists():
                outcomes += kill_recovery(root, old, new, number)
            number += STRIDE
        lay_out(root, old)
    sys.stdout.write(f"{len(outcomes)} kills: {outcomes.count('old')} old, {outcomes.count('new')} new\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
