"""Expressions of Go templates, with the type that says how each is compared, counted and printed.

Helm's values are float64 when they come from a file and int64 when they come from `--set`, so every
number that is compared or printed goes through `int64`; text stays text.
https://helm.sh/docs/chart_template_guide/function_list/
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import alias_generators

from k8sgen.render.types import BOOLEAN, NUMBER, SPEC, TEXT, Member, union
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from k8sgen.chart.usage import Path

MISSING: Any = object()
"""No constant: the value is known only when the chart is rendered."""

ROOT = "\x00"
"""Stands for the chart's root in code, until it is known where the code is printed (`placed`)."""

SIMPLE = re.compile(rf"[$.\w{ROOT}]+")
SPEC_PATH = re.compile(rf"{ROOT}[.\w]+")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
QUOTED_OR_PARENTHESIS = re.compile(r'"(?:[^"\\]|\\.)*"|[()]')
FIELDS = re.compile(r"(?:\.\w+)+$")
IDENTIFIER = re.compile(r"[A-Za-z_]\w*")

to_camel = cache(alias_generators.to_camel)
"""A Python name as Helm charts write theirs."""


TOP: frozenset[Path] = frozenset({()})
"""The path of the whole spec."""


@dataclass(frozen=True, slots=True)
class Value:
    """Go template code and what is known of its value.

    `whole` says that a number is an int64 already; `textual` that a boolean is the text "true" or "",
    as helpers answer; `constant` holds a value that is known now, so that a test of it leaves no trace;
    `optional` that it may be absent, which as a number would be 0. `paths` are the paths of the spec
    that the value may be read from, None for what is computed or not followed.
    """

    code: str
    type: Type = field(default=ANY)
    whole: bool = False
    textual: bool = False
    constant: Any = MISSING
    optional: bool = False
    paths: frozenset[Path] | None = None

    @property
    def is_root(self) -> bool:
        """Whether it is the whole spec, which every helper finds by itself."""
        return self.paths == TOP

    @property
    def known(self) -> bool:
        """Whether the value is a constant."""
        return self.constant is not MISSING

    @property
    def is_there(self) -> bool:
        """Whether it is a field of the spec that no override can take away."""
        return self.paths is not None and not self.optional and not self.known

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number and nothing else."""
        return self.type.scalars == (int,)

    @property
    def is_text(self) -> bool:
        """Whether it is text and nothing else."""
        return self.type.scalars == (str,)

    @property
    def is_boolean(self) -> bool:
        """Whether it is true or false and nothing else."""
        return self.type.scalars == (bool,)


def literal(value: Any) -> Value:
    """A constant of the source as Go writes it; text has the escapes that JSON and Go share."""
    if value is None:
        return Value("nil", ANY, constant=None)
    if isinstance(value, bool):
        return Value("true" if value else "false", BOOLEAN, constant=value)
    if isinstance(value, int):
        return Value(str(value), NUMBER, constant=value)
    if isinstance(value, str):
        return Value(json.dumps(value, ensure_ascii=False), TEXT, constant=value)
    if isinstance(value, dict):
        inner = [f"{term(literal(key).code)} {term(literal(item).code)}" for key, item in value.items()]
        item = literal(next(iter(value.values()))).type if value else ANY
        return Value(" ".join(["dict", *inner]), Type("map", item=item), constant=value)
    items = sorted(value) if isinstance(value, (set, frozenset)) else list(value)
    item = literal(items[0]).type if items else ANY
    codes = [f"(int64 {one})" if type(one) is int else term(literal(one).code) for one in items]
    return Value(" ".join(["list", *codes]), Type("list", item=item), constant=value)


def constant(value: Any, type_: Type) -> Value:
    """A constant that stands for a value of a type, such as what nobody set."""
    return replace(literal(value), type=type_, optional=value is None)


WHOLE_SPEC = Value(f"{ROOT}.Values", SPEC, paths=TOP)
"""The spec: the chart's values."""


def placed(code: str, root: str) -> str:
    """Code where the chart's root is found as `root`: `.`, `$`, `.root` or `$.root`."""
    return code.replace(f"{ROOT}.", "." if root == "." else f"{root}.").replace(ROOT, root)


def is_path(code: str) -> bool:
    """Whether code reads a part of the spec, which nothing changes."""
    return bool(SPEC_PATH.fullmatch(code))


def term(code: str) -> str:
    """Code as one argument of a function."""
    if SIMPLE.fullmatch(code) or (code.startswith('"') and is_one_string(code)) or is_one_group(code):
        return code
    return f"({code})"


def is_one_string(code: str) -> bool:
    """Whether code is a single quoted text."""
    return bool(QUOTED.fullmatch(code))


def is_one_group(code: str) -> bool:
    """Whether code is one parenthesis from its first to its last character, and fields of it."""
    code = FIELDS.sub("", code)
    if not (code.startswith("(") and code.endswith(")")):
        return False
    depth = 0
    for match in QUOTED_OR_PARENTHESIS.finditer(code):
        depth += {"(": 1, ")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end() == len(code)
    return False


def call(function: str, *arguments: str) -> str:
    """A call of a function, each argument as one term."""
    return " ".join([function, *map(term, arguments)])


def concatenated(*lists: str) -> str:
    """Lists one after the other; of nothing but empty ones sprig's concat makes a null."""
    code = call("concat", *lists)
    return code if any(each.startswith("list ") for each in lists) else f"{code} | default list"


def number(value: Value) -> str:
    """A whole number that can be compared and printed."""
    return value.code if value.whole or value.known else call("int64", value.code)


def truth(value: Value) -> str:
    """A condition; what is empty, zero or absent is false, as in Python."""
    return value.code


def plain(value: Value) -> str:
    """The value as an argument: a boolean that a helper answered becomes a real one."""
    if value.textual:
        return f"not (empty {term(value.code)})"
    return value.code


def stored(value: Value) -> str:
    """The value for a name, a list or a map: a number that is there is an int64 from here on.

    Go takes no bare nil for a name; what an empty map holds is one.
    """
    if value.constant is None:
        return 'index dict ""'
    return number(value) if value.is_number and not value.optional else plain(value)


def as_item(value: Value) -> str:
    """The value as an item of a list, in which Go finds numbers of the same kind alone: int64."""
    return call("int64", value.code) if value.known and type(value.constant) is int else stored(value)


def as_text(value: Value, helper: str) -> str:
    """Text of a scalar as Python would join it; `helper` names the helper for what may be number or text."""
    if value.is_text:
        return value.code
    if value.is_number:
        return f'printf "%d" {term(number(value))}'
    return f"include {json.dumps(helper)} {term(value.code)}"


def as_yaml(value: Value) -> str:
    """One YAML scalar, of the type that the value has."""
    if value.known and not value.is_text:
        return value.code
    if value.is_text:
        return f"{value.code} | quote"
    if value.is_number:
        answered = re.fullmatch(r"int64 \((include .*)\)", value.code)
        return answered[1] if answered else number(value)
    if value.is_boolean:
        return plain(value)
    return call("toJson", plain(value))


def as_json(value: Value) -> str:
    """A value as JSON, to be compared with one whose type is not known."""
    return call("toJson", stored(value))


def compared(left: Value, right: Value) -> tuple[str, str]:
    """Two values in a form in which Go's `eq` compares them."""
    if left.is_number and right.is_number and not (left.optional or right.optional):
        return number(left), number(right)
    if (left.is_text and right.is_text) or (left.is_boolean and right.is_boolean):
        return plain(left), plain(right)
    return as_json(left), as_json(right)


def field_of(base: Value, key: str, found: Member, *, safe: bool) -> Value:
    """What stands under a key; `safe` when the base may be absent."""
    paths = frozenset((*path, key) for path in base.paths) if base.paths is not None else None
    optional = safe or not found.always
    code = base.code
    if safe or not (SIMPLE.fullmatch(code) or is_one_group(code)):
        code = f"({code})"
    code = f"{code}.{key}" if IDENTIFIER.fullmatch(key) else f"index {term(code)} {json.dumps(key)}"
    return Value(code, found.type, optional=optional, paths=paths)


def merged(one: Value, other: Value) -> Value:
    """What is known of a value that is either of two: the same constant, the whole spec, or where it is read from."""
    if one.known and other.known and one.constant == other.constant and one.type == other.type:
        return one
    if one.is_root and other.is_root:
        return one
    read = [value.paths for value in (one, other) if not value.known]
    paths = frozenset().union(*(each for each in read if each)) if read and None not in read else None
    type_ = one.type if one.type == other.type else union((one.type, other.type))
    absent = any(value.optional or value.constant is None for value in (one, other))
    return Value("", type_, optional=absent, paths=paths)


def take_up(known: dict[str, Value], name: str, value: Value) -> None:
    """Remember that a name also stands for a value."""
    known[name] = merged(known[name], value) if name in known else value


def take_up_all(known: dict[str, dict[str, Value]], more: Mapping[str, Mapping[str, Value]]) -> None:
    """Remember with what the arguments of several functions or templates are also asked."""
    for name, arguments in more.items():
        for key, value in arguments.items():
            take_up(known.setdefault(name, {}), key, value)
