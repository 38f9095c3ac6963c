"""Calls of restricted Python: derived values, builtins, methods of text."""

from __future__ import annotations

import ast
import builtins
from dataclasses import replace
from types import FunctionType
from typing import TYPE_CHECKING, Any

from k8sgen.chart.golang import (
    Value,
    as_text,
    call,
    constant,
    literal,
    number,
    plain,
    term,
)
from k8sgen.chart.helpers import constant_answer
from k8sgen.chart.loops import Loops
from k8sgen.chart.twins import INLINE, TWINS
from k8sgen.render.types import BOOLEAN, NUMBER, TEXT, signature_of
from k8sgen.resolve import arithmetic
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


KINDS: Mapping[str, tuple[str, ...]] = {
    "str": ("string",),
    "int": ("float64", "int64", "int"),
    "dict": ("map",),
    "list": ("slice",),
    "bool": ("bool",),
}
"""What Go calls the kinds: a number is a float64 from a file, an int64 from --set or computed, an int when counted."""

FOLDED: Mapping[str, Callable[[Any], Any]] = {"str": str, "int": int, "len": len}
"""Builtins whose answer about a constant is one."""

TEXT_METHODS: Mapping[str, tuple[str, Type]] = {
    "startswith": ("hasPrefix", BOOLEAN),
    "endswith": ("hasSuffix", BOOLEAN),
    "removeprefix": ("trimPrefix", TEXT),
    "removesuffix": ("trimSuffix", TEXT),
    "replace": ("replace", TEXT),
    "split": ("splitList", Type("list", item=TEXT)),
    "join": ("join", TEXT),
}
"""Methods of text and their functions, which take the text last."""


class Calls(Loops):
    """Reads calls."""

    def call(self, node: ast.Call) -> Value:
        """A derived value, a function of resolve/, a builtin, or a method of text."""
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func)
        if not isinstance(node.func, ast.Name):
            raise self.refuse(node, "only named functions can be called")
        name = node.func.id
        function = self.function.__globals__.get(name, getattr(builtins, name, None))
        if function is arithmetic.by_key:
            raise self.refuse(node, "by_key stands only behind `in`", "write for key, value in by_key(map)")
        if isinstance(function, Derivation) or (
            isinstance(function, FunctionType) and function.__module__.startswith("k8sgen.")
        ):
            return self.asked(node, name, function)
        if hasattr(function, "check"):
            raise self.refuse(node, f"{name} is a rule", "move what both need into a derived value")
        return self.builtin(node, name)

    def asked(self, node: ast.Call, name: str, function: Any) -> Value:
        """The answer of another helper."""
        if function is arithmetic.as_given:
            return self.expression(node.args[0])
        signature = signature_of(function)
        given = [self.expression(argument) for argument in node.args]
        constant = constant_answer(function, given, self.helpers)
        if constant is not None:
            return constant
        if given and all(value.known for value in given) and (name in INLINE or name in TWINS):
            return literal(function(*(value.constant for value in given)))
        if name in INLINE:
            codes = [value.code for value in reversed(given)]
            return Value(call(INLINE[name], *codes), signature.returns)
        names = [name for name, _ in signature.parameters]
        if len(given) + len(node.keywords) != len(names) or any(
            word.arg not in names for word in node.keywords
        ):
            raise self.refuse(
                node, f"{ast.unparse(node.func)} takes {', '.join(names)}", "hand it each of them"
            )
        arguments = dict(zip(names, given, strict=False)) | {
            str(word.arg): self.expression(word.value) for word in node.keywords
        }
        return self.helpers.ask(function, arguments)

    def builtin(self, node: ast.Call, name: str) -> Value:
        """The builtins of the subset."""
        generator = node.args[0] if node.args and isinstance(node.args[0], ast.GeneratorExp) else None
        if name in {"max", "min"}:
            one = generator if len(node.args) == 1 else None
            return self.extreme(node, one, name) if one else self.outermost(node, name)
        if name == "isinstance" and isinstance(node.args[1], ast.Name):
            return self.is_kind(node, node.args[1].id)
        if len(node.args) != 1 or node.keywords:
            raise self.refuse(node, f"{name}() is not in the subset")
        if generator and name in {"any", "all", "sum"}:
            return self.folded(generator, name)
        if generator and name in {"list", "tuple", "sorted"}:
            collected = self.collected(generator)
            return Value(call("sortAlpha", collected.code), collected.type) if name == "sorted" else collected
        if name == "bool":
            value = self.condition(node)
            if value.known:
                return literal(bool(value.constant))
            real = value.is_boolean and not value.textual
            return Value(value.code if real else f"not (empty {term(value.code)})", BOOLEAN)
        return self.converted(node, name, self.expression(node.args[0]))

    def outermost(self, node: ast.Call, name: str) -> Value:
        """The largest or the least of several numbers."""
        values = [self.expression(argument) for argument in node.args]
        if len(values) < 2 or not all(value.is_number for value in values):
            raise self.refuse(node, f"{name} needs several whole numbers, or a generator expression")
        if all(value.known for value in values):
            pick = max if name == "max" else min
            return literal(pick(value.constant for value in values))
        return Value(call(name, *(value.code for value in values)), NUMBER, whole=True)

    def is_kind(self, node: ast.Call, kind: str) -> Value:
        """Whether a value is of a kind, such as `str`."""
        value = self.expression(node.args[0])
        kinds = KINDS.get(kind)
        if kinds is None:
            raise self.refuse(
                node, f"isinstance of {kind} is not in the subset", "ask for str, int, bool, dict or list"
            )
        if value.known:
            return literal(isinstance(value.constant, getattr(builtins, kind)))
        tests = [f'kindIs "{kind}" {term(value.code)}' for kind in kinds]
        return Value(tests[0] if len(tests) == 1 else call("or", *tests), BOOLEAN)

    def converted(self, node: ast.Call, name: str, value: Value) -> Value:
        """A value as text, number, map or list, and its length."""
        if value.known and name in FOLDED and value.constant is not None:
            return literal(FOLDED[name](value.constant))
        if name == "len":
            return self.length(node, value)
        if name == "str":
            return Value(as_text(value, self.helpers.own("text")), TEXT)
        if name == "int":
            if value.is_number:
                return value
            return Value(call("atoi", as_text(value, self.helpers.own("text"))), NUMBER, whole=True)
        if name == "dict":
            return Value(f"fromJson (toJson {term(self.or_empty(value))})", value.type)
        if name == "list":
            return value
        if name == "sorted":
            code = call("keys", self.or_empty(value)) if value.type.shape == "map" else value.code
            item = TEXT if value.type.shape == "map" else value.type.item
            return Value(call("sortAlpha", code), Type("list", item=item))
        raise self.refuse(node, f"{name}() is not in the subset")

    def length(self, node: ast.Call, value: Value) -> Value:
        """How many characters, entries or items there are."""
        if self.helpers.is_empty(value):
            return literal(0)
        if value.is_text:
            return Value(f'len (splitList "" {term(value.code)})', NUMBER)
        if value.type.shape in {"map", "list"}:
            empty = "dict" if value.type.shape == "map" else "list"
            return Value(call("len", self.or_empty(value, empty)), NUMBER)
        raise self.refuse(node, "len() is not in the subset")

    def method(self, node: ast.Call, function: ast.Attribute) -> Value:
        """A method of text, or get of a map."""
        if function.attr == "get" and node.args:
            found = self.entry(function.value, node.args[0])
            if len(node.args) == 1:
                return found
            other = self.expression(node.args[1])
            if found.known:
                return found if found.constant is not None else other
            name = self.fresh("found")
            self.say(f"{name} := {found.code}")
            self.say(f'if kindIs "invalid" {name}')
            self.say(f"{name} = {plain(other)}")
            self.say("end")
            return Value(name, other.type if found.type == ANY else found.type)
        method = TEXT_METHODS.get(function.attr)
        if method is None or node.keywords:
            raise self.refuse(
                node, f"{function.attr}() is not in the subset", "see the methods of text that a chart knows"
            )
        owner = self.expression(function.value)
        arguments = [self.expression(argument) for argument in node.args]
        if owner.known and all(argument.known for argument in arguments):
            handed = [
                tuple(one.constant) if isinstance(one.constant, list) else one.constant for one in arguments
            ]
            return literal(getattr(owner.constant, function.attr)(*handed))
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
        item = self.helpers.entry_of(base)
        if base.type.shape == "list":
            return replace(item, code=call("index", base.code, number(index)))
        if base.known and index.known and base.constant is not None:
            found = base.constant.get(index.constant)
            return constant(found, item.type) if found is None else literal(found)
        return replace(item, code=call("index", self.or_empty(base), index.code))
