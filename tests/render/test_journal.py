"""What the writer does when the disk is full, another run is writing, or something stands in the way."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import resource
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from k8sgen.errors import OutputError
from k8sgen.render.tree import Marked, Marker, lock, marker_line, plan_tree, recover, write_tree
from k8sgen.render.tree.journal import Journal
from k8sgen.render.tree.paths import STAGING, clean

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
HEAD = marker_line(Marker("service.yaml"))


def ours(text: str) -> bytes:
    """Return a marked file."""
    return f"{HEAD}\n{text}\n".encode()


def every_marker(_: Marker) -> bool:
    """Cover every marker."""
    return True


everything = Marked(every_marker)


def write(root: Path, files: dict[str, bytes]) -> None:
    """Plan and write."""
    write_tree(plan_tree(root, files, everything))


def snapshot(root: Path) -> dict[str, bytes]:
    """Return the files below a directory."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


OLD = {"a/one.yaml": ours("old"), "a/two.yaml": ours("old"), "b/stale.yaml": ours("old")}
NEW = {"a/one.yaml": ours("new"), "a/two.yaml": ours("new"), "c/d/new.yaml": ours("new")}
CALLS = ("open", "write", "mkdir", "link", "rename", "unlink", "rmdir", "fsync", "stat", "listdir")


@pytest.mark.parametrize("call", CALLS)
def test_an_error_of_any_call_leaves_the_old_tree(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each use of each call fails once: an OutputError and the old tree, or success and the new one."""
    real = getattr(os, call)
    number, met = 0, True
    while met:
        number += 1
        met = False
        root = tmp_path / str(number)
        write(root, OLD)
        plan = plan_tree(root, NEW, everything)
        calls = 0

        def failing(*args: object, **kwargs: object) -> object:
            nonlocal calls, met
            calls += 1
            if calls == number:  # noqa: B023 -- used within this round
                met = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                write_tree(plan)
            except OutputError as error:
                assert "no space left on device" in str(error)  # noqa: PT017 -- either outcome is right
                expected = OLD
            else:
                expected = NEW
        recover(root)
        assert snapshot(root) == expected
        assert not (root / STAGING).exists()
    assert number > 1


def test_full_disk_says_so_and_changes_nothing(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: the write itself fails, in a real process."""
    root = tmp_path / "tree"
    write(root, OLD)
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from k8sgen.render.tree import Marked, plan_tree, write_tree\n"
        "from k8sgen.errors import OutputError\n"
        f"plan = plan_tree(Path(sys.argv[1]), {{'a/one.yaml': {HEAD.encode()!r} + b'\\n' + b'#' * 9000}}, Marked(lambda _: True))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))\n"
        "try: write_tree(plan)\n"
        "except OutputError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, root], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    assert done.stdout == (
        f"{root}:1:1: cannot write here, nothing has been changed: file too large\n"
        "  hint: mend this and run again\n"
    )
    assert snapshot(root) == OLD
    assert not (root / STAGING).exists()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 4096


def test_a_full_file_system_of_any_size_leaves_one_tree(tmp_path: Path) -> None:
    """On a small disk in memory, growing page by page until the change fits, each outcome is whole."""
    program = """
import subprocess, sys
from pathlib import Path
from k8sgen.errors import OutputError
from k8sgen.render.tree import Marked, Marker, marker_line, plan_tree, write_tree
head = marker_line(Marker("service.yaml")).encode() + b"\\n"
old = {f"a/{n}.yaml": head + b"# old" * 1000 for n in range(4)}
new = {f"{d}/{n}.yaml": head + b"# new" * 1500 for n in range(4) for d in "ab"}
refused = written = 0
for pages in range(12, 60):
    root = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={pages * 4}k,nr_inodes={pages}", "none", root], check=True)
    write_tree(plan_tree(root, old, Marked(lambda _: True)))
    try:
        write_tree(plan_tree(root, new, Marked(lambda _: True)))
        wanted = new
        written += 1
    except OutputError as error:
        assert str(error).startswith(f"{root}:1:1: cannot write here, nothing has been changed: no space left"), error
        wanted = old
        refused += 1
    left = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    assert left == wanted, sorted(left)
    assert not list(root.glob(".k8sgen*"))
    subprocess.run(["umount", root], check=True)
assert refused and written
print("whole")
"""
    isolated = ["unshare", "--map-root-user", "--mount"]
    can = subprocess.run(
        [*isolated, "mount", "-t", "tmpfs", "none", tmp_path], capture_output=True, check=False
    )
    if can.returncode:
        pytest.skip("this machine lets nobody mount a file system in a namespace of their own")
    done = subprocess.run(
        [*isolated, sys.executable, "-c", program, tmp_path],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert done.stdout == "whole\n", done.stderr


def test_runs_at_once_leave_the_tree_of_one(tmp_path: Path) -> None:
    """Four processes write different trees in turns; in the end every file is of the same one."""
    program = """
import sys
from pathlib import Path
from k8sgen.render.tree import Marked, Marker, marker_line, plan_tree, write_tree
for turn in range(15):
    head = marker_line(Marker("service.yaml")) + f"\\n# {sys.argv[2]} {turn}\\n"
    files = {f"{d}/{n}.yaml": head.encode() for d in "abc" for n in range(5)}
    files[f"own-{sys.argv[2]}/{turn}.yaml"] = head.encode()
    write_tree(plan_tree(Path(sys.argv[1]), files, Marked(lambda _: True)))
"""
    root = tmp_path / "tree"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, root, str(number)],
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        )
        for number in range(4)
    ]
    for process in running:
        assert process.communicate()[1] == ""
    left = snapshot(root)
    assert len(left) == 16
    assert len(set(left.values())) == 1


def test_a_second_run_gives_up_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is on the directory itself; waiting ends with a clear word."""
    write(tmp_path, OLD)
    plan = plan_tree(tmp_path, NEW, everything)
    monkeypatch.setattr(lock, "LOCK_SECONDS", 0.05)
    holder = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(holder, fcntl.LOCK_EX)
    with pytest.raises(OutputError) as caught:
        write_tree(plan)
    os.close(holder)
    assert str(caught.value) == (
        f"{tmp_path}:1:1: another run of k8sgen has been writing here for 0.05 seconds\n"
        "  hint: wait for it to end, then run again"
    )
    assert snapshot(tmp_path) == OLD


def leave_journal(root: Path, entries: Journal, **staged: bytes) -> None:
    """Make what a killed run leaves."""
    (root / STAGING).mkdir(parents=True)
    (root / STAGING / "journal").write_bytes(entries.dump())
    for name, content in staged.items():
        (root / STAGING / name).write_bytes(content)


def test_recovery_goes_back_when_something_foreign_has_come(tmp_path: Path) -> None:
    """A file put by hand where a killed run still wanted to write stays, and the run is undone."""
    (tmp_path / "a.yaml").write_bytes(ours("new"))
    (tmp_path / "b.yaml").write_bytes(b"by hand")
    entries = Journal((), (("b.yaml", 0),), (("a.yaml", zlib.crc32(ours("new"))),), ("gone.yaml",))
    leave_journal(tmp_path, entries, w0=ours("b"), o0=ours("old"), r0=ours("stale"))
    assert recover(tmp_path) == "undone"
    assert snapshot(tmp_path) == {"a.yaml": ours("old"), "b.yaml": b"by hand", "gone.yaml": ours("stale")}


def test_recovery_keeps_what_was_changed_after_the_kill(tmp_path: Path) -> None:
    """Going back never overwrites a file that is not as the killed run had written it."""
    (tmp_path / "a.yaml").write_bytes(ours("edited since"))
    (tmp_path / "b.yaml").write_bytes(b"by hand")
    entries = Journal((), (("b.yaml", 0), ("c.yaml", 0)), (("a.yaml", 0),), ())
    leave_journal(tmp_path, entries, w0=ours("b"), w1=ours("c"), o0=ours("old"))
    assert recover(tmp_path) == "undone"
    assert snapshot(tmp_path) == {"a.yaml": ours("edited since"), "b.yaml": b"by hand"}


def test_a_torn_journal_is_cleared(tmp_path: Path) -> None:
    """Only a loss of power can leave one; the next run writes everything that differs."""
    leave_journal(tmp_path, Journal((), (), (), ()), w0=b"x")
    (tmp_path / STAGING / "journal").write_bytes(b"")
    assert recover(tmp_path) == "undone"
    assert snapshot(tmp_path) == {}
    assert not (tmp_path / STAGING).exists()


@pytest.mark.parametrize("path", ["../outside.yaml", "/outside.yaml", "a/../../outside.yaml", ".git/config"])
def test_a_hostile_journal_reaches_nothing(path: str, tmp_path: Path) -> None:
    """A repository may carry a journal that somebody made up."""
    leave_journal(tmp_path, Journal((), ((path, 0),), (), ()), w0=ours("x"))
    with pytest.raises(OutputError) as caught:
        plan_tree(tmp_path, {}, everything)
    assert str(caught.value) == (
        f"{tmp_path / STAGING}:1:1: this directory holds {path!r}, which k8sgen did not put there\n"
        "  hint: move it away: k8sgen stages files under this name"
    )


def test_a_journal_through_a_link_reaches_nothing(tmp_path: Path) -> None:
    """Nor may one go through a link to the outside."""
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "tree"
    leave_journal(root, Journal((), (("link/x.yaml", 0),), (), ()), w0=ours("x"))
    (root / "link").symlink_to(outside)
    assert recover(root) == "undone"
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("what", ["file", "link", "directory"])
def test_something_foreign_under_the_staging_name_is_named(what: str, tmp_path: Path) -> None:
    """It is neither used nor removed."""
    place = tmp_path / STAGING
    if what == "file":
        place.write_bytes(b"mine")
    elif what == "link":
        place.symlink_to(tmp_path)
    else:
        place.mkdir()
        (place / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        plan_tree(tmp_path, OLD, everything)
    (problem,) = caught.value.problems
    assert str(problem.place) == f"{place}:1:1"
    assert place.is_symlink() or place.exists()


def test_a_journal_of_odd_shape_is_a_clear_error(tmp_path: Path) -> None:
    """A checksum alone proves nothing about what a file holds."""
    body = json.dumps({"no": "lists"}).encode()
    (tmp_path / STAGING).mkdir()
    digest = hashlib.sha256(body).hexdigest().encode()
    (tmp_path / STAGING / "journal").write_bytes(digest + b"\n" + body)
    with pytest.raises(OutputError, match="cannot be finished or undone"):
        recover(tmp_path)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("a/b.yaml", ""),
        ("ein ö/b.yaml", ""),
        ("", "has an empty part"),
        ("a//b", "has an empty part"),
        ("./b", "has an empty part"),
        ("/b", "is absolute"),
        ("a/../b", "leads out of the output directory"),
        ("a\nb", "holds a character that cannot be printed"),
        ("a\0b", "holds a character that cannot be printed"),
        ("x/.git/config", "passes through .git"),
        (f"{STAGING}/journal", f"passes through {STAGING}"),
        ("ö" * 128, "has a part of more than 255 bytes"),
    ],
)
def test_clean_names_what_is_wrong(path: str, wrong: str) -> None:
    """Every path is checked before anything is looked at."""
    assert clean(path) == wrong
