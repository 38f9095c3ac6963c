"""Our validation and a real API server say the same of mutants: what `docs/agreement.md` measures, on a sample."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from k8sgen.validate.schemas import NEWEST, Schemas
from mutants.draw import bases, mutations
from mutants.judge import Judged, judge_number
from mutants.server import Server
from mutants.table import Counts, counted, kind_of, mutation_of, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.plugins.control_plane import ApiServer

SEED = 1
MUTANTS = 3000
SAMPLE = 100
"""A kind or class of fewer mutants may differ three times, as 3 % of this many."""
PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"


@pytest.fixture(scope="module")
def judged(api_server: ApiServer) -> list[Judged]:
    """The first mutants of a seed that say something, judged by both."""
    server, schemas = Server(api_server), Schemas(NEWEST)
    found: list[Judged] = []
    for number in count():
        each = judge_number(SEED, number, server, schemas)
        if not each.dropped:
            found.append(each)
        if len(found) == MUTANTS:
            return found
    raise AssertionError("unreachable")


def test_server_takes_every_object(api_server: ApiServer) -> None:
    """What is mutated is valid."""
    server = Server(api_server)
    for base in (base for each in bases().values() for base in each):
        answer = server.ask(base.text, base)
        assert answer.accepted, f"{base.name}: {answer.message}"


def test_agreement(judged: list[Judged]) -> None:
    """Over all, 99.5 % agree, and fewer than 1 % are accepted or refused by us alone."""
    counts = _counts(judged, whole)["all"]
    assert counts.agreement >= 0.995, _disagreements(judged)
    assert counts.false_accepts < 0.01 * counts.told, _disagreements(judged)
    assert counts.false_rejects < 0.01 * counts.told, _disagreements(judged)


def test_mutants_are_neither_all_good_nor_all_bad(judged: list[Judged]) -> None:
    """The server refuses between 30 and 70 %."""
    counts = _counts(judged, whole)["all"]
    assert 0.3 <= counts.refused / counts.told <= 0.7


@pytest.mark.parametrize("key", [kind_of, mutation_of])
def test_no_kind_and_no_class_stands_back(judged: list[Judged], key: Callable[[Judged], str]) -> None:
    """Of none do fewer than 97 % agree."""
    for name, counts in _counts(judged, key).items():
        differing = counts.false_accepts + counts.false_rejects
        assert differing <= 0.03 * max(counts.told, SAMPLE), f"{name}: {_disagreements(judged)}"


def test_fields(judged: list[Judged]) -> None:
    """Of the answers that name fields we name the same in 95 %."""
    counts = _counts(judged, whole)["all"]
    assert counts.with_fields > MUTANTS / 10
    assert counts.same_fields >= 0.95 * counts.with_fields


def test_page_is_of_these_mutants() -> None:
    """The page shows every class and kind, and no other."""
    cells = {
        line.split("|")[1].strip() for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")
    }
    assert {*mutations(), *bases()} <= cells


def _counts(judged: list[Judged], key: Callable[[Judged], str]) -> dict[str, Counts]:
    return counted(judged, key, lambda each: each.accepted)


def _disagreements(judged: list[Judged]) -> list[str]:
    return [
        f"{each.number} {each.mutant.mutation}: {each.answer.message[:200] or 'accepted'} | {each.ours[:2]}"
        for each in judged
        if not each.agrees
    ]
