"""Compares our validation with a server's answer, mutant by mutant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.validate.document import check_text
from mutants.draw import SOURCE, Mutant, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from k8sgen.validate.schemas import Schemas
    from k8sgen.validate.violation import Pointer
    from mutants.server import Answer, Server

FREE_KEYS = ("labels", "annotations", "matchLabels", "nodeSelector")


class Judged(NamedTuple):
    """One mutant, what the server said to it, and what we say."""

    number: int
    mutant: Mutant
    answer: Answer
    ours: tuple[str, ...]
    paths: frozenset[tuple[str, ...]]
    dropped: str = ""

    @property
    def accepted(self) -> bool:
        """Whether we accept it."""
        return not self.ours

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.accepted == self.answer.accepted

    @property
    def same_paths(self) -> bool:
        """Whether we name the fields that the server names."""
        return innermost({steps_of(field) for field in self.answer.fields}) == innermost(self.paths)


def judge(number: int, mutant: Mutant, server: Server, schemas: Schemas) -> Judged:
    """Ask both about a mutant."""
    answer = server.ask(mutant.text, mutant.base)
    ours: list[str] = []
    paths: set[tuple[str, ...]] = set()
    for verdict in check_text(mutant.text, SOURCE, schemas):
        ours += [f"{each.place}: {each.message}" for each in verdict.problems]
        ours += [str(each) for each in verdict.violations]
        paths |= {steps(field) for each in verdict.violations for field in each.fields or (each.pointer,)}
    dropped = answer.unknowable
    if answer.accepted and not ours and not server.has_effect(mutant, answer):
        dropped = "without effect"
    return Judged(number, mutant, answer, tuple(ours), frozenset(paths), dropped)


def judge_number(seed: int, number: int, server: Server, schemas: Schemas) -> Judged:
    """Draw the mutant of a number and ask both about it."""
    return judge(number, draw(seed, number), server, schemas)


def innermost(paths: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Without those that hold another: to name a value and what holds it is to name the value."""
    every = set(paths)
    return {path for path in every if not any(other[: len(path)] == path for other in every - {path})}


def steps(pointer: Pointer) -> tuple[str, ...]:
    """A pointer as the steps that both sides can be compared by."""
    return _cut([str(step) for step in pointer])


def steps_of(field: str) -> tuple[str, ...]:
    """The steps of a field as the server prints it: `spec.ports[0].name`, `data[a.b]`."""
    return _cut([bracketed or plain for bracketed, plain in re.findall(r"\[([^\]]*)\]|([^.\[\]]+)", field)])


def _cut(path: list[str]) -> tuple[str, ...]:
    """Without a key of labels: the server names the map alone there."""
    for index, step in enumerate(path):
        if step in FREE_KEYS:
            return tuple(path[: index + 1])
    return tuple(path)
