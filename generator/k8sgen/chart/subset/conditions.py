"""What a condition says of the values that it asks about, where it holds and where it does not."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from k8sgen.chart.subset.known import Known, Names, joined_names
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
}
"""Comparisons by order, each with its opposite."""

MIRRORED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}

KINDS: Mapping[str, type] = {"str": str, "int": int, "bool": bool}


class Conditions(ABC):
    """Learns from conditions."""

    @abstractmethod
    def value(self, node: ast.expr, names: Names) -> Known:
        """An expression."""

    def learn(self, node: ast.expr, names: Names, *, holds: bool) -> Names:
        """What is known when a condition holds, or does not."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.learn(node.operand, names, holds=not holds)
        if isinstance(node, ast.BoolOp):
            return self.learn_each(node, names, holds=holds)
        if isinstance(node, ast.Compare):
            return self.learn_comparison(node, names, holds=holds) if len(node.ops) == 1 else names
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id == "bool":
                return self.learn(node.args[0], names, holds=holds)
            if (kind := self.asked_kind(node)) is not None:
                return self.learn_kind(node.args[0], kind, names, holds=holds)
        if not holds or not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.Call)):
            return names
        value = self.value(node, names)
        return narrowed(
            node, replace(value.there(), filled=True, low=1 if value.low == 0 else value.low), names
        )

    def learn_each(self, node: ast.BoolOp, names: Names, *, holds: bool) -> Names:
        """All operands hold, or one of them does."""
        anded = isinstance(node.op, ast.And)
        if anded is holds:
            for operand in node.values:
                names = self.learn(operand, names, holds=holds)
            return names
        result: Names | None = None
        for operand in node.values:
            result = joined_names(result, self.learn(operand, names, holds=holds))
            names = self.learn(operand, names, holds=not holds)
        return result or names

    def learn_comparison(self, node: ast.Compare, names: Names, *, holds: bool) -> Names:
        """What a comparison says of both of its sides."""
        sign, left_node, right_node = node.ops[0], node.left, node.comparators[0]
        if isinstance(sign, (ast.In, ast.NotIn)):
            return (
                self.learn_entry(left_node, right_node, names) if isinstance(sign, ast.In) is holds else names
            )
        left, right = self.value(left_node, names), self.value(right_node, names)
        kind: type[ast.cmpop] = type(sign)
        if kind in ORDER:
            kind = kind if holds else ORDER[kind]
            if left.is_number and right.is_number:
                names = narrowed(left_node, ordered(left, kind, right), names)
                names = narrowed(right_node, ordered(right, MIRRORED[kind], left), names)
            return names
        same = isinstance(sign, (ast.Is, ast.Eq)) is holds
        if right.is_none:
            return names if same else narrowed(left_node, left.there(), names)
        if not same:
            if left.is_number and right.constant == left.low:
                return narrowed(left_node, replace(left, low=left.low + 1), names)
            return names
        if left.optional and not right.optional:
            names = narrowed(left_node, left.there(), names)
        if left.is_number and right.is_number:
            both = replace(left.there(), low=max(left.low, right.low), high=min(left.high, right.high))
            names = narrowed(left_node, both, names)
        return names

    def learn_entry(self, key: ast.expr, over: ast.expr, names: Names) -> Names:
        """A map that has a key."""
        held = self.value(over, names)
        if held.type.shape not in {"map", "any"}:
            return names
        found = ast.Subscript(over, key, ast.Load())
        return narrowed(found, item(held), names)

    def asked_kind(self, node: ast.Call) -> type | None:
        """Which kind of scalar a call asks for."""
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "isinstance" and len(node.args) == 2 and isinstance(node.args[1], ast.Name):
            return {**KINDS, "dict": dict, "list": list}.get(node.args[1].id)
        return str if name in {"is_text", "is_percent"} else None

    def learn_kind(self, node: ast.expr, kind: type, names: Names, *, holds: bool) -> Names:
        """What is known of a value that is of a kind, or is not."""
        value = self.value(node, names)
        if kind in {dict, list}:
            shape = {dict: Type("map", item=ANY), list: Type("list", item=ANY)}[kind]
            return narrowed(node, Known(shape), names) if holds and value.type == ANY else names
        if value.type.shape != "scalar":
            return names
        left = tuple(scalar for scalar in value.type.scalars if (scalar is kind) is holds)
        if not left:
            return names
        return narrowed(node, replace(value, type=replace(value.type, scalars=left)), names)


@cache
def text_of(node: ast.expr) -> str:
    """An expression as it is written."""
    return ast.unparse(node)


def item(held: Known) -> Known:
    """What is known of the items of a list or the entries of a map."""
    return Known(held.type.item or ANY, optional=held.holes, low=held.low, high=held.high)


def ordered(value: Known, kind: type[ast.cmpop], other: Known) -> Known:
    """A number that is below or above another."""
    if kind in {ast.Lt, ast.LtE}:
        return replace(value, high=min(value.high, other.high - (kind is ast.Lt)))
    return replace(value, low=max(value.low, other.low + (kind is ast.Gt)))


def narrowed(node: ast.expr, value: Known, names: Names) -> Names:
    """The same names where more is known of an expression."""
    if isinstance(node, ast.Name):
        if node.id not in names.values:
            return names
        names = names.copy()
        names.values[node.id] = value
    elif isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        names = names.copy()
        inside = frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name))
        names.asked[ast.unparse(node)] = (inside, value)
    return names
