"""`--changed-since`, on real repositories."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.lint.engine import deployment, lint, places

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli import Run


def git(cwd: Path, *arguments: str) -> None:
    """Run git as nobody in particular, whatever the machine's settings are."""
    names = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=cwd, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three files with a finding each, committed."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "sub").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / f"sub/{name}.yaml").write_text(deployment(name), encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def since(cwd: Path, revision: str = "main", *paths: str, select: str = "latest-tag") -> Run:
    """A run on what changed."""
    chosen = f"--changed-since={revision}"
    return lint(cwd, *(paths or (".",)), chosen, "--format", "json", select=select)


def test_nothing_changed(repository: Path) -> None:
    """Nothing is reported."""
    run = since(repository)
    assert (run.status, run.stderr, places(run)) == (0, "", [])


def test_changed_new_and_renamed_files(repository: Path) -> None:
    """Committed, staged, neither; with names that git would quote; from a directory below, too."""
    (repository / "sub/a.yaml").write_text("# changed\n" + deployment("a"), encoding="utf-8")
    (repository / "sub/nëw file.yaml").write_text(deployment("new"), encoding="utf-8")
    git(repository, "mv", "sub/b.yaml", "sub/d.yaml")
    expected = ["a.yaml:11:18 latest-tag", "d.yaml:10:18 latest-tag", "nëw file.yaml:10:18 latest-tag"]
    assert places(since(repository)) == [f"sub/{each}" for each in expected]
    assert places(since(repository / "sub")) == expected
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "second")
    assert places(since(repository, "HEAD~1")) == [f"sub/{each}" for each in expected]
    assert places(since(repository, "HEAD")) == []


def test_named_from_outside_of_the_repository(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The repository is that of the files, not of the directory one happens to be in."""
    (repository / "sub/a.yaml").write_text("# changed\n" + deployment("a"), encoding="utf-8")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert len(places(since(elsewhere, "main", str(repository)))) == 1


@pytest.mark.parametrize("revision", ["nope", "--output=x", "-n", "main..HEAD", ""])
def test_bad_revisions(repository: Path, revision: str) -> None:
    """Refused in git's words; one that begins with a dash is no option."""
    run = since(repository, revision)
    if not revision:
        assert run.status == 1  # as if nothing was asked for
        return
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr.startswith(f"--changed-since {revision}: ")
    assert run.stderr.endswith("  hint: name a branch, tag or commit\n")
    assert sorted(path.name for path in repository.iterdir()) == [".git", "sub"]


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in git's words."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.yaml").write_text(deployment(), encoding="utf-8")
    run = since(tmp_path)
    assert run.status == 2
    assert run.stderr.startswith("--changed-since main: not a git repository")


def test_a_selector_that_changed(repository: Path) -> None:
    """The version before is read from git."""
    text = deployment("a").replace("app: a", "app: z")
    (repository / "sub/a.yaml").write_text(text, encoding="utf-8")
    run = since(repository, select="selector-changed")
    assert places(run) == ["sub/a.yaml:5:3 selector-changed"]


def test_a_file_that_was_no_yaml_before(repository: Path) -> None:
    """Nothing is known of what was before, and nothing is raised."""
    (repository / "sub/a.yaml").write_bytes(b"\xff\xfe[{")
    git(repository, "commit", "-qam", "broken")
    (repository / "sub/a.yaml").write_text(deployment("a"), encoding="utf-8")
    assert places(since(repository, "HEAD", select="selector-changed,latest-tag")) == [
        "sub/a.yaml:10:18 latest-tag"
    ]
