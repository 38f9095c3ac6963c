"""Calls in a derived value: other derived values, the functions of resolve/arithmetic.py, builtins, methods of text."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from abc import abstractmethod
from dataclasses import replace
from types import FunctionType
from typing import TYPE_CHECKING, Any

from k8sgen import features
from k8sgen.chart.subset.conditions import KINDS, item, text_of
from k8sgen.chart.subset.known import LARGEST, UNKNOWN, Known, Names, has_number, joined, keeps, of_constant
from k8sgen.chart.subset.signature import declared
from k8sgen.chart.subset.values import Values, takes
from k8sgen.render.types import BOOLEAN, NUMBER, TEXT, shown
from k8sgen.resolve import arithmetic
from k8sgen.resolve.derivation import Derivation, Rule
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

METHODS: Mapping[str, tuple[int, Type]] = {
    "startswith": (1, BOOLEAN),
    "endswith": (1, BOOLEAN),
    "removeprefix": (1, TEXT),
    "removesuffix": (1, TEXT),
    "replace": (2, TEXT),
    "split": (1, Type("list", item=TEXT)),
    "join": (1, TEXT),
}
"""Methods of text that Go has too, with the number of their arguments."""

WHY_NOT: Mapping[str, str] = {
    "lower": "Python and Go disagree about letters beyond ASCII",
    "upper": "Python and Go disagree about letters beyond ASCII",
    "replace": "Go replaces all or none",
    "split": "Go splits at a separator alone",
    "strip": "Go strips other white space",
    "lstrip": "Go strips other white space",
    "rstrip": "Go strips other white space",
}

TRUSTED = arithmetic.__name__
"""The module whose functions are proven against Helm one by one; their annotations say what they take and give."""

SEVERAL = 2**62
"""What a sum of a few numbers or a product of two is at most."""

DIGITS = re.compile(r"\[0-9\](\+|\{1,\d\})")
"""Patterns of text that is a whole number."""


class Calls(Values):
    """Reads calls."""

    @abstractmethod
    def answer_of(self, node: ast.Call, function: Callable[..., Any]) -> Known:
        """What is known of a function's answer, whatever it is asked."""

    def call(self, node: ast.Call, names: Names) -> Known:
        """A derived value, a function of resolve/, a builtin, or a method of text."""
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func, names)
        if not isinstance(node.func, ast.Name):
            raise self.refuse(node, "only named functions can be called")
        name = node.func.id
        function = self.function.__globals__.get(name, getattr(builtins, name, None))
        if function is arithmetic.by_key:
            raise self.refuse(node, "by_key stands only behind `in`", "write for key, value in by_key(map)")
        if isinstance(function, Rule):
            raise self.refuse(node, f"{name} is a rule", "move what both need into a derived value")
        if isinstance(function, Derivation):
            return self.asked(node, function.function, names)
        if isinstance(function, FunctionType) and function.__module__.startswith("k8sgen."):
            return self.asked(node, function, names)
        read = BUILTINS.get(name)
        if read is None or (node.keywords and name not in {"max", "min"}):
            raise self.refuse(node, f"{name}() is not in the subset")
        return read(self, node, names)

    def asked(self, node: ast.Call, function: Callable[..., Any], names: Names) -> Known:
        """The answer of another function, asked about what it takes."""
        if function is arithmetic.as_given:
            return self.as_given(node, names)
        parameters = declared(function).parameters
        wanted = ", ".join(parameters)
        words = {word.arg: word.value for word in node.keywords}
        given = dict(zip(parameters, node.args, strict=False)) | words
        if len(node.args) + len(words) != len(parameters) or given.keys() != parameters.keys():
            raise self.refuse(node, f"{text_of(node.func)} takes {wanted}", "hand it each of them")
        values = {name: self.handed(node, name, given[name], one, names) for name, one in parameters.items()}
        if function is arithmetic.supports:
            self.feature(node, values["feature"])
        answer = self.answer_of(node, function)
        if function is arithmetic.ceil_div:
            number, divisor = values["number"], values["divisor"]
            ends = (
                arithmetic.ceil_div(number.low, divisor.high),
                arithmetic.ceil_div(number.high, divisor.low),
            )
            return replace(answer, low=ends[0], high=ends[1])
        if function.__module__ == TRUSTED and all(one.constant is not UNKNOWN for one in values.values()):
            answer = of_constant(function(*(one.constant for one in values.values())))
            if answer.is_number and answer.high > LARGEST:
                raise self.refuse(
                    node, f"{text_of(node)} is {answer.high}, and whole numbers end at 2^53", "write less"
                )
        return answer

    def as_given(self, node: ast.Call, names: Names) -> Known:
        """A field that is derived unless given, past its derivation."""
        argument = node.args[0] if len(node.args) == 1 else node
        if not isinstance(argument, ast.Attribute):
            raise self.refuse(node, f"{text_of(node)} is no field", "write as_given(spec.field)")
        return self.field(argument, names, as_given=True)

    def handed(self, call: ast.Call, name: str, node: ast.expr, wanted: Known, names: Names) -> Known:
        """One argument, which must be what its parameter says."""
        value = self.value(node, names)
        function, text = text_of(call.func), text_of(node)
        if value.optional and not wanted.optional and (value.is_none or value.type != ANY):
            raise self.absent(node)
        if not takes(value, wanted.type):
            raise self.refuse(
                call,
                f"{name} of {function} is {shown(wanted.type)}, not {value.words()}",
                f"hand it {shown(wanted.type)}",
            )
        self.in_reach(node, function, value, wanted)
        if not keeps(value, wanted.type.pattern):
            what = "quantity" if "KMGTPE" in wanted.type.pattern else "percentage"
            raise self.refuse(
                node,
                f"{text} may be any text, and {function} takes a {what}",
                f"annotate it where it comes from, with the {what} of k8sgen.spec.types",
            )
        return value

    def in_reach(self, node: ast.expr, function: str, value: Known, wanted: Known) -> None:
        """A number that is at least what its parameter takes; at most it is what Kubernetes takes."""
        if not has_number(value) or value.type == ANY or value.empty:
            return
        text = text_of(node)
        if value.low < (wanted.low if wanted.low > -LARGEST else -SEVERAL):
            raise self.refuse(
                node,
                f"{text} may be below {wanted.low}, the least that {function} takes",
                f"write max({wanted.low}, {text}), or ask before",
            )
        if value.high > SEVERAL:
            raise self.refuse(
                node, f"{text} may be near 2^63, where Go's numbers end", f"write min(…, {text})"
            )

    def feature(self, node: ast.Call, value: Known) -> None:
        """A feature is decided when the chart is written."""
        if not isinstance(value.constant, str):
            raise self.refuse(
                node, f"{text_of(node.args[0])} is not a feature's name", "write it out in quotes"
            )
        if value.constant not in features.FEATURES:
            near = difflib.get_close_matches(value.constant, features.FEATURES, 1)
            hint = f"perhaps {near[0]}" if near else "see k8sgen.features for those there are"
            raise self.refuse(node, f'there is no feature "{value.constant}"', hint)

    def method(self, node: ast.Call, function: ast.Attribute, names: Names) -> Known:
        """A method of text, or get of a map."""
        if function.attr == "get" and node.args:
            held = self.there(function.value, names)
            self.key(node.args[0], names)
            found = replace(item(held), optional=True)
            return joined(found.there(), self.value(node.args[1], names)) if len(node.args) > 1 else found
        known = METHODS.get(function.attr)
        if known is None or node.keywords or len(node.args) != known[0]:
            why = WHY_NOT.get(function.attr, "")
            message = f"{function.attr}({', '.join(map(text_of, node.args))}) is not in the subset"
            raise self.refuse(
                node,
                f"{message}: {why}" if why else message,
                f"methods of text that a chart knows: {', '.join(sorted(METHODS))}",
            )
        owner = self.there(function.value, names)
        if not owner.is_text and owner.type != ANY:
            raise self.refuse(node, f"{text_of(function.value)} is {owner.words()}, not text", "use text")
        if function.attr == "join":
            self.joinable(node.args[0], self.there(node.args[0], names))
            return Known(TEXT)
        for argument in node.args:
            value = self.there(argument, names)
            if function.attr == "split" and not (isinstance(value.constant, str) and value.constant):
                raise self.refuse(
                    argument,
                    f"{text_of(argument)} may be empty, which splits nothing here",
                    "write the separator out",
                )
            parts = item(value) if value.written and function.attr.endswith("swith") else value
            if not parts.is_text and parts.type != ANY:
                raise self.refuse(argument, f"{text_of(argument)} is {value.words()}, not text", "use text")
        return Known(known[1], own=function.attr == "split", filled=function.attr == "split")

    def joinable(self, node: ast.expr, value: Known) -> None:
        """What join takes: a list of texts."""
        text = text_of(node)
        if value.type.shape == "map":
            raise self.refuse(
                node, f"{text} is a map, which Go joins as its notation", f"write sorted({text})"
            )
        if value.type.shape not in {"list", "any"}:
            raise self.refuse(
                node, f"{text} is {value.words()}, and join takes a list", "join a list of texts"
            )
        if value.holes:
            raise self.refuse(
                node, f"{text} has items that may be absent", "append them to a list behind an if"
            )
        if value.type.item not in {None, ANY, TEXT}:
            raise self.refuse(node, f"{text} holds other items than text", 'write f"{…}" round each number')

    # builtins

    def fold(self, node: ast.Call, names: Names) -> Known:
        """any, all, sum of a generator expression."""
        name = text_of(node.func)
        if len(node.args) != 1 or not isinstance(node.args[0], ast.GeneratorExp):
            raise self.refuse(node, f"{name}() is not in the subset", f"write {name}(… for … in …)")
        held = self.comprehension(node.args[0], names)
        inside = item(held)
        if name != "sum":
            if inside.type.shape == "model":
                raise self.refuse(
                    node, f"{text_of(node)} asks for the truth of a part", "ask for a field of it"
                )
            return Known(BOOLEAN)
        if held.holes:
            raise self.absent(node.args[0].elt)
        if not (inside.is_number or inside.is_boolean):
            raise self.refuse(node, f"sum of {inside.words()} is not in the subset", "add whole numbers")
        return Known(NUMBER, low=0 if inside.is_boolean or held.low >= 0 else -LARGEST)

    def extreme(self, node: ast.Call, names: Names) -> Known:
        """The largest or smallest of numbers, or of what a generator yields."""
        name = text_of(node.func)
        if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
            held = self.comprehension(node.args[0], names)
            if held.holes:
                raise self.absent(node.args[0].elt)
            values = [replace(item(held), low=held.low, high=held.high)]
            values += [self.there(word.value, names) for word in node.keywords]
            if len(values) == 1:
                raise self.refuse(
                    node, f"{name} of a generator needs a default", f"write {name}(…, default=0)"
                )
            low, high = min(one.low for one in values), max(one.high for one in values)
        else:
            values = [self.there(argument, names) for argument in node.args]
            pick = max if name == "max" else min
            low, high = (
                (pick(one.low for one in values), pick(one.high for one in values)) if values else (0, 0)
            )
        if len(values) < 2 or not all(value.is_number for value in values):
            raise self.refuse(node, f"{name} needs several whole numbers, or a generator expression")
        return Known(NUMBER, low=low, high=high)

    def only(self, node: ast.Call) -> ast.expr:
        """The one argument of a builtin."""
        if len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
            raise self.refuse(node, f"{text_of(node.func)}() is not in the subset")
        return node.args[0]

    def length(self, node: ast.Call, names: Names) -> Known:
        """The length of text, a list or a map."""
        value = self.there(self.only(node), names)
        if value.type.shape == "scalar" and not value.is_text:
            raise self.refuse(
                node, f"{text_of(node)} is the length of {value.words()}", "count text, lists, maps"
            )
        return Known(NUMBER, low=1 if value.filled else 0)

    def text(self, node: ast.Call, names: Names) -> Known:
        """Text of a number."""
        self.printable(self.only(node), names)
        return Known(TEXT)

    def whole(self, node: ast.Call, names: Names) -> Known:
        """A whole number of a number, or of text whose pattern is one."""
        argument = self.only(node)
        value, text = self.there(argument, names), text_of(argument)
        if value.is_number or value.type == ANY:
            return value
        if value.type.shape != "scalar" or bool in value.type.scalars:
            raise self.refuse(node, f"{text_of(node)} makes a number of {value.words()}", "use if")
        if not DIGITS.fullmatch(value.type.pattern.removeprefix("^").removesuffix("$")):
            raise self.refuse(
                node, f"{text} may be text that is no number", "let the model take a whole number instead"
            )
        return Known(NUMBER, low=0)

    def truth(self, node: ast.Call, names: Names) -> Known:
        """Truth of anything but a part of the spec."""
        self.condition(self.only(node), names)
        return Known(BOOLEAN)

    def listed(self, node: ast.Call, names: Names) -> Known:
        """A list of a list or a generator expression."""
        argument = self.only(node)
        value = self.there(argument, names)
        if value.type.shape != "list":
            text = text_of(argument)
            raise self.refuse(
                node,
                f"{text_of(node)} is a list of {value.words()}",
                f"write sorted({text}) for keys in order",
            )
        return replace(value, own=True)

    def sorted(self, node: ast.Call, names: Names) -> Known:
        """Texts or the keys of a map in code-point order."""
        value = self.there(self.only(node), names)
        inside = TEXT if value.type.shape == "map" else value.type.item or TEXT
        if value.type.shape not in {"map", "list"} or inside not in {TEXT, ANY} or value.holes:
            raise self.refuse(
                node, f"{text_of(node)} sorts other things than text", "sort texts, or the keys of a map"
            )
        return Known(Type("list", item=inside), own=True, filled=value.filled)

    def copied(self, node: ast.Call, names: Names) -> Known:
        """A copy of a map."""
        value = self.there(self.only(node), names)
        if value.type.shape not in {"map", "any"}:
            raise self.refuse(node, f"{text_of(node)} copies {value.words()}", "copy a map")
        return replace(value, own=True)

    def kind(self, node: ast.Call, names: Names) -> Known:
        """The kind of a value that may be one of several kinds."""
        known = {*KINDS, "dict", "list"}
        if len(node.args) != 2 or not isinstance(node.args[1], ast.Name) or node.args[1].id not in known:
            raise self.refuse(
                node, f"{text_of(node)} is not in the subset", "ask for str, int, bool, dict or list"
            )
        value = self.value(node.args[0], names)
        if value.type.shape == "scalar" and node.args[1].id == "int" and bool in value.type.scalars:
            raise self.refuse(node, "true is an int in Python alone", "ask for bool")
        return Known(BOOLEAN)


BUILTINS: Mapping[str, Callable[[Calls, ast.Call, Names], Known]] = {
    "any": Calls.fold,
    "all": Calls.fold,
    "sum": Calls.fold,
    "max": Calls.extreme,
    "min": Calls.extreme,
    "len": Calls.length,
    "str": Calls.text,
    "int": Calls.whole,
    "bool": Calls.truth,
    "list": Calls.listed,
    "tuple": Calls.listed,
    "sorted": Calls.sorted,
    "dict": Calls.copied,
    "isinstance": Calls.kind,
}
