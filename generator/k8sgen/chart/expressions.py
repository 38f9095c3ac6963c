"""Expressions of restricted Python as expressions of Go templates.

What Go can only say in statements (a loop in `any`, a conditional expression) is written before the
line that needs it, into a name of its own; `and`, `or` and `if` stay lazy.
"""

from __future__ import annotations

import ast
import json
import operator
from collections.abc import Callable, Mapping
from typing import Any

from k8sgen.chart.calls import Calls
from k8sgen.chart.golang import (
    Value,
    as_item,
    as_text,
    call,
    compared,
    concatenated,
    constant,
    literal,
    number,
    plain,
    stored,
    term,
    truth,
)
from k8sgen.chart.helpers import context_member
from k8sgen.render.types import BOOLEAN, NUMBER, TEXT, attribute, never_has, shown
from k8sgen.spec.fields import ANY, Type

ARITHMETIC: Mapping[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.FloorDiv: "div",
    ast.Mod: "mod",
}
COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
CALCULATE: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
ORDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


class Expressions(Calls):
    """Reads expressions for `k8sgen.chart.derivations.Writer`, which knows the names and writes the lines."""

    def expression(self, node: ast.expr, wanted: Type | None = None) -> Value:  # noqa: C901, PLR0912 - a flat table of node types
        """An expression; `wanted` types an empty list or map."""
        if isinstance(node, ast.Constant):
            if node.value is None or isinstance(node.value, (str, int, bool)):
                return literal(node.value)
            raise self.refuse(
                node, f"{node.value!r} is not in the subset", "use whole numbers, text, true and false"
            )
        if isinstance(node, ast.Name):
            return self.name(node)
        if isinstance(node, ast.Attribute):
            return self.attribute(node)
        if isinstance(node, ast.BoolOp):
            return self.logic(node)
        if isinstance(node, ast.UnaryOp):
            return self.unary(node)
        if isinstance(node, ast.BinOp):
            return self.binary(node)
        if isinstance(node, ast.Compare):
            return self.compare(node)
        if isinstance(node, ast.IfExp):
            return self.conditional(node)
        if isinstance(node, ast.JoinedStr):
            return self.joined(node)
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Subscript):
            return self.entry(node.value, node.slice)
        if isinstance(node, (ast.List, ast.Tuple)):
            return self.list_display(node, wanted)
        if isinstance(node, ast.Dict):
            return self.map_display(node, wanted)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
            return self.collected(node)
        if isinstance(node, ast.DictComp):
            return self.collected_map(node)
        raise self.refuse(node, f"{type(node).__name__.lower()} is not in the subset of derived values")

    def name(self, node: ast.Name) -> Value:
        """A local name, the spec's root, or a constant of the module."""
        value = self.variables.get(node.id)
        if value is not None:
            return value
        constant = self.function.__globals__.get(node.id)
        if isinstance(constant, (str, int, bool, tuple, list, dict, frozenset)) or (
            constant is None and node.id in self.function.__globals__
        ):
            return literal(constant)
        if isinstance(constant, Mapping):
            return literal(dict(constant))
        raise self.refuse(
            node,
            f"{node.id} is not a name that a chart knows",
            "use a parameter, a local name, or a constant of the module",
        )

    def attribute(self, node: ast.Attribute) -> Value:
        """A field of a part of the spec, of the release or of the cluster."""
        base = self.expression(node.value)
        found = attribute(base.type, node.attr)
        if found is None and never_has(base.type, node.attr):
            return literal(None)
        if found is None:
            raise self.refuse(
                node, f"{shown(base.type)} has no {node.attr}", "read a field of the spec by its Python name"
            )
        key, one = found
        special = context_member(base, key, self.helpers, printed=False)
        if special is not None:
            return special
        return self.helpers.field(base, key, one, safe=False)

    def condition(self, node: ast.expr) -> Value:
        """An expression of which only the truth counts: operands that decide nothing fall away."""
        if isinstance(node, ast.BoolOp):
            return self.logic(node, truth_only=True)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "bool"
            and len(node.args) == 1
        ):
            return self.condition(node.args[0])
        value = self.expression(node)
        return literal(value=False) if self.helpers.is_empty(value) else value

    def logic(self, node: ast.BoolOp, *, truth_only: bool = False) -> Value:
        """and, or: Go's are as lazy as Python's and give the same operand."""
        anded = isinstance(node.op, ast.And)
        result: Value | None = None
        joined = False
        for operand in node.values:
            if result is not None and result.known:
                if bool(result.constant) is not anded:
                    return result
                result = None
            mark = len(self.lines)
            value = self.condition(operand) if truth_only else self.expression(operand)
            written = self.lines[mark:]
            if truth_only and value.known and result is not None:
                if bool(value.constant) is not anded:
                    return literal(not anded)
                continue
            if result is None:
                result = value
            elif written:
                del self.lines[mark:]
                result = self.lazily(anded=anded, left=result, right=value, written=written)
            elif value.known and value.is_boolean and result.is_boolean:
                if bool(value.constant) is not anded:
                    result = value
            else:
                word = "and" if anded else "or"
                code = f"{result.code} {term(value.code)}" if joined else call(word, result.code, value.code)
                joined = True
                result = Value(
                    code,
                    value.type
                    if result.type == ANY
                    or (anded and not value.is_boolean)
                    or (result.known and not result.constant)
                    else result.type,
                    textual=result.textual or value.textual,
                    whole=result.whole and value.whole,
                    optional=value.optional,
                )
                continue
            joined = False
        assert result is not None  # noqa: S101 - a BoolOp has operands
        return result

    def lazily(self, *, anded: bool, left: Value, right: Value, written: list[str]) -> Value:
        """A right operand that needs lines of its own, which run only when it counts."""
        name = self.fresh("both" if anded else "either")
        self.say(f"{name} := {plain(left)}")
        self.say(f"if {name}" if anded else f"if not {name}")
        self.lines.extend(written)
        self.say(f"{name} = {plain(right)}")
        self.say("end")
        return Value(name, right.type if left.type == ANY else left.type)

    def unary(self, node: ast.UnaryOp) -> Value:
        """not, and negative constants."""
        value = (self.condition if isinstance(node.op, ast.Not) else self.expression)(node.operand)
        if isinstance(node.op, ast.Not):
            return literal(not value.constant) if value.known else Value(call("not", truth(value)), BOOLEAN)
        if isinstance(node.op, ast.USub) and value.is_number:
            return (
                literal(-value.constant)
                if value.known
                else Value(call("sub", "0", number(value)), NUMBER, whole=True)
            )
        raise self.refuse(node, f"{type(node.op).__name__.lower()} is not in the subset")

    def binary(self, node: ast.BinOp) -> Value:
        """Whole numbers; joined text; joined lists."""
        left, right = self.expression(node.left), self.expression(node.right)
        if isinstance(node.op, ast.Add) and left.known and right.known:
            return constant(left.constant + right.constant, left.type)
        if isinstance(node.op, ast.Add) and (left.is_text or right.is_text):
            return Value(call("printf", '"%s%s"', left.code, right.code), TEXT)
        if isinstance(node.op, ast.Add) and "list" in {left.type.shape, right.type.shape}:
            return Value(concatenated(left.code, right.code), left.type if left.type.item else right.type)
        if isinstance(node.op, ast.BitOr) and left.type.shape == "map":
            return self.merged([left, right])
        function = ARITHMETIC.get(type(node.op))
        if function is None or not (left.is_number and right.is_number):
            kinds = f"{shown(left.type)} and {shown(right.type)}"
            raise self.refuse(
                node,
                f"{type(node.op).__name__.lower()} of {kinds} is not in the subset",
                "use + - * // % of whole numbers, or join text",
            )
        if left.known and right.known:
            return literal(CALCULATE[type(node.op)](left.constant, right.constant))
        return Value(call(function, left.code, right.code), NUMBER, whole=True)

    def compare(self, node: ast.Compare) -> Value:
        """One comparison, or several in a chain."""
        parts: list[str] = []
        left_node = node.left
        for sign, right_node in zip(node.ops, node.comparators, strict=True):
            one = self.compared(node, left_node, sign, right_node)
            if one.known and len(node.ops) == 1:
                return one
            parts.append(one.code)
            left_node = right_node
        return Value(parts[0] if len(parts) == 1 else call("and", *parts), BOOLEAN)

    def compared(
        self, node: ast.Compare, left_node: ast.expr, sign: ast.cmpop, right_node: ast.expr
    ) -> Value:
        """Two values, by a comparison that fits their types."""
        left = self.expression(left_node)
        if isinstance(sign, (ast.Is, ast.IsNot)):
            return self.is_none(node, left, right_node, negated=isinstance(sign, ast.IsNot))
        right = self.expression(right_node)
        if isinstance(sign, (ast.In, ast.NotIn)):
            negated = isinstance(sign, ast.NotIn)
            if left.known and right.known:
                return literal((left.constant in right.constant) is not negated)
            if not right.is_text and self.helpers.is_empty(right):  # an empty text holds the empty text
                return literal(negated)
            code = self.contained(node, left, right)
            return Value(call("not", code), BOOLEAN) if isinstance(sign, ast.NotIn) else Value(code, BOOLEAN)
        function = COMPARISONS.get(type(sign))
        if function is None:
            raise self.refuse(node, f"{type(sign).__name__.lower()} is not in the subset")
        if left.known and right.known:
            return literal(bool(ORDER[function](left.constant, right.constant)))
        return Value(call(function, *self.alike(node, left, right, function)), BOOLEAN)

    def alike(self, node: ast.AST, left: Value, right: Value, function: str) -> tuple[str, str]:
        """Two values in a form in which Go compares them."""
        if function in {"eq", "ne"}:
            return compared(left, right)
        if left.is_number and right.is_number:
            return number(left), number(right)
        if left.is_text and right.is_text:
            return left.code, right.code
        raise self.refuse(
            node,
            f"{shown(left.type)} cannot be ordered against {shown(right.type)}",
            "compare numbers with numbers",
        )

    def is_none(self, node: ast.Compare, left: Value, right_node: ast.expr, *, negated: bool) -> Value:
        """Whether a value is absent."""
        if not (isinstance(right_node, ast.Constant) and right_node.value is None):
            raise self.refuse(node, "is compares only with None", "use ==")
        if left.known:
            return literal((left.constant is None) is not negated)
        if left.is_there:
            return literal(negated)
        code = f'kindIs "invalid" {term(left.code)}'
        return Value(call("not", code) if negated else code, BOOLEAN)

    def contained(self, node: ast.AST, left: Value, right: Value) -> str:
        """`in`: a key of a map, an item of a list, or a part of a text."""
        if right.type.shape == "map" or (right.type == ANY and right.code.startswith("dict")):
            return call("hasKey", self.or_empty(right), left.code)
        if right.type.shape == "list":
            if right.paths is not None and right.type.item == NUMBER:
                raise self.refuse(
                    node,
                    "in a list of numbers of the spec is not in the subset",
                    "write any(item == … for item in list)",
                )
            return call("has", as_item(left), self.or_empty(right, "list"))
        if right.is_text:
            return call("contains", left.code, right.code)
        if right.type == ANY:
            return call("hasKey", self.or_empty(right), left.code)
        raise self.refuse(
            node,
            f"in {shown(right.type)} is not in the subset",
            "look for a key of a map or an item of a list",
        )

    def conditional(self, node: ast.IfExp) -> Value:
        """`a if test else b`: only the one that counts is computed."""
        test = self.condition(node.test)
        if test.known:
            return self.expression(node.body if test.constant else node.orelse)
        chosen = self.chosen(node, test)
        if chosen is not None:
            return chosen
        name = self.fresh("one")
        self.say(f'{name} := ""')
        self.say(f"if {truth(test)}")
        body = self.expression(node.body)
        self.say(f"{name} = {stored(body)}")
        self.say("else")
        otherwise = self.expression(node.orelse)
        self.say(f"{name} = {stored(otherwise)}")
        self.say("end")
        optional = body.optional or otherwise.optional or body.constant is None or otherwise.constant is None
        whole = body.is_number and otherwise.is_number and not optional
        return Value(name, either_type(body, otherwise), whole=whole, optional=optional)

    def chosen(self, node: ast.IfExp, test: Value) -> Value | None:
        """One of two constants or fields, which may both be read whatever the test says."""
        both: list[Value] = []

        def run(trial: Expressions) -> None:
            both.extend((trial.expression(node.body), trial.expression(node.orelse)))

        if self.tried(run) is None or not all(value.known and value.constant is not None for value in both):
            return None
        body, otherwise = both
        if body.constant == otherwise.constant:
            return body
        condition = truth(test) if test.is_boolean and not test.textual else f"not (empty {term(test.code)})"
        return Value(
            call("ternary", body.code, otherwise.code, condition),
            either_type(body, otherwise),
            whole=body.is_number and otherwise.is_number,
        )

    def joined(self, node: ast.JoinedStr) -> Value:
        """An f-string of text and numbers."""
        text, values = "", []
        for part in node.values:
            if isinstance(part, ast.Constant):
                text += str(part.value).replace("%", "%%")
                continue
            if (
                not isinstance(part, ast.FormattedValue)
                or part.conversion != -1
                or part.format_spec is not None
            ):
                raise self.refuse(
                    node, "a format inside an f-string is not in the subset", "join plain values"
                )
            value = self.expression(part.value)
            if value.is_boolean or value.type.shape in {"map", "list", "model"}:
                raise self.refuse(
                    part,
                    f"{shown(value.type)} inside an f-string is not in the subset",
                    "join text and whole numbers",
                )
            if value.known and isinstance(value.constant, (str, int)):
                text += str(value.constant).replace("%", "%%")
            elif value.is_number:
                text += "%d"
                values.append(number(value))
            else:
                text += "%s"
                values.append(as_text(value, self.helpers.own("text")))
        if not values:
            return literal(text.replace("%%", "%"))
        return Value(call("printf", json.dumps(text, ensure_ascii=False), *values), TEXT)


def either_type(left: Value, right: Value) -> Type:
    """The type of one of two values."""
    if left.constant is None or left.type == ANY:
        return right.type
    if right.constant is None or left.type == right.type:
        return left.type
    if left.type.shape == right.type.shape == "scalar":
        return Type("scalar", scalars=tuple(dict.fromkeys(left.type.scalars + right.type.scalars)))
    return left.type if left.type.item else right.type
