"""From the tree of a template to code: Jinja runs it, and each printed value carries its path.

The tree is written back as Jinja nodes in which `{{ rollout.maxSurge }}` hands the value and its path
to the printer. Jinja's own `finalize` would see the bare value, and run at compile time for constants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from pydantic.alias_generators import to_snake

from k8sgen.render.environment import PRINTER
from k8sgen.render.language import (
    ROOT,
    Call,
    Compare,
    Constant,
    Expression,
    Field,
    ForList,
    ForMap,
    If,
    Logic,
    Name,
    Not,
    Print,
    Set,
    Statement,
    Template,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType

    from k8sgen.render.environment import TemplateEnvironment

PATH = "_path"
"""Ending of the variable that holds the path of another variable."""


def compile_template(template: Template, environment: TemplateEnvironment) -> CodeType:
    """The code of a template without includes."""
    return environment.compile(jinja_template(template, environment), template.name, template.name)


def jinja_template(template: Template, environment: TemplateEnvironment) -> nodes.Template:
    """The tree as Jinja nodes."""
    root = nodes.Template(statements(template.body))
    root.set_environment(environment)
    for node in root.find_all(nodes.Node):
        if getattr(node, "lineno", None) is None:
            node.lineno = 1
    root.lineno = 1
    return root


def statements(body: Iterable[Statement]) -> list[nodes.Node]:
    """A block of statements as Jinja nodes."""
    return [node for statement in body for node in jinja_statement(statement)]


def jinja_statement(statement: Statement) -> list[nodes.Node]:
    """One statement as Jinja nodes, each with the template's line."""
    if isinstance(statement, Text):
        return [nodes.Output([nodes.TemplateData(statement.text)], lineno=statement.line)]
    if isinstance(statement, Print):
        return [nodes.Output([printed(statement)], lineno=statement.line)]
    if isinstance(statement, If):
        (test, body), *others = statement.branches
        elifs = [
            nodes.If(value(other), statements(inner), [], [], lineno=statement.line)
            for other, inner in others
        ]
        return [
            nodes.If(
                value(test), statements(body), elifs, statements(statement.otherwise), lineno=statement.line
            )
        ]
    if isinstance(statement, ForMap):
        return [map_loop(statement)]
    if isinstance(statement, ForList):
        return [list_loop(statement)]
    if isinstance(statement, Set):
        return [
            nodes.Assign(nodes.Name(statement.name, "store"), value(statement.value), lineno=statement.line),
            nodes.Assign(
                nodes.Name(statement.name + PATH, "store"), path_of(statement.value), lineno=statement.line
            ),
        ]
    raise TypeError(f"{statement.template} is included and was not put in its place")


def map_loop(loop: ForMap) -> nodes.Node:
    """A loop over a map; key and value both stand for the entry's path."""
    base, tail = path_parts(loop.over)
    entry = filtered(base, "_join_path", tail, nodes.Name(loop.key, "load"))
    paths: list[nodes.Node] = [
        nodes.Assign(nodes.Name(loop.value + PATH, "store"), entry),
        nodes.Assign(nodes.Name(loop.key + PATH, "store"), nodes.Name(loop.value + PATH, "load")),
    ]
    target = nodes.Tuple([nodes.Name(loop.key, "store"), nodes.Name(loop.value, "store")], "store")
    return nodes.For(
        target,
        filtered(value(loop.over), "by_key"),
        paths + statements(loop.body),
        [],
        None,
        False,
        lineno=loop.line,
    )


def list_loop(loop: ForList) -> nodes.Node:
    """A loop over a list; each item stands for its place in the list."""
    target = nodes.Tuple([nodes.Name(loop.item + PATH, "store"), nodes.Name(loop.item, "store")], "store")
    items = filtered(value(loop.over), "_by_index", *path_parts(loop.over))
    return nodes.For(target, items, statements(loop.body), [], None, False, lineno=loop.line)


def printed(statement: Print) -> nodes.Expr:
    """A printed value: handed to the printer with its path, or with its derivation."""
    expression = statement.value
    indent = [] if statement.indent is None else [nodes.Const(statement.indent)]
    if isinstance(expression, Call):
        name = "_print_call" if statement.indent is None else "_print_call_block"
        return filtered(
            nodes.Const(expression.derivation),
            name,
            printer_name(),
            *indent,
            *map(value, expression.arguments),
        )
    base, tail = path_parts(expression)
    return filtered(
        value(expression),
        "_scalar" if statement.indent is None else "_block",
        printer_name(),
        base,
        tail,
        *indent,
    )


def value(expression: Expression) -> nodes.Expr:
    """An expression as a Jinja node."""
    if isinstance(expression, Name):
        return nodes.Name(expression.name, "load")
    if isinstance(expression, Field):
        return nodes.Getattr(value(expression.base), to_snake(expression.key), "load")
    if isinstance(expression, Constant):
        return nodes.Const(expression.value)
    if isinstance(expression, Call):
        return filtered(
            nodes.Const(expression.derivation), "_call", printer_name(), *map(value, expression.arguments)
        )
    if isinstance(expression, Not):
        return nodes.Not(value(expression.operand))
    if isinstance(expression, Logic):
        kind = nodes.And if expression.operator == "and" else nodes.Or
        return kind(value(expression.operands[0]), value(expression.operands[1]))
    if isinstance(expression, Compare):
        operator = "eq" if expression.operator == "==" else "ne"
        return nodes.Compare(value(expression.left), [nodes.Operand(operator, value(expression.right))])
    return filtered(value(expression.operand), "_given")


def path_parts(expression: Expression) -> tuple[nodes.Expr, nodes.Expr]:
    """The path of an expression in two parts: what is known when it runs, and what is known now."""
    tail: list[str] = []
    while isinstance(expression, Field):
        tail.insert(0, expression.key)
        expression = expression.base
    return path_start(expression), nodes.Const(tuple(tail))


def path_start(expression: Expression) -> nodes.Expr:
    """The path of a name or of a derived value."""
    if isinstance(expression, Name):
        if expression.name == ROOT:
            return nodes.Const(())
        if expression.name in {"release", "cluster"}:
            return nodes.Const((expression.name,))
        return nodes.Name(expression.name + PATH, "load")
    if isinstance(expression, Call):
        return filtered(
            nodes.Const(expression.derivation),
            "_derived_path",
            printer_name(),
            *map(value, expression.arguments),
        )
    return nodes.Const(())


def path_of(expression: Expression) -> nodes.Expr:
    """The path of an expression in one piece."""
    base, tail = path_parts(expression)
    return nodes.Add(base, tail)


def printer_name() -> nodes.Expr:
    """The printer of this rendering."""
    return nodes.Name(PRINTER, "load")


def filtered(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    """A call of one of our filters; Jinja calls filters directly, functions through its sandbox."""
    return nodes.Filter(node, name, list(arguments), [], None, None)
