"""Teams of processes."""

from __future__ import annotations

import os
import signal
import tempfile
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.processes import Member, in_team

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_results_come_in_the_order_of_members() -> None:
    """Each process says its number and its own pid, and the first is this one."""
    results = in_team(3, lambda member: (member.number, member.size, os.getpid()))
    assert [(number, size) for number, size, _ in results] == [(0, 3), (1, 3), (2, 3)]
    assert results[0][2] == os.getpid()
    assert len({pid for _, _, pid in results}) == 3


def test_a_team_of_one_is_this_process() -> None:
    """Nothing is forked, and an exchange is with itself."""
    assert in_team(1, lambda member: (os.getpid(), member.exchange("x"))) == [(os.getpid(), ["x"])]


def test_a_team_without_temporary_files_is_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container may have no place to write at all."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert in_team(3, lambda member: (os.getpid(), list(member.claims())), tasks=2) == [(os.getpid(), [0, 1])]


def test_exchanges_reach_everybody() -> None:
    """Messages that no pipe holds at once, twice over."""

    def work(member: Member) -> list[tuple[int, int]]:
        large = bytes([member.number]) * 3_000_000
        first = member.exchange(large)
        second = member.exchange({"from": member.number})
        return [(len(text), each["from"]) for text, each in zip(first, second, strict=True)]

    assert in_team(3, work) == [[(3_000_000, number) for number in range(3)]] * 3


@pytest.mark.parametrize("size", [1, 3])
def test_each_task_is_done_once(size: int) -> None:
    """By whoever is free: what one that is slow does not take, the others do."""

    def work(member: Member) -> list[int]:
        claims = member.claims()
        if member.number == 1:
            done = list(islice(claims, 1))
            member.exchange(None)
            return done + list(claims)
        done = list(claims)
        member.exchange(None)
        return done

    parts = in_team(size, work, tasks=1000)
    assert sorted(number for part in parts for number in part) == list(range(1000))
    assert all(len(part) <= 1 for part in parts[1:2])


def refuse_before(member: Member) -> None:
    """Raise in the last process before an exchange for which the others wait."""
    if member.number == member.size - 1:
        raise refused()
    member.exchange(None)


def refuse_first(member: Member) -> None:
    """Raise in this process while the others wait."""
    if member.number == 0:
        raise refused()
    member.exchange(None)


def refuse_late(member: Member) -> None:
    """Raise in the last process after everything was told."""
    member.exchange(None)
    if member.number == member.size - 1:
        raise refused()


def refused() -> SpecError:
    """An error that carries more than a text."""
    return SpecError(Problem("is wrong", Place("a.yaml", 3, 7), "mend it"), Problem("is wrong, too"))


def writing_its_number(work: Callable[[Member], None], directory: Path) -> Callable[[Member], None]:
    """The work, of which each process first leaves a file by its number."""

    def noted(member: Member) -> None:
        (directory / str(os.getpid())).touch()
        work(member)

    return noted


def running(directory: Path) -> list[int]:
    """Processes of the team that are there still, but for this one."""
    found = []
    for process in {int(path.name) for path in directory.iterdir()} - {os.getpid()}:
        with suppress(ProcessLookupError):
            os.kill(process, 0)
            found.append(process)
    return found


@pytest.mark.parametrize("work", [refuse_before, refuse_first, refuse_late])
def test_what_one_raises_is_raised_here(work: Callable[[Member], None], tmp_path: Path) -> None:
    """With all that it carries; no process is left, and none waits for ever."""
    with pytest.raises(SpecError) as caught:
        in_team(3, writing_its_number(work, tmp_path))
    assert caught.value.problems == refused().problems
    if work is not refuse_first:  # or the others may not even have begun
        assert len(list(tmp_path.iterdir())) == 3
    assert running(tmp_path) == []


def test_a_killed_process_is_told_of(tmp_path: Path) -> None:
    """Such as one that the system kills for its memory."""

    def work(member: Member) -> None:
        if member.number:
            os.kill(os.getpid(), signal.SIGKILL)
        member.exchange(None)

    with pytest.raises(RuntimeError, match=r"^a process ended before its work was done; was it killed\?$"):
        in_team(2, writing_its_number(work, tmp_path))
    assert running(tmp_path) == []
