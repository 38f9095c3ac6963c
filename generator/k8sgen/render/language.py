"""The template language: what a template may say, as a tree that two back ends read.

Templates are Jinja, cut down to what a Helm chart can say as well (`k8sgen.render.parse` refuses the
rest). `k8sgen.render.compile` turns the tree into Jinja code, `k8sgen.chart` into a Go template.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = "spec"
"""The name under which a template speaks of the whole spec; its fields are also names of their own."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable: `spec`, `release`, `cluster`, or one bound by `for` and `set`."""

    name: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a part of the spec, under the key that the user writes."""

    base: Expression
    key: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Constant:
    """Text, a whole number or a boolean."""

    value: str | int | bool
    line: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A derived value: the name of its function, and what it is asked about."""

    derivation: str
    arguments: tuple[Expression, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    operand: Expression
    line: int = 0


@dataclass(frozen=True, slots=True)
class Logic:
    """All or any of several conditions."""

    operator: Literal["and", "or"]
    operands: tuple[Expression, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """Equal or not equal."""

    operator: Literal["==", "!="]
    left: Expression
    right: Expression
    line: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """Whether a value is there and not null; an empty one is given."""

    operand: Expression
    line: int = 0


Expression = Name | Field | Constant | Call | Not | Logic | Compare | Given


@dataclass(frozen=True, slots=True)
class Text:
    """Text that is printed as it stands, whole lines or parts of one."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Print:
    """A value as one YAML scalar, or (`indent` given) as a block on lines of its own, so far in."""

    value: Expression
    indent: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class If:
    """The first branch whose condition holds, or `otherwise`."""

    branches: tuple[tuple[Expression, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class ForMap:
    """Once for each entry of a map, in code-point order of its keys."""

    key: str
    value: str
    over: Expression
    body: tuple[Statement, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ForList:
    """Once for each item of a list."""

    item: str
    over: Expression
    body: tuple[Statement, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Set:
    """A name for a value, from here to the end of the block."""

    name: str
    value: Expression
    line: int = 0


@dataclass(frozen=True, slots=True)
class Include:
    """Another template, which sees the names that are bound here, indented as far as this statement."""

    template: str
    indent: int
    line: int = 0


Statement = Text | Print | If | ForMap | ForList | Set | Include


@dataclass(frozen=True, slots=True)
class Template:
    """One template file."""

    name: str
    body: tuple[Statement, ...]
    source: str = field(default="", repr=False, compare=False)
    shown: str = field(default="", repr=False, compare=False)
    """The file, as messages name it."""


def every_statement(body: Iterable[Statement]) -> Iterator[Statement]:
    """Statements and all that stand inside them, in their order."""
    for statement in body:
        yield statement
        if isinstance(statement, If):
            for _, inner in statement.branches:
                yield from every_statement(inner)
            yield from every_statement(statement.otherwise)
        elif isinstance(statement, (ForMap, ForList)):
            yield from every_statement(statement.body)
