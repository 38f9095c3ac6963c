r"""From the tree of a template to a Go template that prints the same YAML.

| we write                              | Helm says                                             |
|---------------------------------------|-------------------------------------------------------|
| `{{ rollout.maxSurge }}`              | `{{ toJson .Values.rollout.maxSurge }}`               |
| `{{ replicas }}`                      | `{{ int64 .Values.replicas }}`                        |
| `{{ team }}`                          | `{{ .Values.team \\| quote }}`                         |
| `{{ args \\| to_yaml }}`               | `{{- toYaml .Values.args \\| nindent 2 }}`             |
| `{{ grace_period_seconds(spec) }}`    | `{{ int64 (include "orders.gracePeriodSeconds" .) }}` |
| `{% if team is given %}`              | `{{- if not (kindIs "invalid" .Values.team) }}`       |
| `{% for k, v in labels \\| by_key %}`  | `{{- range $k, $v := .Values.labels }}`               |
| `{% set role = "main" %}`             | `{{- $role := "main" }}`                              |
| `{% include "selector.yaml.j2" %}`    | `{{- include "orders.selector.yaml" . \\| nindent 6 }}` |

Statements stand alone on their lines, so that Jinja's trimmed line and Helm's `{{-` print the same.
What is known at generation (the target version, that a chart prints no namespace) leaves no trace.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic.alias_generators import to_camel

from k8sgen.chart.golang import Value, as_yaml, call, compared, field_of, literal, plain, stored, term, truth
from k8sgen.chart.helpers import Helpers, constant_answer, context_member, under
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.language import (
    Call,
    Compare,
    Constant,
    Expression,
    Field,
    ForList,
    ForMap,
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
from k8sgen.render.parse import taken_names
from k8sgen.render.types import (
    BOOLEAN,
    CLUSTER,
    CONTEXT_TYPES,
    RELEASE,
    SPEC,
    TEXT,
    member,
    signature_of,
    union,
)
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.fields import ANY, Type

Read = Callable[[str], Template]


class Partials:
    """The templates that others include, each as one define; `read` gives the tree of a template."""

    def __init__(self, helpers: Helpers, read: Read) -> None:
        self.helpers = helpers
        self.read = read
        self.written: dict[str, tuple[dict[str, Type], str]] = {}

    def name(self, template: str) -> str:
        """The define of a template: `orders.container.yaml` prints container.yaml.j2."""
        return self.helpers.own(template.removesuffix(".j2"))

    def file(self, template: str) -> str:
        """A template that prints whole objects, as a file of the chart."""
        writer = GoWriter(self.read(template), self, {}, handed=False)
        return writer.text()

    def include(self, template: str, bound: Mapping[str, Value]) -> tuple[str, ...]:
        """Write the define of an included template; the names that it takes, with the types they have here."""
        tree = self.read(template)
        names = taken_names(tree.source)
        types = {name: bound[name].type for name in names if name in bound}
        before, _ = self.written.get(template, ({}, ""))
        merged = {
            name: union((before[name], type_)) if name in before else type_ for name, type_ in types.items()
        }
        if template not in self.written or merged != before:
            self.written[template] = (merged, "")
            values = {name: Value(f"${to_camel(name)}", type_) for name, type_ in merged.items()}
            self.written[template] = (
                merged,
                GoWriter(tree, self, values, handed=bool(names)).define(self.name(template)),
            )
        return names

    def defines(self) -> Iterable[str]:
        """Every define, in the order in which templates ask for them."""
        return [text for _, text in self.written.values()]


class GoWriter:
    """Writes one template; knows which names are bound and whether a loop has moved the dot."""

    def __init__(
        self, template: Template, partials: Partials, names: dict[str, Value], *, handed: bool
    ) -> None:
        self.template = template
        self.lines = template.source.split("\n")
        self.partials = partials
        self.helpers = partials.helpers
        self.names = names
        self.taken = tuple(names)
        self.handed = handed
        self.depth = 0

    @property
    def root(self) -> str:
        """The chart's root from where a line stands."""
        start = "$" if self.depth else "."
        return ("$.root" if self.depth else ".root") if self.handed else start

    def refuse(self, line: int, message: str, hint: str) -> TemplateError:
        """What to raise at a line."""
        return TemplateError(Problem(message, Place(f"templates/{self.template.name}", line, 1), hint))

    def text(self) -> str:
        """The whole template as a file."""
        return tidy(self.block(self.template.body))

    def define(self, name: str) -> str:
        """The template as a define, without the newline before its first and after its last line."""
        taken = "".join(f"{{{{- {self.names[one].code} := .{one} -}}}}\n" for one in self.taken)
        comment = f"{{{{/* {self.takes()} */}}}}\n" if self.takes() else ""
        body = self.block(self.template.body).rstrip()
        return f"{comment}{{{{- define {json.dumps(name)} -}}}}\n{taken}{tidy(body)}\n{{{{- end }}}}\n"

    def takes(self) -> str:
        """What the define is handed, for its comment."""
        return f"Takes root, {', '.join(self.taken)}." if self.taken else ""

    def block(self, body: Iterable[Statement]) -> str:
        """Statements; names that are bound in it end with it."""
        before = dict(self.names)
        printed = "".join(self.statement(statement) for statement in body)
        self.names = before
        return printed

    def statement(self, statement: Statement) -> str:
        """One statement as text of the Go template."""
        if isinstance(statement, Text):
            return statement.text.replace("{{", '{{ "{{" }}')
        if isinstance(statement, Print):
            return self.printed(statement)
        if isinstance(statement, If):
            return self.condition(statement)
        if isinstance(statement, (ForMap, ForList)):
            return self.loop(statement)
        if isinstance(statement, Set):
            value = self.value(statement.value)
            whole = value.is_number and not value.optional
            name = Value(f"${to_camel(statement.name)}", value.type, whole=whole, optional=value.optional)
            self.names[statement.name] = name
            return self.action(statement.line, f"{name.code} := {stored(value)}")
        return self.included(statement)

    def action(self, line: int, code: str) -> str:
        """A statement on a line of its own, as far in as it stands in our template."""
        source = self.lines[line - 1]
        return f"{' ' * (len(source) - len(source.lstrip()))}{{{{- {code} }}}}\n"

    def printed(self, statement: Print) -> str:
        """A value as one scalar, or as a block on lines of its own."""
        value = self.value(statement.value)
        if statement.indent is not None:
            return f"{{{{- toYaml {term(plain(value))} | nindent {statement.indent} }}}}"
        if value.constant is None:
            raise self.refuse(
                statement.line, "a chart never has this value", "print it where `is given` says so"
            )
        return f"{{{{ {as_yaml(value)} }}}}"

    def condition(self, statement: If) -> str:
        """if, elif, else; what is known now is decided now."""
        printed, word = "", "if"
        for test, body in statement.branches:
            value = self.value(test)
            if value.known and not value.constant:
                continue
            if value.known:
                if word == "if":
                    return self.block(body)
                printed += self.action(statement.line, "else") + self.block(body)
                return printed + self.action(statement.line, "end")
            printed += self.action(statement.line, f"{word} {truth(value)}") + self.block(body)
            word = "else if"
        if word == "if":
            return self.block(statement.otherwise)
        if statement.otherwise:
            printed += self.action(statement.line, "else") + self.block(statement.otherwise)
        return printed + self.action(statement.line, "end")

    def loop(self, statement: ForMap | ForList) -> str:
        """for: Go ranges over a map in code-point order of its keys."""
        over = self.value(statement.over)
        before = dict(self.names)
        if isinstance(statement, ForMap):
            key, value = f"${to_camel(statement.key)}", f"${to_camel(statement.value)}"
            self.names[statement.key] = Value(key, TEXT)
            self.names[statement.value] = Value(value, over.type.item or ANY)
        else:
            key, value = "$_", f"${to_camel(statement.item)}"
            self.names[statement.item] = Value(value, over.type.item or ANY)
        opened = self.action(statement.line, f"range {key}, {value} := {over.code}")
        self.depth += 1
        body = self.block(statement.body)
        self.depth -= 1
        self.names = before
        return opened + body + self.action(statement.line, "end")

    def included(self, statement: Include) -> str:
        """Another template, moved in as far as its statement stands; nothing of it leaves no line."""
        names = self.partials.include(statement.template, self.names)
        missing = [name for name in names if name not in self.names]
        if missing:
            raise self.refuse(
                statement.line,
                f"{statement.template} takes {missing[0]}, which is not bound here",
                f"write {{% set {missing[0]} = … %}} before it",
            )
        root = self.root if self.handed or self.depth else "."
        context = (
            call(
                "dict",
                '"root"',
                root,
                *(code for name in names for code in (json.dumps(name), self.names[name].code)),
            )
            if names
            else root
        )
        asked = f"include {json.dumps(self.partials.name(statement.template))} {term(context)}"
        first = self.partials.written[statement.template][1]
        if not first.split("-}}\n", 1)[-1].lstrip().startswith("{{-"):
            return self.action(statement.line, f"{asked} | nindent {statement.indent}")
        return (
            self.action(statement.line, f"with {asked}")
            + self.action(statement.line, f'trimPrefix "\\n" . | nindent {statement.indent}')
            + self.action(statement.line, "end")
        )

    def value(self, expression: Expression) -> Value:
        """An expression with its type."""
        if isinstance(expression, Name):
            return self.named(expression)
        if isinstance(expression, Field):
            return self.field(expression)
        if isinstance(expression, Constant):
            return literal(expression.value)
        if isinstance(expression, Call):
            return self.call(expression)
        if isinstance(expression, Not):
            value = self.value(expression.operand)
            return literal(not value.constant) if value.known else Value(call("not", truth(value)), BOOLEAN)
        if isinstance(expression, Logic):
            return self.logic(expression)
        if isinstance(expression, Compare):
            return self.compare(expression)
        value = self.value(expression.operand)
        if value.known:
            return literal(value.constant is not None)
        return Value(f'not (kindIs "invalid" {term(value.code)})', BOOLEAN)

    def named(self, expression: Name) -> Value:
        """A name that is bound, or one of the context."""
        if expression.name in self.names:
            return self.names[expression.name]
        type_ = CONTEXT_TYPES[expression.name]
        return Value(under(self.root, ".Values") if type_ == SPEC else "", type_)

    def field(self, expression: Field) -> Value:
        """A field of a part of the spec; only what may be absent is read with care."""
        base = self.value(expression.base)
        found = member(base.type, expression.key)
        if found is None:
            raise self.refuse(
                expression.line, f"{expression.key} is not a field here", "name a field of the spec"
            )
        if base.type in (SPEC, RELEASE, CLUSTER):
            special = context_member(base, expression.key, self.root, self.helpers, printed=True)
            if special is not None:
                return special
        return field_of(base, expression.key, found, safe=not self.always(expression.base))

    def always(self, expression: Expression) -> bool:
        """Whether what an expression reads is always there."""
        if isinstance(expression, Field):
            found = member(self.value(expression.base).type, expression.key)
            return found is not None and found.always and self.always(expression.base)
        return isinstance(expression, Name) and (
            expression.name in CONTEXT_TYPES or self.names[expression.name].type != ANY
        )

    def call(self, expression: Call) -> Value:
        """A derived value."""
        derivation = DERIVATIONS[expression.derivation]
        given = [self.value(argument) for argument in expression.arguments]
        constant = constant_answer(derivation, given, self.helpers)
        if constant is not None:
            return constant
        names = [name for name, _ in signature_of(derivation).parameters]
        return self.helpers.ask(derivation, dict(zip(names, given, strict=True)), self.root)

    def logic(self, expression: Logic) -> Value:
        """and, or; what is known now falls away."""
        anded = expression.operator == "and"
        rest: list[Value] = []
        for operand in operands_of(expression):
            value = self.value(operand)
            if value.known and bool(value.constant) is not anded:
                return (
                    literal(not anded) if not rest else self.joined(expression, [*rest, literal(not anded)])
                )
            if not value.known:
                rest.append(value)
        return self.joined(expression, rest) if rest else literal(anded)

    def joined(self, expression: Logic, operands: list[Value]) -> Value:
        """Conditions that are left."""
        if any(operand.known for operand in operands):
            return literal(expression.operator == "or")
        if len(operands) == 1:
            return operands[0]
        return Value(
            call(expression.operator, *(truth(operand) for operand in operands)), BOOLEAN, textual=True
        )

    def compare(self, expression: Compare) -> Value:
        """Equal or not, in a form in which Go compares both."""
        left, right = self.value(expression.left), self.value(expression.right)
        function = "eq" if expression.operator == "==" else "ne"
        if left.known and right.known:
            return literal((left.constant == right.constant) is (function == "eq"))
        return Value(call(function, *compared(left, right)), BOOLEAN)


def operands_of(expression: Logic) -> Iterator[Expression]:
    """The operands of conditions joined by the same word."""
    for operand in expression.operands:
        if isinstance(operand, Logic) and operand.operator == expression.operator:
            yield from operands_of(operand)
        else:
            yield operand


def tidy(text: str) -> str:
    """Without blank lines before statements, which their `{{-` would swallow anyway."""
    return re.sub(r"\n[ \n]*\n(?=[ ]*\{\{-)", "\n", text)
