"""What is known of a value of a derived value before it is written: type, presence, bounds, who made it."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from k8sgen.render.types import NUMBER, TEXT, Member, annotation_type, fits, shown
from k8sgen.resolve.derivation import Cluster, Release
from k8sgen.spec.fields import ANY, Type
from k8sgen.spec.model import Model

LARGEST = 2**53
"""What a whole number of a spec is at most: every reader of JSON holds it exactly."""

LIMIT = 2**63 - 1
"""What Go's integers hold."""

UNKNOWN: Any = object()
"""Stands for the constant of a value that is none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a value."""

    type: Type
    optional: bool = False
    low: int = -LARGEST
    high: int = LARGEST
    """What a whole number is at least and at most, or each of a list or map."""
    own: bool = False
    """A list or map that the function made itself and that has one name."""
    filled: bool = False
    """A list that holds an item."""
    empty: bool = False
    """A list or map that holds nothing yet, so that its items have no bounds."""
    written: bool = False
    """A list that is written out."""
    holes: bool = False
    """A list or map whose items may be absent."""
    constant: Any = UNKNOWN

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number and nothing else."""
        return self.type.shape == "scalar" and self.type.scalars == (int,)

    @property
    def is_text(self) -> bool:
        """Whether it is text and nothing else."""
        return self.type.shape == "scalar" and self.type.scalars == (str,)

    @property
    def is_boolean(self) -> bool:
        """Whether it is true or false and nothing else."""
        return self.type.shape == "scalar" and self.type.scalars == (bool,)

    @property
    def is_none(self) -> bool:
        """Whether it is None, written so."""
        return self.constant is None

    @property
    def is_changeable(self) -> bool:
        """Whether it is a list or map, which two names may share."""
        return self.type.shape in {"list", "map"}

    def there(self) -> Known:
        """The same value where it is given."""
        return replace(self, optional=False, constant=UNKNOWN if self.is_none else self.constant)

    def words(self) -> str:
        """Its type in words."""
        return "nothing" if self.is_none else shown(self.type)


@dataclass
class Names:
    """What is known at one place of a function: of its names, and of what its conditions asked about."""

    values: dict[str, Known]
    asked: dict[str, tuple[frozenset[str], Known]] = field(default_factory=dict)
    """By the text of an expression: the names in it, and what a condition has found out about it."""

    def copy(self) -> Names:
        """The same, to be changed on its own."""
        return Names(dict(self.values), dict(self.asked))

    def bind(self, name: str, value: Known) -> None:
        """Give a name another value; what was known of expressions with it is forgotten."""
        self.forget(name)
        self.values[name] = value

    def forget(self, name: str) -> None:
        """Forget what was found out about expressions with a name."""
        self.asked = {text: found for text, found in self.asked.items() if name not in found[0]}


def joined_names(one: Names | None, other: Names | None) -> Names | None:
    """What is known where two ways meet; None is a way that ends."""
    if one is None or other is None:
        return one or other
    values = {
        name: joined(value, other.values[name]) for name, value in one.values.items() if name in other.values
    }
    asked = {
        text: (names, joined(value, other.asked[text][1]))
        for text, (names, value) in one.asked.items()
        if text in other.asked
    }
    return Names(values, asked)


def joined(one: Known, other: Known) -> Known:
    """What is known of a value that is one of two."""
    if one == other:
        return one
    if one.is_none or other.is_none:
        there = other if one.is_none else one
        return replace(there, optional=True, constant=UNKNOWN)
    if one.is_changeable and one.empty != other.empty:
        there = other if one.empty else one
        one, other = (
            replace(one, low=there.low, high=there.high),
            replace(other, low=there.low, high=there.high),
        )
    return Known(
        either(one, other),
        optional=one.optional or other.optional,
        low=min(one.low, other.low) if has_number(one) and has_number(other) else lowest(one, other),
        high=max(one.high, other.high) if has_number(one) and has_number(other) else highest(one, other),
        own=one.own and other.own,
        filled=one.filled and other.filled,
        empty=one.empty and other.empty,
        written=one.written and other.written,
        holes=one.holes or other.holes,
    )


def has_number(value: Known) -> bool:
    """Whether a value may be a whole number, or hold some."""
    return value.type.shape != "scalar" or int in value.type.scalars


def lowest(one: Known, other: Known) -> int:
    """The lower bound of the one of two that may be a number."""
    return one.low if has_number(one) else other.low


def highest(one: Known, other: Known) -> int:
    """The upper bound of the one of two that may be a number."""
    return one.high if has_number(one) else other.high


def either(one: Known, other: Known) -> Type:
    """The type of one of two values, with the pattern that both keep."""
    pattern = common_pattern(one, other)
    if one.type.shape == other.type.shape == "scalar":
        scalars = tuple(dict.fromkeys(one.type.scalars + other.type.scalars))
        return Type("scalar", scalars=scalars, pattern=pattern)
    if one.type.shape == "any" or other.type.shape == "any":
        return ANY
    if fits(one.type, other.type):
        return one.type if other.type.item is None and one.type.item is not None else other.type
    return one.type if fits(other.type, one.type) else ANY


def common_pattern(one: Known, other: Known) -> str:
    """The pattern that two texts match."""
    if keeps(one, other.type.pattern):
        return other.type.pattern
    return one.type.pattern if keeps(other, one.type.pattern) else ""


def keeps(value: Known, pattern: str) -> bool:
    """Whether a value, as far as it is text, matches a pattern for certain."""
    if not pattern or value.is_none:
        return True
    if str not in value.type.scalars:
        return value.type.shape != "any"
    if isinstance(value.constant, str):
        return re.search(pattern, value.constant) is not None
    return value.type.pattern == pattern


def of_constant(value: Any) -> Known:
    """A value that is written out."""
    if value is None:
        return Known(ANY, optional=True, constant=None)
    if isinstance(value, bool):
        return Known(Type("scalar", scalars=(bool,)), constant=value)
    if isinstance(value, int):
        return Known(NUMBER, low=value, high=value, constant=value)
    if isinstance(value, str):
        return Known(TEXT, constant=value)
    if isinstance(value, Mapping):
        one = item_of(value.values())
        type_ = Type("map", item=one.type)
        return Known(type_, low=one.low, high=one.high, empty=not value, constant=value)
    one = item_of(value)
    return Known(
        Type("list", item=one.type),
        low=one.low,
        high=one.high,
        empty=not value,
        filled=bool(value),
        written=True,
        constant=value,
    )


def item_of(items: Iterable[Any]) -> Known:
    """What is known of the items of a constant."""
    found = [of_constant(item) for item in items]
    result = found[0] if found else Known(ANY)
    for one in found[1:]:
        result = joined(result, one)
    return result


def of_annotation(annotation: Any) -> Known:
    """What an annotation says of a value."""
    type_, optional = annotation_type(annotation)
    low, high = bounds(annotation)
    return Known(type_, optional=optional, low=low, high=high)


def of_field(base: Type, found: Member) -> Known:
    """What a model says of its field."""
    low, high = field_bounds(base, found.field.name) if found.field is not None else (-LARGEST, LARGEST)
    return Known(found.type, optional=not found.always, low=low, high=high)


@cache
def field_bounds(base: Type, name: str) -> tuple[int, int]:
    """The bounds of a whole number in a model, or in one of several."""
    models = [one for one in base.scalars or (base.model,) if one is not None and issubclass(one, Model)]
    fields = [model.model_fields[name] for model in models if name in model.model_fields]
    each = [within((*info.metadata, *marks_of(info.annotation))) for info in fields]
    return min(low for low, _ in each), max(high for _, high in each)


def bounds(annotation: Any) -> tuple[int, int]:
    """The bounds of a whole number that an annotation states."""
    return within(marks_of(annotation))


def within(marks: Iterable[Any]) -> tuple[int, int]:
    """The bounds among the marks of a field."""
    low, high = -LARGEST, LARGEST
    for mark in marks:
        if (least := getattr(mark, "ge", None)) is not None:
            low = max(low, least)
        if (least := getattr(mark, "gt", None)) is not None:
            low = max(low, least + 1)
        if (most := getattr(mark, "le", None)) is not None:
            high = min(high, most)
        if (most := getattr(mark, "lt", None)) is not None:
            high = min(high, most - 1)
    return low, high


def marks_of(annotation: Any) -> Iterator[Any]:
    """The marks in an annotation, those of the members of a union and of items included."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        yield from marks_of(inner)
        for mark in marks:
            yield mark
            yield from getattr(mark, "metadata", ())
    elif origin in {Union, types.UnionType}:
        for member in get_args(annotation):
            yield from marks_of(member)
    elif get_args(annotation):
        yield from marks_of(get_args(annotation)[-1])


def strange_part(annotation: Any) -> Any:
    """The part of an annotation that says nothing of what a chart holds; UNKNOWN when there is none."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return strange_part(get_args(annotation)[0])
    if origin is Literal or annotation in {str, int, bool, Any, type(None), Release, Cluster}:
        return UNKNOWN
    if origin in {Union, types.UnionType, dict, Mapping, list, Sequence, Iterable, tuple}:
        strange = (strange_part(part) for part in get_args(annotation) if part is not ...)
        return next((part for part in strange if part is not UNKNOWN), UNKNOWN)
    return UNKNOWN if isinstance(annotation, type) and issubclass(annotation, Model) else annotation
