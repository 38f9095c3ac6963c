"""Runs that are remembered: the same findings, as long as nothing that they depend on has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.findings import Severity
from k8sgen.lint.cache import MOST_RUNS, Cache
from k8sgen.lint.policy import Exemption, Policy
from k8sgen.lint.rule import Profile
from k8sgen.lint.rules.owner_label import Options
from k8sgen.lint.run import Run
from k8sgen.lint.share import Files
from k8sgen.lint.sources import Source
from tests.lint.objects import budget, deployment

if TYPE_CHECKING:
    from k8sgen.lint.sift import Part

POLICY = Policy(profile=Profile.STRICT)
BELOW = Exemption(frozenset({"all", "latest-tag"}), paths=("b/**",))


class Judged(Exception):  # noqa: N818 - it is no error but a sign
    """A run is judged anew."""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Two files in the working directory; a finding of the second names a place in the first."""
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(budget("maxUnavailable: 0"), encoding="utf-8")
    Path("b.yaml").write_text(deployment(), encoding="utf-8")
    return [Source("a.yaml"), Source("b.yaml")]


def run(tmp_path: Path, sources: list[Source], policy: Policy = POLICY, **more: Any) -> Part:
    """A run that may remember."""
    files = Files(sources, more.get("minors", (37,)), {}, more.get("overlays", frozenset()))
    cache = Cache(files.minors, more.get("version", "1"), tmp_path / "cache")
    return Run(policy, root=more.get("root", ""), cache=cache).judge_files(files)


def never_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, to judge files is an error."""

    def judged(*_: object) -> None:
        raise Judged

    monkeypatch.setattr(Run, "_judged", judged)


def test_the_same_again(tmp_path: Path, sources: list[Source], monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything of the first run, without judging anything."""
    first = run(tmp_path, sources)
    assert first.found.findings
    assert any(each.also for each in first.found.findings)
    never_again(monkeypatch)
    assert run(tmp_path, sources) == first


@pytest.mark.parametrize(
    "change",
    [
        {"minors": (36,)},
        {"minors": (37, 36)},
        {"overlays": frozenset({"b"})},
        {"root": "/somewhere"},
        {"version": "2"},
        {"policy": Policy(profile=Profile.STANDARD)},
        {"policy": Policy(profile=Profile.STRICT, select=("latest-tag",))},
        {"policy": Policy(profile=Profile.STRICT, enable=("owner-label",))},
        {"policy": Policy(profile=Profile.STRICT, disable=("latest-tag",))},
        {"policy": Policy(profile=Profile.STRICT, severity={"latest-tag": Severity.INFO})},
        {"policy": Policy(profile=Profile.STRICT, options={"owner-label": Options("team")})},
        {"policy": Policy(profile=Profile.STRICT, exemptions=(BELOW,))},
        {"sources": [Source("b.yaml"), Source("a.yaml")]},
        {"sources": [Source("a.yaml")]},
        {"sources": [Source("a.yaml"), Source("./b.yaml")]},
        {"sources": [Source("a.yaml"), Source("b.yaml", named=True)]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_run(
    tmp_path: Path, sources: list[Source], change: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the findings depend on: one thing is different, and the run is judged."""
    run(tmp_path, sources)
    never_again(monkeypatch)
    with pytest.raises(Judged):
        run(tmp_path, **{"sources": sources, **change})


def test_another_text_or_directory(
    tmp_path: Path, sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that has changed, and files of the same names elsewhere."""
    run(tmp_path, sources)
    never_again(monkeypatch)
    Path("b.yaml").write_text(deployment(replicas=2), encoding="utf-8")
    with pytest.raises(Judged):
        run(tmp_path, sources)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (elsewhere / name).write_bytes(Path(name).read_bytes())
    monkeypatch.chdir(elsewhere)
    with pytest.raises(Judged):
        run(tmp_path, sources)


def test_what_cannot_be_read_is_not_remembered(tmp_path: Path, sources: list[Source]) -> None:
    """Neither a file that is not there, nor one that is no YAML; both are told of each time."""
    Path("broken.yaml").write_text("apiVersion: v1\nkind: [\n", encoding="utf-8")
    for name in ("gone.yaml", "broken.yaml"):
        several = [*sources, Source(name, named=True)]
        told = [run(tmp_path, several).outcomes[2].problems for _ in range(2)]
        assert told[0]
        assert told[0] == told[1]
    assert not list((tmp_path / "cache").glob("runs/*"))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"[[], 0, []]", b"[[], 0, [[1]]]", b"[[[1, 2, 3, 4]], 0, []]", b"[1, 2, 3]"]
)
def test_an_entry_that_is_none(tmp_path: Path, sources: list[Source], content: bytes) -> None:
    """It is judged again, and the entry mended."""
    first = run(tmp_path, sources)
    (entry,) = (tmp_path / "cache").glob("runs/*")
    good = entry.read_bytes()
    entry.write_bytes(content)
    assert run(tmp_path, sources) == first
    assert entry.read_bytes() == good


def test_only_so_many_runs_are_kept(tmp_path: Path, sources: list[Source]) -> None:
    """Beyond, all of them go; files that are sound stay."""
    sound = Source("sound.yaml")
    Path("sound.yaml").write_text(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a}\n", encoding="utf-8"
    )
    run(tmp_path, [*sources, sound])
    directory = tmp_path / "cache"
    kept = sorted(path.name for path in directory.iterdir() if path.is_file())
    assert kept
    for number in range(MOST_RUNS):
        (directory / "runs" / f"{number}").touch()
    run(tmp_path, sources)
    assert len(list((directory / "runs").iterdir())) == 1
    assert sorted(path.name for path in directory.iterdir() if path.is_file()) == kept
