"""What the source of a function says of its names and its ways out, before any of it is written."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from k8sgen.chart.golang import to_camel

if TYPE_CHECKING:
    from collections.abc import Iterable


def changed_names(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names that statements assign to, and those whose lists and maps they change."""
    return frozenset().union(*(changed_by(statement) for statement in body))


@cache
def changed_by(statement: ast.stmt) -> frozenset[str]:
    """The names that one statement changes."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found.add(node.value.id if isinstance(node.value, ast.Name) else "")
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"append", "extend", "update"}
            and isinstance(node.func.value, ast.Name)
        ):
            found.add(node.func.value.id)
    return frozenset(found)


@cache
def assigned_once(tree: ast.FunctionDef) -> frozenset[str]:
    """The names of a function that one statement assigns to, outside of loops, and nothing else changes."""
    counts: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            counts[node.id] += 1
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            counts[node.target.id] += 1
    mutated = changed_names([node for node in ast.walk(tree) if isinstance(node, ast.Expr)])
    return frozenset(name for name, count in counts.items() if count == 1 and name not in mutated)


@cache
def names_in(tree: ast.FunctionDef) -> frozenset[str]:
    """The names that a function takes and binds."""
    taken = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    return frozenset(taken).union(
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


@cache
def variables_of(tree: ast.FunctionDef) -> frozenset[str]:
    """The names in a function, as variables of Go."""
    return frozenset(f"${to_camel(name)}" for name in names_in(tree))


@cache
def spelled_alike(tree: ast.FunctionDef) -> list[str]:
    """Names of a function that would be one variable of Go, such as key1 and key_1."""
    codes = Counter(to_camel(name) for name in names_in(tree))
    return sorted(name for name in names_in(tree) if codes[to_camel(name)] > 1)


@cache
def may_return(statement: ast.stmt) -> bool:
    """Whether a statement returns in any of its branches."""
    return any(isinstance(node, ast.Return) for node in ast.walk(statement))


def returns(body: list[ast.stmt]) -> bool:
    """Whether a block always returns."""
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return returns(last.body) and returns(last.orelse)
    return isinstance(last, ast.Return)


def loop_names(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names that loops inside a block bind."""
    targets = [
        node.target
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, (ast.For, ast.comprehension))
    ]
    return frozenset(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
