"""A directory that is ours as a whole: its list says which files we wrote, and all others are let alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from k8sgen.errors import OutputError
from k8sgen.render.tree import LIST, Change, Listed, plan_tree, with_list, write_tree
from tests.files import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from k8sgen.render.tree import Plan

FILES = {"a.txt": b"a\n", "b/c.yaml": b"c: 1\n"}


def write(root: Path, files: dict[str, bytes]) -> Plan:
    """Write files with their list."""
    return write_tree(plan_tree(root, with_list(files), Listed()))


def refusal(root: Path, files: dict[str, bytes]) -> str:
    """What is said against writing; nothing has changed then."""
    before = files_of(root)
    with pytest.raises(OutputError) as caught:
        write(root, files)
    assert files_of(root) == before
    return str(caught.value)


def test_the_list_is_what_sha256sum_reads(tmp_path: Path) -> None:
    """Sorted, without itself, and so that anybody can see what was edited."""
    write(tmp_path / "out", FILES)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in FILES.items()]
    assert files_of(tmp_path / "out") == {**FILES, LIST: "".join(lines).encode()}
    run = subprocess.run(
        ["sha256sum", "-c", LIST], cwd=tmp_path / "out", capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, "a.txt: OK\nb/c.yaml: OK\n")


def test_a_list_of_any_order_of_files_is_the_same() -> None:
    """The bytes do not depend on how files were made."""
    assert with_list(FILES)[LIST] == with_list(dict(reversed(FILES.items())))[LIST]


def test_changed_edited_and_stale_files(tmp_path: Path) -> None:
    """What is edited is overwritten or removed, and named; a file of somebody else's stays."""
    write(tmp_path, FILES | {"gone.txt": b"1", "edited.txt": b"1", "kept.txt": b"1"})
    (tmp_path / "a.txt").write_bytes(b"by hand")
    (tmp_path / "edited.txt").write_bytes(b"by hand")
    (tmp_path / "theirs.yaml").write_bytes(b"by hand")
    plan = write(tmp_path, FILES | {"kept.txt": b"2"})
    assert plan.changes == (
        Change(LIST, "changed"),
        Change("a.txt", "changed"),
        Change("edited.txt", "removed"),
        Change("gone.txt", "removed"),
        Change("kept.txt", "changed"),
    )
    assert plan.edited == ("a.txt", "edited.txt")
    assert files_of(tmp_path) == with_list(FILES | {"kept.txt": b"2"}) | {"theirs.yaml": b"by hand"}
    assert write(tmp_path, FILES | {"kept.txt": b"2"}).changes == ()


def test_a_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    """Also when nothing in it is in the way."""
    (tmp_path / "notes").write_bytes(b"mine")
    assert refusal(tmp_path, FILES) == (
        f"{tmp_path}:1:1: this directory is not empty, and .k8sgen does not say that k8sgen wrote it: it holds notes\n"
        "  hint: choose another directory, or move what is in it away"
    )


def test_a_foreign_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """In a directory of ours, somebody has put a file of a name that is needed now."""
    write(tmp_path, FILES)
    (tmp_path / "new.txt").write_bytes(b"mine")
    assert refusal(tmp_path, FILES | {"new.txt": b"ours"}) == (
        f"{tmp_path}/new.txt:1:1: this file is in the way: .k8sgen does not name it among the files that k8sgen wrote\n"
        "  hint: move it away or choose another output directory"
    )


@pytest.mark.parametrize(
    "text",
    ["", "mine\n", f"{'0' * 64}  ../b\n", f"{'0' * 64}  /etc/passwd\n", f"{'0' * 64}  .git/config\n", "\x00"],
)
def test_a_list_that_k8sgen_did_not_write_is_refused(tmp_path: Path, text: str) -> None:
    """It would name files for removal."""
    (tmp_path / LIST).write_text(text, encoding="utf-8")
    assert refusal(tmp_path, FILES) == (
        f"{tmp_path}/.k8sgen:1:1: this is not a list that k8sgen wrote\n"
        "  hint: restore it, or remove the directory and run again"
    )


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("link", "cannot read this file: too many levels of symbolic links"),
        ("directory", "this is in the way of a file"),
        ("pipe", "this is in the way of a file"),
    ],
)
def test_something_else_called_like_the_list_is_refused(tmp_path: Path, kind: str, message: str) -> None:
    """It is not followed, and not waited for."""
    path = tmp_path / LIST
    if kind == "link":
        path.symlink_to(tmp_path / "a.txt")
    elif kind == "directory":
        path.mkdir()
    else:
        os.mkfifo(path)
    with pytest.raises(OutputError) as caught:
        plan_tree(tmp_path, with_list(FILES), Listed())
    assert str(caught.value).startswith(f"{path}:1:1: {message}\n")


def test_an_empty_repository_is_taken(tmp_path: Path) -> None:
    """There is nothing in it that could be somebody's."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, FILES)
    assert files_of(tmp_path) == with_list(FILES)
