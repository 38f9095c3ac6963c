"""Expressions of restricted Python as expressions of Go templates.

What Go can only say in statements (a loop in `any`, a conditional expression) is written before the
line that needs it, into a name of its own; `and`, `or` and `if` stay lazy.
"""

from __future__ import annotations

import ast
import builtins
import json
import operator
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic.alias_generators import to_camel

from k8sgen.chart.golang import (
    Value,
    as_text,
    call,
    compared,
    field_of,
    literal,
    number,
    plain,
    stored,
    term,
    truth,
)
from k8sgen.chart.helpers import constant_answer, context_member, under
from k8sgen.chart.twins import INLINE
from k8sgen.render.types import BOOLEAN, NUMBER, SPEC, TEXT, Member, attribute, fits, shown, signature_of
from k8sgen.resolve import arithmetic
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from k8sgen.chart.helpers import Helpers

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
KINDS: Mapping[str, str] = {"str": "string", "dict": "map", "list": "slice", "bool": "bool"}

TEXT_METHODS: Mapping[str, tuple[str, Type]] = {
    "startswith": ("hasPrefix", BOOLEAN),
    "endswith": ("hasSuffix", BOOLEAN),
    "removeprefix": ("trimPrefix", TEXT),
    "removesuffix": ("trimSuffix", TEXT),
    "replace": ("replace", TEXT),
    "split": ("splitList", Type("list", item=TEXT)),
    "lower": ("lower", TEXT),
    "upper": ("upper", TEXT),
    "join": ("join", TEXT),
    "lstrip": ("trimLeft", TEXT),
    "rstrip": ("trimRight", TEXT),
}
"""Methods of text and their functions, which take the text last."""


class Expressions:
    """Reads expressions for `k8sgen.chart.derivations.Writer`, which knows the names and writes the lines."""

    function: Callable[..., Any]
    helpers: Helpers
    variables: dict[str, Value]
    lines: list[str]
    loops: int
    temporary: int
    root: str

    def refuse(self, node: ast.AST, message: str, hint: str = "") -> NoReturn:
        """Stop at a node."""
        raise NotImplementedError

    def say(self, code: str) -> None:
        """One action on a line of its own."""
        raise NotImplementedError

    def fresh(self, name: str) -> str:
        """A variable of our own."""
        self.temporary += 1
        return f"${name}{self.temporary}"

    def expression(self, node: ast.expr, wanted: Type | None = None) -> Value:  # noqa: C901, PLR0912 - a flat table of node types
        """An expression; `wanted` types an empty list or map."""
        if isinstance(node, ast.Constant):
            if node.value is None or isinstance(node.value, (str, int, bool)):
                return literal(node.value)
            self.refuse(
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
        self.refuse(node, f"{type(node).__name__.lower()} is not in the subset of derived values")

    def name(self, node: ast.Name) -> Value:
        """A local name, the spec's root, or a constant of the module."""
        value = self.variables.get(node.id)
        if value is not None:
            return (
                Value(under(self.root, ".Values"), SPEC) if value.type == SPEC and not value.code else value
            )
        constant = self.function.__globals__.get(node.id)
        if (
            isinstance(constant, (str, int, bool, tuple, list, dict, frozenset))
            or constant is None
            and node.id in self.function.__globals__
        ):
            return literal(constant)
        if isinstance(constant, Mapping):
            return literal(dict(constant))
        self.refuse(
            node,
            f"{node.id} is not a name that a chart knows",
            "use a parameter, a local name, or a constant of the module",
        )

    def attribute(self, node: ast.Attribute) -> Value:
        """A field of a part of the spec, of the release or of the cluster."""
        base = self.expression(node.value)
        found = attribute(base.type, node.attr)
        if found is None:
            self.refuse(
                node, f"{shown(base.type)} has no {node.attr}", "read a field of the spec by its Python name"
            )
        key, one = found
        special = context_member(base, key, self.root, self.helpers, printed=False)
        return special if special is not None else field_of(base, key, one, safe=not self.always(node.value))

    def always(self, node: ast.expr) -> bool:
        """Whether what a node reads is always there."""
        if isinstance(node, ast.Name):
            value = self.variables.get(node.id)
            return value is not None and (not value.code or value.type.shape == "model")
        if isinstance(node, ast.Attribute):
            base = self.type_of(node.value)
            found: tuple[str, Member] | None = attribute(base, node.attr) if base else None
            return found is not None and found[1].always and self.always(node.value)
        return False

    def type_of(self, node: ast.expr) -> Type | None:
        """The type of a name or field, without writing anything."""
        if isinstance(node, ast.Name):
            return self.variables[node.id].type if node.id in self.variables else None
        if isinstance(node, ast.Attribute) and (base := self.type_of(node.value)):
            found = attribute(base, node.attr)
            return found[1].type if found else None
        return None

    def logic(self, node: ast.BoolOp) -> Value:
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
            value = self.expression(operand)
            written = self.lines[mark:]
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
        value = self.expression(node.operand)
        if isinstance(node.op, ast.Not):
            return literal(not value.constant) if value.known else Value(call("not", truth(value)), BOOLEAN)
        if isinstance(node.op, ast.USub) and value.is_number:
            return (
                literal(-value.constant)
                if value.known
                else Value(call("sub", "0", number(value)), NUMBER, whole=True)
            )
        self.refuse(node, f"{type(node.op).__name__.lower()} is not in the subset")

    def binary(self, node: ast.BinOp) -> Value:
        """Whole numbers; joined text; joined lists."""
        left, right = self.expression(node.left), self.expression(node.right)
        if isinstance(node.op, ast.Add) and (left.is_text or right.is_text):
            return Value(call("printf", '"%s%s"', left.code, right.code), TEXT)
        if isinstance(node.op, ast.Add) and "list" in {left.type.shape, right.type.shape}:
            return Value(call("concat", left.code, right.code), left.type if left.type.item else right.type)
        if isinstance(node.op, ast.BitOr) and left.type.shape == "map":
            return self.merged([left, right])
        function = ARITHMETIC.get(type(node.op))
        if function is None or not (left.is_number and right.is_number):
            kinds = f"{shown(left.type)} and {shown(right.type)}"
            self.refuse(
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
            code = self.contained(node, left, right)
            return Value(call("not", code), BOOLEAN) if isinstance(sign, ast.NotIn) else Value(code, BOOLEAN)
        function = COMPARISONS.get(type(sign))
        if function is None:
            self.refuse(node, f"{type(sign).__name__.lower()} is not in the subset")
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
        self.refuse(
            node,
            f"{shown(left.type)} cannot be ordered against {shown(right.type)}",
            "compare numbers with numbers",
        )

    def is_none(self, node: ast.Compare, left: Value, right_node: ast.expr, *, negated: bool) -> Value:
        """Whether a value is absent."""
        if not (isinstance(right_node, ast.Constant) and right_node.value is None):
            self.refuse(node, "is compares only with None", "use ==")
        if left.known:
            return literal((left.constant is None) is not negated)
        code = f'kindIs "invalid" {term(left.code)}'
        return Value(call("not", code) if negated else code, BOOLEAN)

    def contained(self, node: ast.AST, left: Value, right: Value) -> str:
        """`in`: a key of a map, an item of a list, or a part of a text."""
        if right.type.shape == "map" or (right.type == ANY and right.code.startswith("dict")):
            return call("hasKey", self.or_empty(right), left.code)
        if right.type.shape == "list":
            return call("has", stored(left), self.or_empty(right, "list"))
        if right.is_text:
            return call("contains", left.code, right.code)
        if right.type == ANY:
            return call("hasKey", self.or_empty(right), left.code)
        self.refuse(
            node,
            f"in {shown(right.type)} is not in the subset",
            "look for a key of a map or an item of a list",
        )

    def or_empty(self, value: Value, empty: str = "dict") -> str:
        """A map or list that may be absent, as one that is there."""
        return value.code if value.code.startswith(("dict", "list")) else f"{value.code} | default {empty}"

    def conditional(self, node: ast.IfExp) -> Value:
        """`a if test else b`: only the one that counts is computed."""
        test = self.expression(node.test)
        if test.known:
            return self.expression(node.body if test.constant else node.orelse)
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
                self.refuse(node, "a format inside an f-string is not in the subset", "join plain values")
            value = self.expression(part.value)
            if value.is_boolean or value.type.shape in {"map", "list", "model"}:
                self.refuse(
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

    def call(self, node: ast.Call) -> Value:
        """A derived value, a function of resolve/, a builtin, or a method of text."""
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func)
        if not isinstance(node.func, ast.Name):
            self.refuse(node, "only named functions can be called")
        name = node.func.id
        function = self.function.__globals__.get(name, getattr(builtins, name, None))
        if function is arithmetic.by_key:
            self.refuse(node, "by_key stands only behind `in`", "write for key, value in by_key(map)")
        if isinstance(function, Derivation) or (
            isinstance(function, FunctionType) and function.__module__.startswith("k8sgen.")
        ):
            return self.asked(node, function)
        if hasattr(function, "check"):
            self.refuse(node, f"{name} is a rule", "move what both need into a derived value")
        return self.builtin(node, name)

    def asked(self, node: ast.Call, function: Any) -> Value:
        """The answer of another helper."""
        signature = signature_of(function)
        given = [self.expression(argument) for argument in node.args]
        constant = constant_answer(function, given, self.helpers)
        if constant is not None:
            return constant
        if node.func.id in INLINE:  # type: ignore[attr-defined] - asked by name
            return Value(
                call(INLINE[node.func.id], *(value.code for value in reversed(given))), signature.returns
            )  # type: ignore[attr-defined] - asked by name
        names = [name for name, _ in signature.parameters]
        if len(given) + len(node.keywords) != len(names) or any(
            word.arg not in names for word in node.keywords
        ):
            self.refuse(node, f"{ast.unparse(node.func)} takes {', '.join(names)}", "hand it each of them")
        arguments = dict(zip(names, given, strict=False)) | {
            str(word.arg): self.expression(word.value) for word in node.keywords
        }
        for name, wanted in signature.parameters:
            if not fits(arguments[name].type, wanted):
                self.refuse(
                    node,
                    f"{name} of {ast.unparse(node.func)} is {shown(wanted)}, not {shown(arguments[name].type)}",
                )
        return self.helpers.ask(function, arguments, self.root)

    def builtin(self, node: ast.Call, name: str) -> Value:  # noqa: C901, PLR0912 - a flat table of names
        """The builtins of the subset."""
        if (
            name in {"any", "all", "sum"}
            and len(node.args) == 1
            and isinstance(node.args[0], ast.GeneratorExp)
        ):
            return self.folded(node.args[0], name)
        if name in {"max", "min"}:
            if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
                return self.extreme(node, node.args[0], name)
            values = [self.expression(argument) for argument in node.args]
            if len(values) > 1 and all(value.is_number for value in values):
                return Value(call(name, *(value.code for value in values)), NUMBER, whole=True)
            self.refuse(node, f"{name} needs several whole numbers, or a generator expression")
        if name == "isinstance" and isinstance(node.args[1], ast.Name):
            kind = KINDS.get(node.args[1].id)
            value = self.expression(node.args[0])
            if node.args[1].id == "int":
                return Value(
                    f'or (kindIs "float64" {term(value.code)}) (kindIs "int64" {term(value.code)})', BOOLEAN
                )
            if kind is None:
                self.refuse(
                    node,
                    f"isinstance of {node.args[1].id} is not in the subset",
                    "ask for str, int, bool, dict or list",
                )
            return Value(f'kindIs "{kind}" {term(value.code)}', BOOLEAN)
        if len(node.args) != 1 or node.keywords:
            self.refuse(node, f"{name}() is not in the subset")
        if name in {"list", "tuple", "sorted"} and isinstance(node.args[0], ast.GeneratorExp):
            collected = self.collected(node.args[0])
            return Value(call("sortAlpha", collected.code), collected.type) if name == "sorted" else collected
        value = self.expression(node.args[0])
        if name == "str":
            return Value(as_text(value, self.helpers.own("text")), TEXT)
        if name == "int":
            return (
                value
                if value.is_number
                else Value(call("atoi", as_text(value, self.helpers.own("text"))), NUMBER, whole=True)
            )
        if name == "bool":
            return Value(f"not (empty {term(value.code)})", BOOLEAN)
        if name == "len" and value.is_text:
            return Value(f'len (splitList "" {term(value.code)})', NUMBER)
        if name == "len" and value.type.shape in {"map", "list"}:
            return Value(
                call("len", self.or_empty(value, "dict" if value.type.shape == "map" else "list")), NUMBER
            )
        if name == "dict":
            return Value(f"fromJson (toJson {term(self.or_empty(value))})", value.type)
        if name == "list":
            return value
        if name == "sorted":
            code = call("keys", self.or_empty(value)) if value.type.shape == "map" else value.code
            item = TEXT if value.type.shape == "map" else value.type.item
            return Value(call("sortAlpha", code), Type("list", item=item))
        self.refuse(node, f"{name}() is not in the subset")

    def method(self, node: ast.Call, function: ast.Attribute) -> Value:
        """A method of text, or get of a map."""
        if function.attr == "get" and node.args:
            found = self.entry(function.value, node.args[0])
            if len(node.args) == 1:
                return found
            other = self.expression(node.args[1])
            name = self.fresh("found")
            self.say(f"{name} := {found.code}")
            self.say(f'if kindIs "invalid" {name}')
            self.say(f"{name} = {plain(other)}")
            self.say("end")
            return Value(name, other.type if found.type == ANY else found.type)
        method = TEXT_METHODS.get(function.attr)
        if method is None or node.keywords:
            self.refuse(
                node, f"{function.attr}() is not in the subset", "see the methods of text that a chart knows"
            )
        owner = self.expression(function.value)
        arguments = [self.expression(argument) for argument in node.args]
        if (
            function.attr in {"startswith", "endswith"}
            and arguments
            and arguments[0].known
            and isinstance(arguments[0].constant, (tuple, list))
        ):
            each = [call(method[0], literal(one).code, owner.code) for one in arguments[0].constant]
            return Value(call("or", *each), BOOLEAN)
        if function.attr == "join":
            return Value(call("join", owner.code, arguments[0].code), TEXT)
        return Value(call(method[0], *(argument.code for argument in arguments), owner.code), method[1])

    def entry(self, owner: ast.expr, key: ast.expr) -> Value:
        """An entry of a map or an item of a list."""
        base = self.expression(owner)
        index = self.expression(key)
        if base.type.shape == "list":
            return Value(call("index", base.code, number(index)), base.type.item or ANY)
        return Value(call("index", self.or_empty(base), index.code), base.type.item or ANY)

    def list_display(self, node: ast.List | ast.Tuple, wanted: Type | None) -> Value:
        """A list of expressions, and of other lists in it."""
        if any(isinstance(item, ast.Starred) for item in node.elts):
            groups = [
                self.expression(item.value)
                if isinstance(item, ast.Starred)
                else self.list_display(ast.List([item]), None)
                for item in node.elts
            ]
            return Value(
                call("concat", *(self.or_empty(group, "list") for group in groups)),
                Type("list", item=groups[0].type.item),
            )
        values = [self.expression(item) for item in node.elts]
        if values and all(value.known for value in values):
            return literal([value.constant for value in values])
        item = values[0].type if values else (wanted.item if wanted else None)
        return Value(call("list", *(stored(value) for value in values)), Type("list", item=item))

    def map_display(self, node: ast.Dict, wanted: Type | None) -> Value:
        """A map of expressions, and of other maps in it."""
        if any(key is None for key in node.keys):
            groups = []
            for key, item in zip(node.keys, node.values, strict=True):
                groups.append(
                    self.expression(item)
                    if key is None
                    else self.map_display(ast.Dict([key], [item]), wanted)
                )
            return self.merged(groups)
        codes: list[str] = []
        types: list[Type] = []
        for key, item in zip(node.keys, node.values, strict=True):
            assert key is not None  # noqa: S101 - asked above
            value = self.expression(item, wanted.item if wanted else None)
            types.append(value.type)
            codes += [self.expression(key).code, stored(value)]
        item_type = types[0] if types and len(set(types)) == 1 else (wanted.item if wanted else ANY)
        return Value(call("dict", *codes), Type("map", item=item_type))

    def merged(self, groups: list[Value]) -> Value:
        """Maps laid over each other; sprig's merge would fill empty values from below."""
        name, key, item = self.fresh("map"), self.fresh("key"), self.fresh("item")
        self.say(f"{name} := dict")
        for group in groups:
            self.say(f"range {key}, {item} := {group.code}")
            self.say(f"$_ := set {name} {key} {item}")
            self.say("end")
        return Value(name, groups[0].type if groups[0].type.item else groups[-1].type)

    def open_loop(self, target: ast.expr, over: ast.expr) -> None:
        """range over a map by key or over a list; binds the names of the loop."""
        numbered = (
            isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.func.id == "enumerate"
        )
        mapped = (
            isinstance(over, ast.Call)
            and isinstance(over.func, ast.Name)
            and self.function.__globals__.get(over.func.id) is arithmetic.by_key
        )
        source = (
            self.expression(over.args[0])
            if isinstance(over, ast.Call) and (numbered or mapped)
            else self.expression(over)
        )
        names = (
            [name.id for name in target.elts if isinstance(name, ast.Name)]
            if isinstance(target, ast.Tuple)
            else []
        )
        if mapped and len(names) == 2:
            self.variables[names[0]] = Value(self.loop_name(names[0]), TEXT)
            self.variables[names[1]] = Value(self.loop_name(names[1]), source.type.item or ANY)
        elif numbered and len(names) == 2:
            self.variables[names[0]] = Value(self.loop_name(names[0]), NUMBER, whole=True)
            self.variables[names[1]] = Value(self.loop_name(names[1]), source.type.item or ANY)
        elif isinstance(target, ast.Name) and target.id.startswith("_") and source.type.shape == "map":
            names = ["_", "_"]
        elif isinstance(target, ast.Name) and source.type.shape in {"list", "any"}:
            self.variables[target.id] = Value(self.loop_name(target.id), source.type.item or ANY)
            names = ["_", target.id]
        else:
            self.refuse(
                over,
                f"a loop over {shown(source.type)} is not in the subset",
                "write for key, value in by_key(map), or for item in list",
            )
        codes = [self.loop_name(name) for name in names]
        self.say(f"range {', '.join(dict.fromkeys(codes))} := {source.code}")
        self.loops += 1

    def loop_name(self, name: str) -> str:
        """A name of a loop; `_` stays what it is."""
        return "$_" if name == "_" else f"${to_camel(name)}"

    def close_loop(self) -> None:
        """End of a range."""
        self.loops -= 1
        self.say("end")

    def over(self, node: ast.GeneratorExp | ast.ListComp | ast.DictComp, inside: Callable[[], None]) -> None:
        """Run `inside` for what a generator expression yields."""
        before = dict(self.variables)
        closers = 0
        for part in node.generators:
            self.open_loop(part.target, part.iter)
            closers += 1
            for condition in part.ifs:
                self.say(f"if {truth(self.expression(condition))}")
        inside()
        for part in reversed(node.generators):
            for _ in part.ifs:
                self.say("end")
            self.close_loop()
        self.variables = before

    def folded(self, node: ast.GeneratorExp, name: str) -> Value:
        """any, all, sum."""
        result = self.fresh(name)
        self.say(f"{result} := {dict(any='false', all='true', sum='0')[name]}")

        def inside() -> None:
            value = self.expression(node.elt)
            if name == "sum":
                self.say(f"{result} = {call('add', result, value.code)}")
                return
            self.say(f"if {truth(value) if name == 'any' else call('not', truth(value))}")
            self.say(f"{result} = {'true' if name == 'any' else 'false'}")
            self.say("end")

        self.over(node, inside)
        return Value(result, NUMBER if name == "sum" else BOOLEAN, whole=name == "sum")

    def extreme(self, node: ast.Call, generator: ast.GeneratorExp, name: str) -> Value:
        """max and min of what a generator yields, from the default on when there is nothing."""
        defaults = [self.expression(word.value) for word in node.keywords if word.arg == "default"]
        if not defaults:
            self.refuse(node, f"{name} of a generator needs a default", f"write {name}(…, default=0)")
        result, seen = self.fresh(name), self.fresh("seen")
        self.say(f"{result} := {number(defaults[0])}")
        self.say(f"{seen} := false")

        def inside() -> None:
            value = self.expression(generator.elt)
            self.say(f"if {seen}")
            self.say(f"{result} = {call(name, result, value.code)}")
            self.say("else")
            self.say(f"{result} = {number(value)}")
            self.say("end")
            self.say(f"{seen} = true")

        self.over(generator, inside)
        return Value(result, NUMBER)

    def collected(self, node: ast.GeneratorExp | ast.ListComp) -> Value:
        """A list of what a comprehension yields."""
        result = self.fresh("items")
        types: list[Type] = []
        self.say(f"{result} := list")

        def inside() -> None:
            value = self.expression(node.elt)
            types.append(value.type)
            self.say(f"{result} = {call('append', result, stored(value))}")

        self.over(node, inside)
        return Value(result, Type("list", item=types[0]))

    def collected_map(self, node: ast.DictComp) -> Value:
        """A map of what a comprehension yields."""
        result = self.fresh("entries")
        types: list[Type] = []
        self.say(f"{result} := dict")

        def inside() -> None:
            key, value = self.expression(node.key), self.expression(node.value)
            types.append(value.type)
            self.say(f"$_ := {call('set', result, key.code, stored(value))}")

        self.over(node, inside)
        return Value(result, Type("map", item=types[0]))


def either_type(left: Value, right: Value) -> Type:
    """The type of one of two values."""
    if left.constant is None or left.type == ANY:
        return right.type
    if right.constant is None or left.type == right.type:
        return left.type
    if left.type.shape == right.type.shape == "scalar":
        return Type("scalar", scalars=tuple(dict.fromkeys(left.type.scalars + right.type.scalars)))
    return left.type if left.type.item else right.type


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
