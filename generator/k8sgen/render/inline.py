"""Puts included templates in the place of their includes, so that a template runs as one piece.

An include that runs costs a context of its own and a pass over its text to move it in; a Deployment
includes seventy times. Here both are done once, when the template is compiled.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from k8sgen.render.language import (
    Call,
    Compare,
    Expression,
    Field,
    ForList,
    ForMap,
    Given,
    If,
    Include,
    Logic,
    Name,
    Not,
    Print,
    Set,
    Statement,
    Template,
    Text,
    every_statement,
)
from k8sgen.render.parse import taken_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Names = dict[str, str]
"""What a name of an included template is called where it now stands."""


def inline(template: Template, tree: Callable[[str], Template]) -> Template:
    """A template without includes; `tree` gives the tree of an included one by its name."""
    return replace(template, body=tuple(Inliner(tree).body(template.body, {}, 0)))


class Inliner:
    """Inlines one template. Names that an included template sets get a number, so that they end with it."""

    def __init__(self, tree: Callable[[str], Template]) -> None:
        self.tree = tree
        self.numbers = count(1)

    def body(self, body: Iterable[Statement], names: Mapping[str, str], indent: int) -> Iterator[Statement]:
        """The statements of a block, moved in by `indent`; a block begins at the start of a line."""
        at_start = True
        for statement in body:
            if isinstance(statement, Text):
                yield replace(statement, text=moved(statement.text, indent, at_start=at_start))
                at_start = statement.text.endswith("\n")
            elif isinstance(statement, Print):
                if at_start and indent:
                    yield Text(" " * indent, statement.line)
                block = None if statement.indent is None else statement.indent + indent
                yield replace(statement, value=renamed(statement.value, names), indent=block)
                at_start = False
            else:
                yield from self.compound(statement, names, indent)
                at_start = True

    def compound(self, statement: Statement, names: Mapping[str, str], indent: int) -> Iterator[Statement]:
        """A statement that stands alone on its line, with all that is in it."""
        if isinstance(statement, If):
            branches = tuple(
                (renamed(test, names), tuple(self.body(inner, names, indent)))
                for test, inner in statement.branches
            )
            otherwise = tuple(self.body(statement.otherwise, names, indent))
            yield replace(statement, branches=branches, otherwise=otherwise)
        elif isinstance(statement, ForMap):
            inside = without(names, statement.key, statement.value)
            inner = tuple(self.body(statement.body, inside, indent))
            yield replace(statement, over=renamed(statement.over, names), body=inner)
        elif isinstance(statement, ForList):
            inner = tuple(self.body(statement.body, without(names, statement.item), indent))
            yield replace(statement, over=renamed(statement.over, names), body=inner)
        elif isinstance(statement, Set):
            name = names.get(statement.name, statement.name)
            yield Set(name, renamed(statement.value, names), statement.line)
        elif isinstance(statement, Include):
            yield from self.included(statement, names, indent)

    def included(self, include: Include, names: Mapping[str, str], indent: int) -> Iterator[Statement]:
        """The statements of another template."""
        template = self.tree(include.template)
        own: Names = {taken: names.get(taken, taken) for taken in taken_names(template.source)}
        for name in set_names(template.body):
            own.setdefault(name, f"{name}_{next(self.numbers)}")
        yield from self.body(template.body, own, indent + include.indent)


def moved(text: str, indent: int, *, at_start: bool) -> str:
    """Text with each of its lines that is not empty moved in; the first only where it begins a line."""
    if not indent:
        return text
    pad = " " * indent
    lines = text.split("\n")
    first = pad + lines[0] if at_start and lines[0] else lines[0]
    return "\n".join([first, *(pad + line if line else line for line in lines[1:])])


def set_names(body: Iterable[Statement]) -> Iterator[str]:
    """The names that a template sets itself, in any of its blocks."""
    return (statement.name for statement in every_statement(body) if isinstance(statement, Set))


def without(names: Mapping[str, str], *bound: str) -> Names:
    """The names without those that a loop binds anew."""
    return {name: other for name, other in names.items() if name not in bound}


def renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """An expression with the names it has where it now stands."""
    if not names:
        return expression
    if isinstance(expression, Name):
        return replace(expression, name=names.get(expression.name, expression.name))
    if isinstance(expression, Field):
        return replace(expression, base=renamed(expression.base, names))
    if isinstance(expression, Call):
        return replace(expression, arguments=tuple(renamed(each, names) for each in expression.arguments))
    if isinstance(expression, (Not, Given)):
        return replace(expression, operand=renamed(expression.operand, names))
    if isinstance(expression, Logic):
        return replace(expression, operands=tuple(renamed(each, names) for each in expression.operands))
    if isinstance(expression, Compare):
        return replace(
            expression, left=renamed(expression.left, names), right=renamed(expression.right, names)
        )
    return expression
