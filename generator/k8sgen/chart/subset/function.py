"""The statements of a derived value or rule, walked as they run: names, loops, ways that end, the answer."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.chart.subset.calls import TRUSTED, Calls
from k8sgen.chart.subset.conditions import item, text_of
from k8sgen.chart.subset.known import LARGEST, UNKNOWN, Known, Names, joined, joined_names, of_annotation
from k8sgen.chart.subset.signature import ANNOTATIONS, Declared, declared, given_field, parsed
from k8sgen.chart.subset.values import SUBSET, takes
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import NUMBER, TEXT, known_names, shown
from k8sgen.resolve import arithmetic
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FRESH = (
    ast.List,
    ast.Dict,
    ast.Tuple,
    ast.ListComp,
    ast.DictComp,
    ast.GeneratorExp,
    ast.BinOp,
    ast.Call,
)
"""Expressions whose lists and maps nobody else holds, when they are the function's own."""

ROUNDS = 3
"""How often a loop is walked before a number that still grows counts as growing for ever."""

CHANGES = frozenset({"append", "extend", "update"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a function's answer."""

    answer: Known


def check_function(function: Callable[..., Any] | Derivation[..., Any]) -> None:
    """Walk a derived value, the check of a rule, or a function that they call. Raises TemplateError."""
    derivation = function if isinstance(function, Derivation) else None
    plain = derivation.function if derivation else function
    if plain.__module__ != TRUSTED:
        checked(plain, derivation)


@cache
def checked(function: Callable[..., Any], derivation: Derivation[..., Any] | None) -> Checked:
    """What is known of a function's answer, and that it stays in the subset. Raises TemplateError."""
    WITHIN.append(function)
    try:
        return Checked(Walk(function, derivation).answer())
    finally:
        WITHIN.pop()


WITHIN: list[object] = []
"""The functions that are being walked, each asked by the one before it."""


class Walk(Calls):
    """One walk through a function."""

    def __init__(self, function: Callable[..., Any], derivation: Derivation[..., Any] | None) -> None:
        self.function = function
        self.derivation = derivation
        self.tree, self.file = parsed(function)
        self.says: Declared = declared(function)
        self.answers: list[Known] = []
        self.types = {name: value.type for name, value in self.says.parameters.items()}
        """The type that each name has, whatever a condition finds out."""
        self.leaving: list[list[Names]] = []

    def refuse(self, node: ast.AST, message: str, hint: str = SUBSET) -> TemplateError:
        """What to raise at a node."""
        line, column = getattr(node, "lineno", self.tree.lineno), getattr(node, "col_offset", 0) + 1
        return TemplateError(Problem(message, Place(self.file, line, column), hint))

    def answer(self) -> Known:
        """Walk all of it; what is known of the answer.

        It is at most what its annotation says: more is nothing that Kubernetes would take.
        """
        name = self.tree.name
        if self.derivation is not None and self.derivation.given:
            given = given_field(self.derivation, self.says.parameters)
            if given is None:
                raise self.refuse(
                    self.tree,
                    f"given names {self.derivation.given}, which the spec does not have",
                    "name a field of the first parameter",
                )
            if not takes(given, self.says.answer.type):
                wanted = shown(self.says.answer.type)
                raise self.refuse(
                    self.tree,
                    f"{self.derivation.given} is {given.words()}, and {name} answers {wanted}",
                    "annotate the answer with what the field holds",
                )
            self.answers.append(given)
        end = self.block(self.tree.body, Names(dict(self.says.parameters)))
        if end is not None:
            raise self.refuse(
                self.tree, f"{name} may end without an answer", "return one on every way through the function"
            )
        result = self.answers[0]
        for one in self.answers[1:]:
            result = joined(result, one)
        if self.says.strange:
            raise self.refuse(
                self.tree, f"{name} answers {self.says.strange}, which a chart does not know", ANNOTATIONS
            )
        says = self.says.answer
        if says.is_number and result.low < says.low > -LARGEST:
            raise self.refuse(
                self.tree,
                f"{name} may answer less than the {says.low} that it promises",
                f"write max({says.low}, …)",
            )
        return replace(says, low=result.low, high=min(result.high, says.high))

    def answer_of(self, node: ast.Call, function: Callable[..., Any]) -> Known:
        """What is known of a function's answer, whatever it is asked."""
        if function.__module__ == TRUSTED:
            return declared(function).answer
        if function in WITHIN:
            raise self.refuse(
                node,
                f"{text_of(node.func)} asks for itself in the end",
                "write a loop, or hand it what it asks for",
            )
        called = self.function.__globals__.get(text_of(node.func))
        return checked(function, called if isinstance(called, Derivation) else None).answer

    # statements

    def block(self, body: Sequence[ast.stmt], names: Names | None) -> Names | None:
        """Statements one after the other; what is known behind them, None when nothing comes there."""
        for statement in body:
            if names is None:
                return None
            names = self.statement(statement, names)
        return names

    def statement(self, node: ast.stmt, names: Names) -> Names | None:
        """One statement."""
        if isinstance(node, ast.Return):
            self.returned(node, names)
            return None
        if isinstance(node, ast.If):
            self.condition(node.test, names)
            body = self.block(node.body, self.learn(node.test, names, holds=True))
            return joined_names(body, self.block(node.orelse, self.learn(node.test, names, holds=False)))
        if isinstance(node, ast.For) and not node.orelse:
            return self.loop(node, names)
        if isinstance(node, (ast.Break, ast.Continue)):
            self.leaving[-1].append(names)
            return None
        if isinstance(node, ast.Expr):
            return self.effect(node.value, names)
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return self.assigned(node.targets[0], node.value, names)
        if isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            return self.annotated(node.target, node.annotation, node.value, names)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            return self.augmented(node, node.target, names)
        if isinstance(node, ast.Pass):
            return names
        raise self.outside(node)

    def returned(self, node: ast.Return, names: Names) -> None:
        """The answer, which must be what the function promises."""
        wanted = self.says.answer
        if node.value is None:
            raise self.refuse(node, "return without a value answers nothing", f"return {shown(wanted.type)}")
        value = self.value(node.value, names)
        text = text_of(node.value)
        if value.optional and not wanted.optional and wanted.type != ANY:
            if value.is_none:
                raise self.refuse(node, f"None is not {shown(wanted.type)}, which is promised", "return one")
            if value.type != ANY:
                raise self.absent(node.value)
        if not self.says.mixed and not takes(value, wanted.type):
            raise self.refuse(
                node,
                f"{text} is {value.words()}, and {self.tree.name} promises {shown(wanted.type)}",
                "return what the annotation says, or change it",
            )
        if value.holes and wanted.type != ANY:
            raise self.refuse(node, f"{text} has items that may be absent", "append them behind an `if`")
        self.answers.append(value)

    def effect(self, node: ast.expr, names: Names) -> Names:
        """A docstring, or a method that changes a list or map of the function's own."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return names
        if not isinstance(node, ast.Call):
            raise self.refuse(
                node, f"{text_of(node)} is computed, and nobody reads it", "remove it, or use its value"
            )
        method = node.func
        if not (
            isinstance(method, ast.Attribute)
            and isinstance(method.value, ast.Name)
            and method.attr in CHANGES
            and len(node.args) == 1
        ):
            raise self.refuse(
                node,
                "a call for its effect is not in the subset",
                "append to a local list, or set an entry of a local map",
            )
        name = method.value.id
        value = self.value(node.args[0], names)
        if method.attr != "append":
            self.there(node.args[0], names)
        changed = self.own(node, name, names)
        if method.attr == "append":
            return self.changed(node, name, value, names, filled=True)
        if value.type.shape != changed.type.shape and value.type != ANY:
            raise self.refuse(node, f"{text_of(node.args[0])} is {value.words()}", f"take {changed.words()}")
        return self.changed(node, name, replace(item(value), optional=value.holes), names)

    def own(self, node: ast.AST, name: str, names: Names) -> Known:
        """A list or map that the function made itself, and that has one name."""
        value = names.values.get(name)
        if value is None or not value.own:
            raise self.refuse(
                node,
                f"{name} is changed here, and somebody else holds it too",
                f"change a copy: {name} = {'dict(…)' if value and value.type.shape == 'map' else '[*…]'}",
            )
        return value

    def changed(self, node: ast.AST, name: str, value: Known, names: Names, *, filled: bool = False) -> Names:
        """A list or map of the function's own with another item."""
        held = names.values[name]
        if held.type.item not in {None, ANY} and not takes(value, held.type.item or ANY):
            wanted = shown(held.type.item or ANY)
            raise self.refuse(
                node, f"{name} holds {wanted}, not {value.words()}", "make a list of its own for them"
            )
        both = joined(item(held), value) if held.type.item is not None and not held.empty else value
        changed = replace(
            held,
            type=replace(held.type, item=held.type.item or value.type),
            filled=held.filled or filled,
            written=False,
            holes=held.holes or value.optional,
            low=both.low,
            high=both.high,
            constant=UNKNOWN,
            empty=False,
        )
        names = names.copy()
        names.bind(name, changed)
        return names

    def assigned(self, target: ast.expr, source: ast.expr, names: Names) -> Names:
        """A name, several names, or an entry of a map."""
        if isinstance(target, ast.Name):
            return self.bound(target, source, self.value(source, names), names)
        if (
            isinstance(target, ast.Tuple)
            and isinstance(source, ast.Tuple)
            and len(target.elts) == len(source.elts)
        ):
            set_before: set[str] = set()
            for name, one in zip(target.elts, source.elts, strict=True):
                read = {inner.id for inner in ast.walk(one) if isinstance(inner, ast.Name)}
                if read & set_before:
                    raise self.refuse(
                        one,
                        f"{', '.join(sorted(read & set_before))} is read and set in one line; a chart sets one after the other",
                        "keep the old value in a name of its own",
                    )
                names = self.assigned(name, one, names)
                set_before.add(text_of(name))
            return names
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            self.key(target.slice, names)
            value = self.value(source, names)
            if target.value.id in names.values:
                self.own(target, target.value.id, names)
                return self.changed(target, target.value.id, value, names)
        raise self.refuse(
            target,
            "this assignment is not in the subset of derived values",
            "assign to a name, or to an entry of a local map",
        )

    def bound(self, target: ast.Name, source: ast.expr, value: Known, names: Names) -> Names:
        """A name for a value; a list or map that the function changes has one name alone."""
        if isinstance(source, ast.Name) and value.own and value.is_changeable and target.id != source.id:
            raise self.refuse(
                source,
                f"{target.id} and {source.id} would be one {value.type.shape} in Python, and two in a chart",
                f"use {source.id}, or copy it: [*{source.id}]"
                if value.type.shape == "list"
                else f"use {source.id}, or copy it: dict({source.id})",
            )
        before = self.types.setdefault(target.id, value.type) if not value.is_none else ANY
        if not takes(value, before):
            raise self.refuse(
                target,
                f"{target.id} was {shown(before)} and would be {value.words()}",
                "give the new value a name of its own",
            )
        names = names.copy()
        names.bind(target.id, replace(value, own=value.own and isinstance(source, FRESH)))
        return names

    def annotated(self, target: ast.Name, annotation: ast.expr, source: ast.expr, names: Names) -> Names:
        """A name with a type of its own, such as that of an empty list."""
        scope = {**known_names(), **self.function.__globals__}
        try:
            wanted = of_annotation(eval(ast.unparse(annotation), scope))  # noqa: S307 - our own source
        except NameError as error:
            raise self.refuse(
                annotation,
                f"{error.name} is not a type that a chart knows",
                "use int, str, bool, list or dict",
            ) from error
        value = self.value(source, names)
        if not takes(value, wanted.type):
            raise self.refuse(
                source, f"{text_of(source)} is {value.words()}, not {shown(wanted.type)}", "use its type"
            )
        type_ = wanted.type if wanted.type != ANY else value.type
        self.types.setdefault(target.id, type_)
        return self.bound(target, source, replace(value, type=type_), names)

    def augmented(self, node: ast.AugAssign, target: ast.Name, names: Names) -> Names:
        """`+=` and the like."""
        joined_node = ast.copy_location(ast.BinOp(ast.Name(target.id, ast.Load()), node.op, node.value), node)
        ast.copy_location(joined_node.left, target)
        held = self.value(joined_node.left, names)
        if held.is_changeable:
            self.own(node, target.id, names)
        if isinstance(node.op, ast.Mult) and self.leaving:
            raise self.refuse(
                node,
                f"{target.id} is multiplied in a loop, and Go's numbers start again from below at 2^63",
                "add, or multiply once behind the loop",
            )
        value = self.value(joined_node, names)
        names = names.copy()
        names.bind(target.id, value)
        return names

    def loop(self, node: ast.For, names: Names) -> Names:
        """`for`: walked until nothing new is known; a number that still grows then has no bound."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return):
                raise self.refuse(
                    node,
                    "return inside a loop is not in the subset",
                    "set a name in the loop and return it afterwards",
                )
        start = names
        for turn in range(ROUNDS + 2):
            inside = self.looping(node.target, node.iter, start)
            for name in loop_names(node.target):
                if name in start.values and not name.startswith("_"):
                    raise self.refuse(
                        node,
                        f"the loop takes {name} for its own, which has a value before it",
                        "give the name of the loop another name",
                    )
            self.leaving.append([])
            ends = [self.block(node.body, inside), *self.leaving.pop()]
            after: Names | None = start
            for end in ends:
                after = joined_names(after, end)
            assert after is not None  # noqa: S101 - the start is one of them
            if turn >= ROUNDS:
                after.values = {
                    name: widened(start.values[name], value) for name, value in after.values.items()
                }
            if after == start:
                break
            start = after
        return start

    def looping(self, target: ast.expr, over: ast.expr, names: Names) -> Names:
        """The names inside a loop over a map by key, or over a list."""
        key, held = self.looped(over, names)
        inside = names.copy()
        bound = loop_names(target)
        entry = item(held)
        if key is not None and isinstance(target, ast.Tuple) and len(bound) == len(target.elts) == 2:
            inside.bind(bound[0], key)
            inside.bind(bound[1], entry)
        elif key is None and isinstance(target, ast.Name):
            inside.bind(target.id, entry)
        else:
            raise self.refuse(
                over,
                f"a loop over {held.words()} is not in the subset",
                "write for key, value in by_key(map), or for item in list",
            )
        return inside

    def looped(self, over: ast.expr, names: Names) -> tuple[Known | None, Known]:
        """What a loop runs over, and what it knows of the first of two names."""
        if isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.args:
            if self.function.__globals__.get(over.func.id) is arithmetic.by_key and len(over.args) == 1:
                held = self.value(over.args[0], names)
                if held.type.shape in {"map", "any"}:
                    return Known(TEXT), held
                raise self.refuse(over, f"by_key of {held.words()} is not in the subset", "give it a map")
            if over.func.id == "enumerate":
                if len(over.args) != 1 or over.keywords:
                    raise self.refuse(
                        over, "enumerate counts from 0 in a chart", "add to the number in the loop"
                    )
                held = self.there(over.args[0], names)
                if held.type.shape != "list":
                    raise self.refuse(
                        over, f"enumerate of {held.words()} is not in the subset", "number a list"
                    )
                return Known(NUMBER, low=0), held
        held = self.there(over, names)
        if held.type.shape not in {"list", "any"}:
            raise self.refuse(
                over,
                f"a loop over {held.words()} is not in the subset",
                "write for key, value in by_key(map), or for item in list",
            )
        return None, held


def widened(before: Known, after: Known) -> Known:
    """A number that a loop still changes: a sum of entries stays within what is exact, for a spec is finite."""
    low = before.low if after.low >= before.low else -LARGEST
    return replace(after, low=low, high=before.high if after.high <= before.high else LARGEST)


def loop_names(target: ast.expr) -> list[str]:
    """The names that a loop binds."""
    nodes = target.elts if isinstance(target, ast.Tuple) else [target]
    return [node.id for node in nodes if isinstance(node, ast.Name)]
