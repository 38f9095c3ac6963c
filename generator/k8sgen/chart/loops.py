"""Loops, lists and maps of restricted Python, written as lines before the one that needs them."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from k8sgen.chart.golang import (
    Value,
    as_item,
    call,
    concatenated,
    literal,
    number,
    stored,
    to_camel,
    truth,
)
from k8sgen.render.types import BOOLEAN, NUMBER, TEXT, shown
from k8sgen.resolve import arithmetic
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from k8sgen.chart.helpers import Helpers
    from k8sgen.errors import TemplateError


class Loops(ABC):
    """What all reading of expressions shares, and what needs lines of its own."""

    function: Callable[..., Any]
    helpers: Helpers
    variables: dict[str, Value]
    lines: list[str]
    loops: int
    temporary: int
    written: frozenset[str]
    """The names in the function's source, as variables of Go."""

    @abstractmethod
    def refuse(self, node: ast.AST, message: str, hint: str = "") -> TemplateError:
        """What to raise at a node."""

    @abstractmethod
    def say(self, code: str) -> None:
        """One action on a line of its own."""

    @abstractmethod
    def expression(self, node: ast.expr, wanted: Type | None = None) -> Value:
        """An expression; `wanted` types an empty list or map."""

    @abstractmethod
    def tried(self, run: Callable[[Any], object]) -> list[Value] | None:
        """Do something without writing a line; None when it needs lines."""

    @abstractmethod
    def condition(self, node: ast.expr) -> Value:
        """An expression of which only the truth counts."""

    def fresh(self, name: str) -> str:
        """A variable of our own, which no name of the function's becomes."""
        self.temporary += 1
        while f"${name}{self.temporary}" in self.written:
            self.temporary += 1
        return f"${name}{self.temporary}"

    def or_empty(self, value: Value, empty: str = "dict") -> str:
        """A map or list; one that is known to be absent is empty. The subset lets nobody read others that may be."""
        return empty if value.known and value.constant is None else value.code

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
                concatenated(*(self.or_empty(group, "list") for group in groups)),
                Type("list", item=groups[0].type.item),
            )
        values = [self.expression(item) for item in node.elts]
        if not values:
            return Value("list", Type("list", item=wanted.item if wanted else None), constant=[])
        if all(value.known for value in values):
            return literal([value.constant for value in values])
        item = values[0].type if values else (wanted.item if wanted else None)
        return Value(call("list", *(as_item(value) for value in values)), Type("list", item=item))

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
        if not codes:
            return Value("dict", Type("map", item=wanted.item if wanted else ANY), constant={})
        item_type = types[0] if types and len(set(types)) == 1 else (wanted.item if wanted else ANY)
        return Value(call("dict", *codes), Type("map", item=item_type))

    def merged(self, groups: list[Value]) -> Value:
        """Maps laid over each other; sprig's merge would fill empty values from below."""
        if all(group.known and not group.constant for group in groups):
            return groups[0]
        name, key, item = self.fresh("map"), self.fresh("key"), self.fresh("item")
        self.say(f"{name} := dict")
        for group in groups:
            if self.helpers.is_empty(group):
                continue
            self.say(f"range {key}, {item} := {group.code}")
            self.say(f"$_ := set {name} {key} {item}")
            self.say("end")
        typed = [group.type for group in groups if group.type.item not in {None, ANY}]
        return Value(name, typed[0] if typed else groups[0].type)

    def source_of(self, over: ast.expr) -> tuple[str, Value]:
        """What a loop runs over, and how: by `key`, with a `number`, or `each` item."""
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.args:
            if over.func.id == "enumerate":
                return "number", self.expression(over.args[0])
            if self.function.__globals__.get(over.func.id) is arithmetic.by_key:
                return "key", self.expression(over.args[0])
        return "each", self.expression(over)

    def open_loop(self, target: ast.expr, over: ast.expr) -> None:
        """`range` over a map by key or over a list; binds the names of the loop."""
        form, source = self.source_of(over)
        codes = self.bind_loop(target, over, form, source)
        self.say(f"range {', '.join(dict.fromkeys(codes))} := {source.code}")
        self.loops += 1

    def bind_loop(self, target: ast.expr, over: ast.expr, form: str, source: Value) -> list[str]:
        """Bind the names of a loop to what it runs over; their code."""
        names = (
            [name.id for name in target.elts if isinstance(name, ast.Name)]
            if isinstance(target, ast.Tuple)
            else []
        )
        entry = self.helpers.entry_of(source)
        if form != "each" and len(names) == 2:
            key = NUMBER if form == "number" else TEXT
            self.variables[names[0]] = Value(self.loop_name(names[0]), key, whole=form == "number")
            self.variables[names[1]] = replace(entry, code=self.loop_name(names[1]))
        elif isinstance(target, ast.Name) and target.id.startswith("_") and source.type.shape == "map":
            names = ["_", "_"]
        elif isinstance(target, ast.Name) and source.type.shape in {"list", "any"}:
            self.variables[target.id] = replace(entry, code=self.loop_name(target.id))
            names = ["_", target.id]
        else:
            raise self.refuse(
                over,
                f"a loop over {shown(source.type)} is not in the subset",
                "write for key, value in by_key(map), or for item in list",
            )
        return [self.loop_name(name) for name in names]

    def is_never(
        self, parts: Sequence[tuple[ast.expr, ast.expr, list[ast.expr]]], idle: Callable[[Any], bool]
    ) -> bool:
        """Whether a loop comes to nothing: it has no entry, passes over each, or is idle about it."""
        found: list[bool] = []

        def run(trial: Loops) -> None:
            for target, over, conditions in parts:
                form, source = trial.source_of(over)
                if trial.helpers.is_empty(source):
                    found.append(True)
                    return
                trial.bind_loop(target, over, form, source)
                trial.loops += 1
                tests = [trial.condition(condition) for condition in conditions]
                if any(test.known and not test.constant for test in tests):
                    found.append(True)
                    return
            found.append(idle(trial))

        self.tried(run)
        return found == [True]

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
        opened: list[int] = []
        for part in node.generators:
            self.open_loop(part.target, part.iter)
            opened.append(0)
            for condition in part.ifs:
                test = self.condition(condition)
                if not (test.known and test.constant):
                    self.say(f"if {truth(test)}")
                    opened[-1] += 1
        inside()
        for conditions in reversed(opened):
            for _ in range(conditions):
                self.say("end")
            self.close_loop()
        self.variables = before

    def yields_nothing(self, node: ast.GeneratorExp | ast.ListComp | ast.DictComp, fold: str = "") -> bool:
        """Whether a comprehension has no entry, or for any, all and sum none that counts."""

        def idle(trial: Loops) -> bool:
            if not fold or isinstance(node, ast.DictComp):
                return False
            value = trial.expression(node.elt)
            return value.known and (bool(value.constant) is (fold == "all"))

        return self.is_never([(part.target, part.iter, part.ifs) for part in node.generators], idle)

    def folded(self, node: ast.GeneratorExp, name: str) -> Value:
        """any, all, sum."""
        if self.yields_nothing(node, name):
            return literal({"any": False, "all": True, "sum": 0}[name])
        result = self.fresh(name)
        self.say(f"{result} := { {'any': 'false', 'all': 'true', 'sum': '0'}[name] }")

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
        """`max` and `min` of what a generator yields, from the default on when there is nothing."""
        defaults = [self.expression(word.value) for word in node.keywords if word.arg == "default"]
        if not defaults:
            raise self.refuse(node, f"{name} of a generator needs a default", f"write {name}(…, default=0)")
        if self.yields_nothing(generator):
            return defaults[0]
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
        if self.yields_nothing(node):
            return Value("list", Type("list"), constant=[])
        result = self.fresh("items")
        types: list[Type] = []
        self.say(f"{result} := list")

        def inside() -> None:
            value = self.expression(node.elt)
            types.append(value.type)
            self.say(f"{result} = {call('append', result, as_item(value))}")

        self.over(node, inside)
        return Value(result, Type("list", item=types[0]))

    def collected_map(self, node: ast.DictComp) -> Value:
        """A map of what a comprehension yields."""
        if self.yields_nothing(node):
            return Value("dict", Type("map"), constant={})
        result = self.fresh("entries")
        types: list[Type] = []
        self.say(f"{result} := dict")

        def inside() -> None:
            key, value = self.expression(node.key), self.expression(node.value)
            types.append(value.type)
            self.say(f"$_ := {call('set', result, key.code, stored(value))}")

        self.over(node, inside)
        return Value(result, Type("map", item=types[0]))
