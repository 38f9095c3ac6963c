"""Which functions call which, so that a helper is written when all that ask it are known."""

from __future__ import annotations

import ast
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

from k8sgen.chart.helpers import Function, name_of
from k8sgen.chart.subset.signature import parsed
from k8sgen.chart.subset.values import SUBSET
from k8sgen.chart.twins import TWINS
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.resolve.derivation import Derivation
from k8sgen.resolve.registry import DERIVATIONS, RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@cache
def callers_first() -> tuple[Function, ...]:
    """Every derived value, rule and function that they call, each behind all that call it.

    Raises TemplateError for one that calls itself: a helper must come to an end.
    """
    order: list[Function] = []
    done: set[str] = set()

    def visit(function: Function, above: tuple[str, ...]) -> None:
        name = name_of(function)
        if name in above:
            tree, file = parsed(plain_function(function))
            message = f"{name} calls itself, by way of {', '.join(above[above.index(name) + 1 :]) or name}"
            raise TemplateError(Problem(message, Place(file, tree.lineno, 1), SUBSET))
        if name not in done:
            for called in called_by(plain_function(function)):
                visit(called, (*above, name))
            done.add(name)
            order.append(function)

    for derivation in DERIVATIONS.values():
        visit(derivation, ())
    for rule in RULES:
        visit(rule.check, ())
    return tuple(reversed(order))


def called_by(function: Callable[..., Any]) -> Iterator[Function]:
    """The functions of ours that a function calls by name."""
    if function.__name__ in TWINS:
        return
    for node in ast.walk(parsed(function)[0]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = function.__globals__.get(node.func.id)
            if isinstance(called, Derivation) or (
                isinstance(called, FunctionType)
                and called.__module__.startswith("k8sgen.")
                and called.__name__ not in {"by_key", "supports"}
            ):
                yield called


def plain_function(function: Function) -> Callable[..., Any]:
    """The function behind a derived value."""
    return function.function if isinstance(function, Derivation) else function
