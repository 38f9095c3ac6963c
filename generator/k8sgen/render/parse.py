"""From the text of a template to the tree of `k8sgen.render.language`; what the tree cannot say is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.language import (
    ROOT,
    Call,
    Compare,
    Constant,
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
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTEXT = frozenset({ROOT, "release", "cluster"})
"""Names that every template may use, beside the fields of the spec and the names that it binds itself."""

TAKES = re.compile(r"\{# Takes: ([a-z_, ]+)\.")

DEEPEST = 24
"""Statements in each other: Python's and Go's parsers end at depths of their own."""

STATEMENTS = {
    "Scope": "autoescape",
    "ScopedEvalContextModifier": "autoescape",
    "AssignBlock": "set over several lines",
}
"""What people call a statement, where Jinja's tree says it otherwise."""

SYNTAX = Environment(
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701 - the output is YAML, and the printer quotes
)


def parse_template(name: str, source: str, shown: str, derivations: Iterable[str]) -> Template:
    """Read a template. Raises TemplateError with file, line and remedy for anything outside the subset."""
    try:
        tree = SYNTAX.parse(source, name)
    except TemplateSyntaxError as error:
        raise TemplateError(
            Problem(f"{error.message}", Place(shown, error.lineno, 1), "see CONTRIBUTING, Templates")
        ) from error
    reader = Reader(name, source, shown, frozenset(derivations))
    body = tuple(reader.statements(tree.body))
    check_marks(source, shown)
    return Template(name, body, source, shown)


def check_marks(source: str, shown: str) -> None:
    """Statements stand alone on their lines and nothing is trimmed, so that Helm's trimming does what Jinja's does.

    Raises TemplateError.
    """
    lines = source.split("\n")
    for number, kind, mark in SYNTAX.lex(source):
        place = Place(shown, number, 1)
        if kind == "raw_begin":
            message, hint = "raw is not in the template subset", "print a field or a derived value"
            raise TemplateError(Problem(message, place, hint))
        if kind.endswith(("_begin", "_end")) and set(mark.strip()) & set("-+"):
            sign = "-" if "-" in mark else "+"
            message = f"{mark.strip()} trims white space in one way here and in another in a chart"
            raise TemplateError(
                Problem(message, place, f"leave the {sign} out: a statement's line prints nothing")
            )
        if kind == "block_begin":
            line = lines[number - 1].strip()
            if not (line.startswith("{%") and line.endswith("%}") and line.count("{%") == 1):
                message = "a statement stands alone on its line"
                hint = "put text and further statements on lines of their own"
                raise TemplateError(Problem(message, place, hint))


class Reader:
    """Reads the statements of one template, knowing which names are bound where it reads."""

    def __init__(self, name: str, source: str, shown: str, derivations: frozenset[str]) -> None:
        self.name = name
        self.lines = source.split("\n")
        self.shown = shown
        self.derivations = derivations
        self.bound: list[set[str]] = [set(taken_names(source))]

    def refusal(self, node: nodes.Node, message: str, hint: str) -> TemplateError:
        """What to raise at a node."""
        return TemplateError(Problem(message, Place(self.shown, line_of(node), 1), hint))

    def statements(self, body: list[nodes.Node]) -> Iterator[Statement]:
        """A block of statements; names bound in it end with it."""
        if body and len(self.bound) > DEEPEST:
            raise self.refusal(
                body[0],
                f"statements stand more than {DEEPEST} deep in each other",
                "put the inner ones into a template of their own and include it",
            )
        self.bound.append(set())
        before = ""
        for node in body:
            for statement in self.statement(node, before):
                yield statement
                if isinstance(statement, Text):
                    before = statement.text
        self.bound.pop()

    def statement(self, node: nodes.Node, before: str) -> Iterator[Statement]:
        """One Jinja node as statements; `before` is the text in front of it."""
        if isinstance(node, nodes.Output):
            yield from self.output(node, before)
        elif isinstance(node, nodes.If):
            yield self.condition(node)
        elif isinstance(node, nodes.For):
            yield self.loop(node)
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            value = self.expression(node.node)
            self.free(node, node.target.name)
            self.bound[-1].add(node.target.name)
            yield Set(node.target.name, value, node.lineno)
        elif isinstance(node, nodes.Include):
            yield self.include(node)
        else:
            raise self.refusal(
                node,
                f"{STATEMENTS.get(type(node).__name__, type(node).__name__.lower())} is not in the template subset",
                "use if, for, set and include",
            )

    def output(self, node: nodes.Output, before: str) -> Iterator[Statement]:
        """Text and printed values."""
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                before = child.data
                yield Text(child.data, child.lineno)
                continue
            block = isinstance(child, nodes.Filter) and child.name == "to_yaml"
            last_line = before.rpartition("\n")[2]
            if block and isinstance(child, nodes.Filter) and child.node is not None:
                if last_line.strip():
                    raise self.refusal(
                        child,
                        "to_yaml prints whole lines",
                        "put it on a line of its own, as far in as the block belongs",
                    )
                self.plain(child)
                yield Print(self.expression(child.node), len(last_line), child.lineno)
            else:
                yield Print(self.expression(child), None, child.lineno)
            before = "x"

    def condition(self, node: nodes.If) -> If:
        """if, elif, else."""
        branches = [(self.expression(node.test), tuple(self.statements(node.body)))]
        branches += [
            (self.expression(other.test), tuple(self.statements(other.body))) for other in node.elif_
        ]
        return If(tuple(branches), tuple(self.statements(node.else_)), node.lineno)

    def loop(self, node: nodes.For) -> ForMap | ForList:
        """A loop over a map (sorted by key) or over a list."""
        if node.else_ or node.test or node.recursive:
            raise self.refusal(node, "a loop takes no else, if or recursive", "put an if inside the loop")
        if isinstance(node.target, nodes.Tuple):
            names = [item.name for item in node.target.items if isinstance(item, nodes.Name)]
            mapped = node.iter
            if (
                len(names) != 2
                or not (isinstance(mapped, nodes.Filter) and mapped.name == "by_key")
                or mapped.node is None
            ):
                raise self.refusal(
                    node, "a loop over a map needs by_key", "write {% for name, port in ports | by_key %}"
                )
            over = self.expression(mapped.node)
            self.plain(mapped)
            for name in names:
                self.free(node, name)
            self.bound.append(set(names))
            body = tuple(self.statements(node.body))
            self.bound.pop()
            return ForMap(names[0], names[1], over, body, node.lineno)
        if not isinstance(node.target, nodes.Name):
            raise self.refusal(
                node, "a loop binds one name, or a key and a value", "write {% for item in list %}"
            )
        over = self.expression(node.iter)
        self.free(node, node.target.name)
        self.bound.append({node.target.name})
        body = tuple(self.statements(node.body))
        self.bound.pop()
        return ForList(node.target.name, over, body, node.lineno)

    def include(self, node: nodes.Include) -> Include:
        """Another template by its name."""
        if not isinstance(node.template, nodes.Const) or node.ignore_missing or not node.with_context:
            raise self.refusal(
                node, "include takes the name of a template", 'write {% include "container.yaml.j2" %}'
            )
        line = self.lines[node.lineno - 1]
        return Include(node.template.value, len(line) - len(line.lstrip()), node.lineno)

    def free(self, node: nodes.Node, name: str) -> None:
        """A name that may be bound: those of the context stand for themselves in every template."""
        if name in CONTEXT:
            raise self.refusal(
                node,
                f"{name} is what every template knows by this name, those that are included too",
                "give it another name",
            )

    def plain(self, node: nodes.Filter | nodes.Test) -> None:
        """A filter or test without arguments."""
        if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self.refusal(node, f"{node.name} takes no arguments", f"write {node.name} alone")

    def expression(self, node: nodes.Node) -> Expression:
        """An expression of the subset."""
        line = node.lineno
        if isinstance(node, nodes.Name):
            return self.name_of(node)
        if isinstance(node, nodes.Getattr):
            return Field(self.expression(node.node), node.attr, line)
        if isinstance(node, nodes.Const) and isinstance(node.value, (str, int, bool)):
            return Constant(node.value, line)
        if isinstance(node, nodes.Not):
            return Not(self.expression(node.node), line)
        if isinstance(node, (nodes.And, nodes.Or)):
            operator: Any = "and" if isinstance(node, nodes.And) else "or"
            return Logic(operator, (self.expression(node.left), self.expression(node.right)), line)
        if isinstance(node, nodes.Compare) and len(node.ops) == 1 and node.ops[0].op in {"eq", "ne"}:
            equal: Any = "==" if node.ops[0].op == "eq" else "!="
            return Compare(equal, self.expression(node.expr), self.expression(node.ops[0].expr), line)
        if isinstance(node, nodes.Test) and node.name == "given":
            self.plain(node)
            return Given(self.expression(node.node), line)
        if isinstance(node, nodes.Call):
            return self.call(node)
        raise self.outside(node)

    def outside(self, node: nodes.Node) -> TemplateError:
        """What to raise at an expression that a chart could not say, with the way to say it."""
        if isinstance(node, (nodes.Concat, nodes.Add)):
            return self.refusal(
                node, "joined text is a derived value", "write a function in resolve/ and call it here"
            )
        what = f"the filter {node.name}" if isinstance(node, nodes.Filter) else type(node).__name__.lower()
        return self.refusal(
            node, f"{what} is not in the template subset", "make it a derived value in resolve/"
        )

    def name_of(self, node: nodes.Name) -> Expression:
        """A bound name, a name of the context, or a field of the spec."""
        if node.name in CONTEXT or any(node.name in names for names in self.bound):
            return Name(node.name, node.lineno)
        return Field(Name(ROOT, node.lineno), node.name, node.lineno)

    def call(self, node: nodes.Call) -> Call:
        """A derived value."""
        if not isinstance(node.node, nodes.Name) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise self.refusal(
                node, "only derived values can be called", "write name(spec) or name(port, spec)"
            )
        if node.node.name not in self.derivations:
            raise self.refusal(
                node, f"{node.node.name} is not a derived value", "see resolve/ for those there are"
            )
        return Call(node.node.name, tuple(self.expression(argument) for argument in node.args), node.lineno)


def line_of(node: nodes.Node) -> int:
    """The line of a node, or of the first inside it that has one."""
    while not node.lineno:
        node = next(node.iter_child_nodes())
    return node.lineno


def taken_names(source: str) -> tuple[str, ...]:
    """The names that an included template takes from where it is included: `{# Takes: container, role. … #}`."""
    match = TAKES.match(source)
    return tuple(name.strip() for name in match[1].split(",")) if match else ()
