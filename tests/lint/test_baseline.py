"""Taking the linter up on an old repository: what is known stays quiet, what is new does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.lint.engine import deployment, lint, places

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli import Run


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """A repository whose one finding is known."""
    (tmp_path / "k8sgen.yaml").write_text("lint: {baseline: known.json}\n", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.yaml").write_text(deployment(), encoding="utf-8")
    run = lint(tmp_path, "sub", "--baseline", "known.json", "--update-baseline")
    assert (run.status, run.stdout, run.stderr) == (0, "", "known.json knows 1 finding now\n")
    return tmp_path


def check(cwd: Path, *arguments: str) -> Run:
    """A run that reports as JSON."""
    return lint(cwd, *(arguments or ("sub",)), "--format", "json")


def test_what_is_known_is_counted_and_not_reported(adopted: Path) -> None:
    """From wherever it is run, and with the file named."""
    run = check(adopted)
    assert (run.status, run.stderr, places(run)) == (0, "", [])
    assert json.loads(run.stdout)["summary"]["baseline"] == 1
    assert check(adopted / "sub", "a.yaml").status == 0
    assert check(adopted.parent, f"{adopted.name}/sub").status == 0
    assert check(adopted, "sub", "--baseline", "known.json").status == 0


def test_moved_lines_and_inserted_containers(adopted: Path) -> None:
    """A finding is known by what it is about, not by where it stands."""
    text = deployment().replace(
        "      containers:\n", "      containers:\n        - {name: first, image: x:latest}\n"
    )
    (adopted / "sub/a.yaml").write_text("# moved\n\n" + text, encoding="utf-8")
    run = check(adopted)
    assert (run.status, places(run)) == (1, ["sub/a.yaml:12:32 latest-tag"])


def test_the_same_again_is_new(adopted: Path) -> None:
    """In another file, or in another object."""
    (adopted / "sub/b.yaml").write_text(deployment(), encoding="utf-8")
    assert places(check(adopted)) == ["sub/b.yaml:10:18 latest-tag"]


def test_what_is_gone_is_noted(adopted: Path) -> None:
    """A mended finding does not fail the run."""
    (adopted / "sub/a.yaml").write_text(deployment(image="a:1"), encoding="utf-8")
    run = check(adopted)
    assert run.stderr == (
        "note: 1 finding of the baseline is gone: bring it up to date with --update-baseline\n"
    )
    assert run.status == 0


def test_nothing_is_said_of_files_that_were_not_looked_at(adopted: Path) -> None:
    """A hook names the changed files alone; of a deleted file the findings are gone."""
    (adopted / "b.yaml").write_text(deployment("b", "a:1"), encoding="utf-8")
    assert check(adopted, "b.yaml").stderr == ""
    (adopted / "sub/a.yaml").unlink()
    assert check(adopted, "b.yaml").stderr.startswith("note: 1 finding of the baseline is gone")


def test_without_settings_files_are_relative_to_the_repository(tmp_path: Path) -> None:
    """So that the baseline holds from each directory of it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.yaml").write_text(deployment(), encoding="utf-8")
    lint(tmp_path, "sub", "--baseline", "known.json", "--update-baseline")
    run = check(tmp_path / "sub", "a.yaml", "--baseline", "../known.json")
    assert (run.status, run.stderr) == (0, "")


def test_update_changes_nothing_when_nothing_changed(adopted: Path) -> None:
    """Not a byte, from another directory either."""
    before = (adopted / "known.json").read_bytes()
    lint(adopted, "sub", "--baseline", "known.json", "--update-baseline")
    assert (adopted / "known.json").read_bytes() == before
    lint(adopted / "sub", ".", "--baseline", "../known.json", "--update-baseline")
    assert (adopted / "known.json").read_bytes() == before
    assert json.loads(before)["findings"][0]["file"] == "sub/a.yaml"


WRONG = {
    "not JSON": ("{", "known.json: is not a baseline: it is not JSON"),
    "something else": ("[]", "known.json: is not a baseline: it has no findings"),
    "no findings": ('{"version": 1}', "known.json: is not a baseline: it has no findings"),
    "odd findings": ('{"version": 1, "findings": [1]}', "known.json: is not a baseline: it has no findings"),
    "another version": (
        '{"version": 9, "findings": []}',
        "known.json: is of version 9, which is not known",
    ),
    "deep": ("[" * 100_000, "known.json: is not a baseline: it is not JSON"),
    "binary": ("\udcff", "known.json: is not a baseline: it is not JSON"),
}


@pytest.mark.parametrize("case", WRONG)
def test_files_that_are_no_baseline(adopted: Path, case: str) -> None:
    """Said; then nothing is known."""
    content, message = WRONG[case]
    (adopted / "known.json").write_bytes(content.encode(errors="surrogateescape"))
    run = check(adopted, "sub", "--baseline", "known.json")
    assert run.stderr == f"{message}\n  hint: write it with k8sgen lint --baseline FILE --update-baseline\n"
    assert (run.status, places(run)) == (2, ["sub/a.yaml:10:18 latest-tag"])


def test_a_baseline_that_is_not_there(adopted: Path) -> None:
    """The system's words."""
    run = check(adopted, "sub", "--baseline", "missing.json")
    assert run.stderr.startswith("missing.json: cannot be read: no such file or directory\n")
    assert run.status == 2
