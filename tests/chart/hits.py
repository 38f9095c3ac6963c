"""Which derived values and rules were asked, counted on both sides.

On our side a wrapper counts the calls. On Helm's side a copy of the chart notes the name of each
helper in `.Values.global` when it is entered, and prints all names in a document of its own, which
the comparison takes out. What a chart has no helper for, because it became a constant or stands
where it is used, counts as asked there too.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest
from pydantic.alias_generators import to_camel

from k8sgen.render import objects
from k8sgen.resolve import refuse
from k8sgen.resolve.derivation import Derivation
from k8sgen.resolve.registry import DERIVATIONS, RULES
from tests.chart.both_sides import REPORT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from k8sgen.resolve.derivation import Rule

HELPERS: Mapping[str, str] = {
    **{to_camel(name): name for name in DERIVATIONS},
    **{to_camel(rule.check.__name__): rule.id for rule in RULES},
}
"""The names of helpers in a chart, and of what they stand for."""

DEFINE = re.compile(r'\{\{- define "[^".]+\.([^"]+)" -\}\}')
LAST = "0-hits.yaml"
"""Helm prints templates of one directory from the last name to the first, so this comes last."""


class Asked:
    """What `render` has asked since `clear`: derived values that were computed, and the answers of rules."""

    def __init__(self) -> None:
        self.derived: set[str] = set()
        self.passed: set[str] = set()
        self.refusals: dict[str, list[str]] = {}

    def clear(self) -> None:
        """Forget."""
        self.__init__()  # type: ignore[misc]  # the same as a new one


@contextmanager
def counted() -> Iterator[Asked]:
    """Count on our side. Reasons, which only people read, ask nothing meanwhile."""
    asked = Asked()
    call = Derivation.__call__

    def counting(self: Derivation[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.given_value(args[0] if args else next(iter(kwargs.values()))) is None:
            asked.derived.add(self.name)
        return call(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Derivation, "__call__", counting)
        patch.setattr(refuse, "RULES", tuple(replace(rule, check=answering(rule, asked)) for rule in RULES))
        patch.setattr(objects, "reason_of", lambda *_: "")
        yield asked


def answering(rule: Rule, asked: Asked) -> Callable[..., str]:
    """The check of a rule, which notes what it says."""

    @wraps(rule.check)
    def check(*args: Any) -> str:
        message = rule.check(*args)
        if message:
            asked.refusals.setdefault(rule.id, []).append(message)
        else:
            asked.passed.add(rule.id)
        return message

    return check


def instrument(chart: Path) -> frozenset[str]:
    """Make a written chart tell which helpers are asked; gives the helpers that it has."""
    found: set[str] = set()

    def noting(define: re.Match[str]) -> str:
        if define[1] not in HELPERS:
            return define[0]
        found.add(HELPERS[define[1]])
        return f'{define[0]}{{{{- $_ := set (default . .root).Values.global.hits "{define[1]}" true -}}}}'

    for file in (chart / "templates").iterdir():
        if file.is_file():
            file.write_text(DEFINE.sub(noting, file.read_text(encoding="utf-8")), encoding="utf-8")
    report = f"---\nkind: {REPORT}\nnames: {{{{ keys .Values.global.hits | toJson }}}}\n"
    (chart / "templates" / LAST).write_text(report, encoding="utf-8")
    with (chart / "values.yaml").open("a", encoding="utf-8") as values:
        values.write("\nglobal: {hits: {}}\n")
    return frozenset(found)
