"""Expressions of a derived value: whether Python and a chart say the same of them, whatever the values."""

from __future__ import annotations

import ast
import operator
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from k8sgen.chart.subset.conditions import ORDER, Conditions, item, text_of
from k8sgen.chart.subset.known import (
    LARGEST,
    LIMIT,
    UNKNOWN,
    Known,
    Names,
    joined,
    of_constant,
    of_field,
)
from k8sgen.render.spoken import speaker_of
from k8sgen.render.types import BOOLEAN, NUMBER, TEXT, attribute, fits, shown
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from k8sgen.errors import TemplateError

SUBSET = "write it in the Python that a chart can say too: see CONTRIBUTING, Add a derived value"

ARITHMETIC: Mapping[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}

NODES: Mapping[str, str] = {
    "FunctionDef": "a function in a function",
    "ClassDef": "a class",
    "ImportFrom": "import",
    "NamedExpr": ":=",
    "Delete": "del",
    "Starred": "*",
    "SetComp": "a set",
    "Set": "a set",
    "Assign": "= with several targets",
    "AugAssign": "this assignment",
    "AsyncFor": "async for",
    "For": "else of a loop",
}
"""What people call a statement or expression, where Python's grammar says it otherwise."""

INSTEAD: Mapping[str, str] = {
    "Try": "ask before, so that nothing fails",
    "With": "move it to the program that calls: a derived value reads the spec alone",
    "Assert": "refuse it in a rule",
    "Raise": "refuse it in a rule",
    "Match": "write if and elif",
    "Delete": "make another map without the entry",
    "Global": "hand it over as a parameter",
    "FunctionDef": "make it a derived value of its own",
    "Lambda": "make it a derived value of its own",
    "Import": "import at the top of the module",
    "ImportFrom": "import at the top of the module",
    "Yield": "append to a list and return it",
    "NamedExpr": "assign on a line of its own",
    "Assign": "assign to one name on each line",
    "Starred": "hand each over by its name",
    "Slice": "write removeprefix, removesuffix, or a loop with a condition",
    "Set": "write a list",
    "SetComp": "write a list",
    "For": "write it behind the loop, with an `if`",
}
"""What to write instead of a statement or expression that a chart does not have."""


class Values(Conditions):
    """Reads expressions with what is known of names; refuses at the first that both sides read in two ways."""

    function: Callable[..., Any]

    @abstractmethod
    def refuse(self, node: ast.AST, message: str, hint: str = SUBSET) -> TemplateError:
        """What to raise at a node."""

    @abstractmethod
    def call(self, node: ast.Call, names: Names) -> Known:
        """A call."""

    def value(self, node: ast.expr, names: Names) -> Known:
        """An expression."""
        if isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
            found = names.asked.get(text_of(node))
            if found is not None:
                return found[1]
        read = READERS.get(type(node))
        if read is None:
            raise self.outside(node)
        return read(self, node, names)

    def outside(self, node: ast.AST) -> TemplateError:
        """What to raise at a statement or expression that a chart does not have."""
        name = type(node).__name__
        what = NODES.get(name, name.lower())
        return self.refuse(node, f"{what} is not in the subset of derived values", INSTEAD.get(name, SUBSET))

    def there(self, node: ast.expr, names: Names) -> Known:
        """An expression whose value must be given."""
        value = self.value(node, names)
        if value.optional and (value.is_none or value.type != ANY):
            raise self.absent(node)
        return value

    def absent(self, node: ast.expr) -> TemplateError:
        """What to raise where a value is used that may be absent."""
        text = text_of(node)
        return self.refuse(
            node, f"{text} may be absent", f"ask first: `if {text} is not None:`, or write `{text} or …`"
        )

    def constant(self, node: ast.Constant, _names: Names) -> Known:
        """Text, a whole number, true, false, None."""
        if node.value is None or isinstance(node.value, (str, int, bool)):
            return self.in_bounds(node, of_constant(node.value))
        raise self.refuse(
            node, f"{node.value!r} is not in the subset", "use whole numbers, text, true and false"
        )

    def name(self, node: ast.Name, names: Names) -> Known:
        """A parameter, a local name, or a constant of the module."""
        value = names.values.get(node.id)
        if value is not None:
            return value
        constant = self.function.__globals__.get(node.id, UNKNOWN)
        if constant is None or isinstance(constant, (str, int, bool, tuple, list, Mapping, frozenset)):
            return of_constant(constant)
        if node.id in self.function.__code__.co_varnames:
            raise self.refuse(
                node, f"{node.id} may have no value here", "give it one before the `if` or the loop"
            )
        raise self.refuse(
            node,
            f"{node.id} is not a name that a chart knows",
            "use a parameter, a local name, or a constant of the module",
        )

    def field(self, node: ast.Attribute, names: Names, *, as_given: bool = False) -> Known:
        """A field of a part of the spec, of the release or of the cluster."""
        base = self.there(node.value, names)
        found = attribute(base.type, node.attr)
        if found is None:
            raise self.refuse(
                node, f"{shown(base.type)} has no {node.attr}", "read a field of the spec by its Python name"
            )
        key, member = found
        derived = member.field is not None and member.field.kind == "derived"
        if derived and not as_given and (speaker := speaker_of(base.type, key)):
            raise self.refuse(
                node,
                f"{text_of(node)} is derived unless given, and is read without its derivation",
                f"write {speaker}, or as_given({text_of(node)}) for what was given",
            )
        return of_field(base.type, member)

    def condition(self, node: ast.expr, names: Names) -> Known:
        """An expression of which only the truth counts; an empty part of the spec is false in Go."""
        if isinstance(node, ast.BoolOp):
            return self.logic(node, names, truth_only=True)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "bool":
            return self.condition(node.args[0], names) if len(node.args) == 1 else self.value(node, names)
        value = self.value(node, names)
        if value.type.shape == "model":
            text = text_of(node)
            hint = f"write `{text} is not None`" if value.optional else "ask for one of its fields"
            raise self.refuse(
                node,
                f"{text} is {shown(value.type)}, which is true here and false in Go when it is empty",
                hint,
            )
        return value

    def logic(self, node: ast.BoolOp, names: Names, *, truth_only: bool = False) -> Known:
        """and, or: the last operand may be any value where one is wanted."""
        anded = isinstance(node.op, ast.And)
        result: Known | None = None
        for operand in node.values:
            last = operand is node.values[-1] and not truth_only
            value = self.value(operand, names) if last else self.condition(operand, names)
            if not anded and not last:
                value = replace(value.there(), low=1 if value.low == 0 else value.low)
            result = value if result is None else joined(result, value)
            names = self.learn(operand, names, holds=anded)
        assert result is not None  # noqa: S101 - a BoolOp has operands
        return Known(BOOLEAN) if truth_only else result

    def unary(self, node: ast.UnaryOp, names: Names) -> Known:
        """not, and negative numbers."""
        if isinstance(node.op, ast.Not):
            self.condition(node.operand, names)
            return Known(BOOLEAN)
        value = self.there(node.operand, names)
        if not isinstance(node.op, ast.USub) or not value.is_number:
            raise self.refuse(node, f"{type(node.op).__name__.lower()} is not in the subset")
        return Known(NUMBER, low=-value.high, high=-value.low)

    def binary(self, node: ast.BinOp, names: Names) -> Known:
        """Whole numbers; joined text; joined lists and maps."""
        left, right = self.there(node.left, names), self.there(node.right, names)
        if left.is_number and right.is_number:
            return self.calculated(node, left, right)
        shapes = {left.type.shape, right.type.shape}
        if isinstance(node.op, ast.Add):
            if left.is_text and right.is_text:
                return Known(TEXT)
            if shapes == {"list"}:
                return replace(joined(left, right), own=True, filled=left.filled or right.filled)
        if isinstance(node.op, ast.BitOr) and shapes == {"map"}:
            return replace(joined(left, right), own=True)
        what = f"{type(node.op).__name__.lower()} of {left.words()} and {right.words()}"
        raise self.refuse(
            node, f"{what} is not in the subset", "use + - * // % of whole numbers, or join text"
        )

    def calculated(self, node: ast.BinOp, left: Known, right: Known) -> Known:
        """Whole numbers, within what Go holds; it divides as Python does only what is not negative."""
        if isinstance(node.op, (ast.FloorDiv, ast.Mod)):
            self.natural(node.left, left, "is divided, and Go rounds negative numbers towards 0")
            self.positive(node.right, right)
            if isinstance(node.op, ast.Mod):
                return Known(NUMBER, low=0, high=min(left.high, right.high - 1))
            return Known(NUMBER, low=left.low // right.high, high=left.high // right.low)
        function = ARITHMETIC.get(type(node.op))
        if function is None:
            what = f"{type(node.op).__name__.lower()} of {left.words()} and {right.words()}"
            raise self.refuse(
                node, f"{what} is not in the subset", "use + - * // % of whole numbers, or join text"
            )
        ends = [function(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
        return self.in_bounds(node, Known(NUMBER, low=min(ends), high=max(ends)))

    def natural(self, node: ast.expr, value: Known, why: str) -> None:
        """A number that must not be negative."""
        if value.low < 0:
            text = text_of(node)
            raise self.refuse(node, f"{text} may be negative: it {why}", f"write max(0, {text})")

    def positive(self, node: ast.expr, value: Known) -> None:
        """A divisor."""
        if value.low < 1:
            text = text_of(node)
            raise self.refuse(
                node, f"{text} may be 0 or negative, and divides", f"write max(1, {text}), or ask before"
            )

    def in_bounds(self, node: ast.expr, value: Known) -> Known:
        """A number that Go's integers hold."""
        if value.is_number and (value.high > LIMIT or value.low < -LIMIT):
            raise self.refuse(
                node,
                f"{text_of(node)} may be beyond 2^63, where Go's numbers start again from below",
                "bound its operands: min(…, 1000000), or a smaller `le=` in the model",
            )
        return value

    def compare(self, node: ast.Compare, names: Names) -> Known:
        """One comparison, or several in a chain."""
        left = node.left
        for sign, right in zip(node.ops, node.comparators, strict=True):
            self.compared(node, left, sign, right, names)
            left = right
        return Known(BOOLEAN)

    def compared(
        self, node: ast.Compare, left_node: ast.expr, sign: ast.cmpop, right_node: ast.expr, names: Names
    ) -> None:
        """Two values."""
        if isinstance(sign, (ast.Is, ast.IsNot)):
            self.value(left_node, names)
            if not (isinstance(right_node, ast.Constant) and right_node.value is None):
                raise self.refuse(node, "is compares only with None", "use ==")
        elif isinstance(sign, (ast.In, ast.NotIn)):
            self.contained(node, left_node, right_node, names)
        elif type(sign) in ORDER:
            left, right = self.there(left_node, names), self.there(right_node, names)
            if not (left.is_number and right.is_number) and not (left.is_text and right.is_text):
                raise self.refuse(
                    node,
                    f"{left.words()} cannot be ordered against {right.words()}",
                    "compare numbers with numbers",
                )
        else:
            self.equal(node, self.value(left_node, names), self.value(right_node, names))

    def equal(self, node: ast.Compare, left: Known, right: Known) -> None:
        """Two values of which only Python would say that they are equal, or Go that they differ."""
        for one, other in ((left, right), (right, left)):
            if one.type.shape == "model":
                raise self.refuse(node, "parts of the spec cannot be compared", "compare their fields")
            if bool in one.type.scalars and int in other.type.scalars and one.type.shape == "scalar":
                raise self.refuse(
                    node,
                    "true equals 1 in Python alone",
                    "compare a number with numbers, or ask for the truth",
                )

    def contained(self, node: ast.Compare, left_node: ast.expr, right_node: ast.expr, names: Names) -> None:
        """`in`: a key of a map, an item of a list, or a part of a text."""
        left, right = self.value(left_node, names), self.there(right_node, names)
        if right.type.shape in {"map", "scalar"} and not right.written:
            left = self.there(left_node, names)
            if not left.is_text and left.type != ANY:
                raise self.refuse(
                    left_node, f"{text_of(left_node)} is {left.words()}, not text", "look for text"
                )
        if right.type.shape == "scalar" and not right.is_text:
            raise self.refuse(node, f"in {right.words()} is not in the subset", "look in a map, list or text")
        if right.type.shape == "list" and int in left.type.scalars and not right.written:
            raise self.refuse(
                node,
                f"{text_of(left_node)} is a number, which Go does not find in a list that is computed",
                "write any(one == number for one in list), or the numbers themselves: in (1, 2)",
            )

    def conditional(self, node: ast.IfExp, names: Names) -> Known:
        """`a if test else b`."""
        self.condition(node.test, names)
        body = self.value(node.body, self.learn(node.test, names, holds=True))
        return joined(body, self.value(node.orelse, self.learn(node.test, names, holds=False)))

    def joined_text(self, node: ast.JoinedStr, names: Names) -> Known:
        """An f-string of text and numbers."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                if part.conversion != -1 or part.format_spec is not None:
                    raise self.refuse(
                        node, "a format inside an f-string is not in the subset", "join plain values"
                    )
                self.printable(part.value, names)
        return Known(TEXT)

    def printable(self, node: ast.expr, names: Names) -> Known:
        """A value that Python and Go write alike: text, or a whole number."""
        value = self.there(node, names)
        if value.type != ANY and not (value.type.shape == "scalar" and bool not in value.type.scalars):
            raise self.refuse(
                node,
                f"{text_of(node)} is {value.words()}, which is not printed alike",
                "join text and whole numbers",
            )
        return value

    def entry(self, node: ast.Subscript, names: Names) -> Known:
        """An entry of a map or an item of a list that is known to be there."""
        base, text = self.there(node.value, names), text_of(node)
        owner = text_of(node.value)
        if isinstance(node.slice, ast.Slice):
            raise self.outside(node.slice)
        index = self.there(node.slice, names)
        if base.type.shape == "list":
            if index.constant == 0 and base.filled:
                return item(base)
            raise self.refuse(
                node,
                f"{text} may not be there",
                f"write {owner}[0] behind `if {owner}:`, or loop over {owner}",
            )
        if base.type.shape in {"map", "any"}:
            if isinstance(base.constant, Mapping) and index.constant in base.constant:
                return of_constant(base.constant[index.constant])
            key = text_of(node.slice)
            raise self.refuse(
                node, f"{text} may not be there", f"ask first: `if {key} in {owner}:`, or {owner}.get({key})"
            )
        raise self.refuse(node, f"{text} is a part of {base.words()}", "Go counts bytes, Python characters")

    def display(self, node: ast.List | ast.Tuple, names: Names) -> Known:
        """A list of expressions, and of other lists in it."""
        result: Known | None = None
        filled = False
        holes = False
        for element in node.elts:
            if isinstance(element, ast.Starred):
                group = self.there(element.value, names)
                if group.type.shape != "list":
                    raise self.refuse(
                        element, f"*{text_of(element.value)} is {group.words()}", "spread a list"
                    )
                if group.empty:
                    continue
                one, holes = item(group), holes or group.holes
            else:
                one, filled = self.value(element, names), True
                holes = holes or one.optional
            result = one if result is None else joined(result, one)
        type_ = Type("list", item=result.type if result else None)
        low, high = (result.low, result.high) if result else (-LARGEST, LARGEST)
        return Known(
            type_,
            own=True,
            filled=filled,
            empty=result is None,
            written=True,
            holes=holes,
            low=low,
            high=high,
        )

    def map_display(self, node: ast.Dict, names: Names) -> Known:
        """A map of expressions, and of other maps in it."""
        result: Known | None = None
        holes = False
        for key, element in zip(node.keys, node.values, strict=True):
            if key is None:
                group = self.there(element, names)
                if group.empty:
                    continue
                one, holes = item(group), holes or group.holes
            else:
                self.key(key, names)
                one = self.value(element, names)
                holes = holes or one.optional
            result = one if result is None else joined(result, one)
        type_ = Type("map", item=result.type if result else None)
        low, high = (result.low, result.high) if result else (-LARGEST, LARGEST)
        return Known(type_, own=True, empty=result is None, holes=holes, low=low, high=high)

    def key(self, node: ast.expr, names: Names) -> None:
        """A key of a map, which is text in JSON."""
        value = self.there(node, names)
        if not value.is_text and value.type != ANY:
            raise self.refuse(
                node, f"the key {text_of(node)} is {value.words()}, not text", 'write f"{…}" round a number'
            )

    def comprehension(self, node: ast.GeneratorExp | ast.ListComp | ast.DictComp, names: Names) -> Known:
        """What a comprehension yields, as a list or map."""
        names = names.copy()
        for part in node.generators:
            names = self.looping(part.target, part.iter, names)
            for test in part.ifs:
                self.condition(test, names)
                names = self.learn(test, names, holds=True)
        if isinstance(node, ast.DictComp):
            self.key(node.key, names)
            value = self.value(node.value, names)
            type_ = Type("map", item=value.type)
            return Known(type_, own=True, holes=value.optional, low=value.low, high=value.high)
        value = self.value(node.elt, names)
        return Known(
            Type("list", item=value.type), own=True, holes=value.optional, low=value.low, high=value.high
        )

    @abstractmethod
    def looping(self, target: ast.expr, over: ast.expr, names: Names) -> Names:
        """The names inside a loop."""


READERS: Mapping[type[ast.expr], Callable[[Any, Any, Names], Known]] = {
    ast.Constant: Values.constant,
    ast.Name: Values.name,
    ast.Attribute: Values.field,
    ast.BoolOp: Values.logic,
    ast.UnaryOp: Values.unary,
    ast.BinOp: Values.binary,
    ast.Compare: Values.compare,
    ast.IfExp: Values.conditional,
    ast.JoinedStr: Values.joined_text,
    ast.Call: lambda self, node, names: self.call(node, names),
    ast.Subscript: Values.entry,
    ast.List: Values.display,
    ast.Tuple: Values.display,
    ast.Dict: Values.map_display,
    ast.ListComp: Values.comprehension,
    ast.GeneratorExp: Values.comprehension,
    ast.DictComp: Values.comprehension,
}


def takes(given: Known, wanted: Type) -> bool:
    """Whether a value may stand where a type is wanted."""
    return given.is_none or fits(given.type, wanted)
