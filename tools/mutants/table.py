"""Counts of agreement, as the tables show them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mutants.judge import Judged

HEADINGS = (
    "mutants", "the server refuses", "k8sgen agrees", "false accepts", "false rejects", "same fields", "kubeconform agrees",
    "false accepts", "false rejects",
)  # fmt: skip


@dataclass
class Counts:
    """How often two sides say the same: `told` mutants, of which the server refused some."""

    told: int = 0
    refused: int = 0
    false_accepts: int = 0
    false_rejects: int = 0
    with_fields: int = 0
    same_fields: int = 0

    @property
    def agreement(self) -> float:
        """The share on which both agree."""
        return 1 - (self.false_accepts + self.false_rejects) / self.told

    def add(self, judged: Judged, accepted: bool) -> None:
        """Count one mutant, which a validation accepted or not."""
        self.told += 1
        self.refused += not judged.answer.accepted
        self.false_accepts += accepted and not judged.answer.accepted
        self.false_rejects += judged.answer.accepted and not accepted
        self.with_fields += bool(judged.answer.fields)
        self.same_fields += bool(judged.answer.fields) and judged.same_paths


def counted(
    found: Iterable[Judged], key: Callable[[Judged], str], accepted: Callable[[Judged], bool]
) -> dict[str, Counts]:
    """Counts by class or kind."""
    counts: dict[str, Counts] = {}
    for judged in found:
        if not judged.dropped:
            counts.setdefault(key(judged), Counts()).add(judged, accepted(judged))
    return counts


def kind_of(judged: Judged) -> str:
    """The kind of a mutant's object."""
    return judged.mutant.base.kind


def mutation_of(judged: Judged) -> str:
    """The class of a mutant."""
    return judged.mutant.mutation


def whole(_: Judged) -> str:
    """All mutants together."""
    return "all"


def dropped(found: Iterable[Judged]) -> Counter[str]:
    """Why mutants were left out, and how often."""
    return Counter(judged.dropped for judged in found if judged.dropped)


def rows(found: Sequence[Judged], key: Callable[[Judged], str], theirs: set[int]) -> list[list[str]]:
    """A table's rows: a class or kind, our counts, kubeconform's."""
    ours = counted(found, key, lambda judged: judged.accepted)
    peers = counted(found, key, lambda judged: judged.number in theirs)
    return [
        [
            name,
            f"{count.told:,}",
            share(count.refused, count.told),
            f"{count.agreement:.2%}".replace("%", " %"),
            share(count.false_accepts, count.told),
            share(count.false_rejects, count.told),
            share(count.same_fields, count.with_fields),
            f"{peers[name].agreement:.2%}".replace("%", " %"),
            share(peers[name].false_accepts, count.told),
            share(peers[name].false_rejects, count.told),
        ]
        for name, count in sorted(ours.items())
    ]


def share(part: int, of: int) -> str:
    """A part in percent, finer where it is small; 100 and 0 are all and none."""
    if not of:
        return ""
    percent = 100 * part / of
    if part in (0, of):
        return "100 %" if part else "0"
    return f"{percent:.1f} %" if percent >= 10 else f"{percent:.2f} %"


def markdown(first: str, table: list[list[str]]) -> list[str]:
    """Rows as a Markdown table."""
    return [
        "| " + " | ".join((first, *HEADINGS)) + " |",
        "|" + "---|" * (len(HEADINGS) + 1),
        *("| " + " | ".join(row) + " |" for row in table),
    ]
