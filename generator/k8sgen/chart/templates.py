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

import copy
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from k8sgen.chart.golang import (
    WHOLE_SPEC,
    Value,
    as_yaml,
    call,
    compared,
    is_path,
    literal,
    placed,
    plain,
    stored,
    term,
    to_camel,
    truth,
)
from k8sgen.chart.gotext import escaped, surely_prints, tidy
from k8sgen.chart.helpers import constant_answer, context_member, context_of
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
)
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.fields import ANY
from k8sgen.yamltext.scalars import scalar
from k8sgen.yamltext.write import block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from k8sgen.chart.partials import Partials

SHORT = 12
"""Lines of an included template that read better in place than behind a call."""


class GoWriter:
    """Writes one template; knows which names are bound and whether a loop has moved the dot."""

    def __init__(self, template: Template, partials: Partials, names: dict[str, Value]) -> None:
        self.template = template
        self.lines = template.source.split("\n")
        self.partials = partials
        self.helpers = partials.helpers
        self.names = names
        self.taken = tuple(self.helpers.handed(template.name, names))
        self.handed = bool(self.taken)
        self.depth = 0
        self.margin = 0
        self.believed: Mapping[str, bool] = {}
        self.dot = ("", 0)

    @property
    def root(self) -> str:
        """The chart's root from where a line stands."""
        start = "$" if self.depth else "."
        return ("$.root" if self.depth else ".root") if self.handed else start

    def refuse(self, line: int, message: str, hint: str) -> TemplateError:
        """What to raise at a line."""
        return TemplateError(Problem(message, Place(self.template.shown, line, 1), hint))

    def text(self) -> str:
        """The whole template as a file."""
        return tidy(self.block(self.template.body))

    def define(self, name: str) -> str:
        """The template as a define, without the newline before its first and after its last line."""
        taken = "".join(f"{{{{- {self.names[one].code} := .{one} -}}}}\n" for one in self.taken)
        comment = f"{{{{/* {self.takes()} */}}}}\n" if self.takes() else ""
        parameters = dict(self.names)
        body = self.block(self.template.body).rstrip()
        unread = [key for key, one in parameters.items() if not re.search(rf"{re.escape(one.code)}\b", body)]
        self.helpers.note_unused(
            self.template.name, frozenset(key for key in unread if parameters[key].code.startswith("$"))
        )
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
            return escaped(statement.text)
        if isinstance(statement, Print):
            return self.printed(statement)
        if isinstance(statement, If):
            return self.condition(statement)
        if isinstance(statement, (ForMap, ForList)):
            return self.loop(statement)
        if isinstance(statement, Set):
            value = self.value(statement.value)
            if value.known or value.is_root or is_path(value.code):
                self.names[statement.name] = value
                return ""
            whole = value.is_number and not value.optional
            code = f"${to_camel(statement.name)}"
            name = Value(code, value.type, whole=whole, optional=value.optional, paths=value.paths)
            self.names[statement.name] = name
            self.forget(statement.name)
            return self.action(statement.line, f"{name.code} := {stored(value)}")
        return self.included(statement)

    def action(self, line: int, code: str) -> str:
        """A statement on a line of its own, as far in as it stands in our template."""
        source = self.lines[line - 1]
        return f"{' ' * (len(source) - len(source.lstrip()))}{{{{- {placed(code, self.root)} }}}}\n"

    def printed(self, statement: Print) -> str:
        """A value as one scalar, or as a block on lines of its own."""
        value = self.value(statement.value)
        if value.is_boolean and value.code in self.believed:
            value = literal(self.believed[value.code])
        if statement.indent is not None:
            self.helpers.carry_whole(value)
            if value.known:
                return escaped(block(value.constant, statement.indent).lstrip())
            code = placed(plain(value), self.root)
            code = "." if (code, self.depth) == self.dot else term(code)
            return f"{{{{- toYaml {code} | nindent {statement.indent + self.margin} }}}}"
        if value.constant is None:
            raise self.refuse(
                statement.line, "a chart never has this value", "print it where `is given` says so"
            )
        if value.known and value.is_text:
            return escaped(scalar(value.constant))
        return value.code if value.known else f"{{{{ {placed(as_yaml(value), self.root)} }}}}"

    def condition(self, statement: If) -> str:
        """if, elif, else; what is known now is decided now, and what prints nothing leaves nothing."""
        branches: list[tuple[str, str]] = []
        otherwise = statement.otherwise
        before = self.believed
        for test, body in statement.branches:
            value = self.value(test)
            value = literal(self.believed[value.code]) if value.code in self.believed else value
            if value.known and not value.constant:
                continue
            if value.known:
                otherwise = body
                break
            if (
                len(statement.branches) == 1
                and not otherwise
                and (whole := self.with_block(value, statement))
            ):
                return whole
            branches.append((truth(value), self.believing(test, body)))
            self.believed = {**self.believed, **dict(self.learnt(test, holds=False))}
        last = self.block(otherwise)
        self.believed = before
        if not branches or not any(printed.strip() for printed in (last, *(one for _, one in branches))):
            return last if not branches else ""
        words = ["if", *["else if"] * (len(branches) - 1)]
        printed = "".join(
            self.action(statement.line, f"{word} {test}") + body
            for word, (test, body) in zip(words, branches, strict=True)
        )
        if last.strip():
            printed += self.action(statement.line, "else") + last
        return printed + self.action(statement.line, "end")

    def with_block(self, value: Value, statement: If) -> str:
        """`with`, where the body prints what the condition asks a helper for; nothing where it does not."""
        if "include" not in value.code or value.type.shape == "scalar":
            return ""
        ((test, body),) = statement.branches
        trial = self.trial()
        trial.depth += 1
        trial.dot = (placed(value.code, trial.root), trial.depth)
        printed = trial.believing(test, body)
        if "toYaml ." not in printed:
            return ""
        self.partials.keep(trial.partials)
        opened = self.action(statement.line, f"with {value.code}")
        return opened + printed + self.action(statement.line, "end")

    def believing(self, test: Expression, body: Iterable[Statement]) -> str:
        """Statements that are printed only where a condition holds."""
        before = self.believed
        self.believed = {**before, **dict(self.learnt(test, holds=True))}
        printed = self.block(body)
        self.believed = before
        return printed

    def learnt(self, test: Expression, *, holds: bool) -> Iterator[tuple[str, bool]]:
        """The conditions that are decided where one holds, or does not, by their code."""
        if isinstance(test, Not):
            yield from self.learnt(test.operand, holds=not holds)
        elif isinstance(test, Logic) and (test.operator == "and") is holds:
            for operand in test.operands:
                yield from self.learnt(operand, holds=holds)
        else:
            value = self.value(test)
            if not value.known:
                yield value.code, holds

    def forget(self, *names: str) -> None:
        """Forget what was decided of names that now stand for something else."""
        gone = tuple(f"${to_camel(name)}" for name in names)
        self.believed = {
            code: holds for code, holds in self.believed.items() if not any(name in code for name in gone)
        }

    def loop(self, statement: ForMap | ForList) -> str:
        """for: Go ranges over a map in code-point order of its keys; a list that is known is unrolled."""
        over = self.value(statement.over)
        if self.helpers.is_empty(over):
            return ""
        before, believed = dict(self.names), self.believed
        entry = self.helpers.entry_of(over)
        if isinstance(statement, ForMap):
            key, value = f"${to_camel(statement.key)}", f"${to_camel(statement.value)}"
            self.names[statement.key] = Value(key, TEXT)
            self.names[statement.value] = replace(entry, code=value)
        elif over.known:
            return "".join(self.with_item(statement, item) for item in over.constant)
        else:
            key, value = "$_", f"${to_camel(statement.item)}"
            self.names[statement.item] = replace(entry, code=value)
        opened = self.action(statement.line, f"range {key}, {value} := {over.code}")
        self.forget(*loop_names(statement))
        self.depth += 1
        body = self.block(statement.body)
        self.depth -= 1
        self.names, self.believed = before, believed
        return opened + body + self.action(statement.line, "end") if body.strip() else ""

    def with_item(self, statement: ForList, item: Any) -> str:
        """The body of a loop for one item of a list that is known."""
        before = dict(self.names)
        self.names[statement.item] = literal(item)
        body = self.block(statement.body)
        self.names = before
        return body

    def included(self, statement: Include) -> str:
        """Another template, moved in as far as its statement stands; nothing of it leaves no line."""
        template = statement.template
        names = taken_names(self.partials.read(template).source)
        missing = [name for name in names if name not in self.names]
        if missing:
            raise self.refuse(
                statement.line,
                f"{template} takes {missing[0]}, which is not bound here",
                f"write {{% set {missing[0]} = … %}} before it",
            )
        short = self.short(statement, names)
        if short is not None:
            return short
        if template in self.partials.once:
            self.partials.counts[template] += 1
            return self.in_place(statement)
        self.partials.note(template, self.names)
        if self.partials.says_nothing(template):
            return ""
        handed = self.helpers.handed(template, self.partials.parameters(template))
        context = context_of({name: self.names[name] for name in handed})
        asked = f"include {json.dumps(self.partials.name(template))} {term(context)}"
        indent = statement.indent + self.margin
        body = self.partials.body(template)
        if surely_prints(body):
            trimmed = " | trim" if body.lstrip().startswith("{{-") else ""
            return self.action(statement.line, f"{asked}{trimmed} | nindent {indent}")
        return (
            self.action(statement.line, f"with {asked}")
            + self.action(statement.line, f'trimPrefix "\\n" . | nindent {indent}')
            + self.action(statement.line, "end")
        )

    def short(self, statement: Include, names: Iterable[str]) -> str | None:
        """A template that is handed a constant, in place, when little of it is left then."""
        if not any(self.names[name].known for name in names):
            return None
        trial = self.trial()
        printed = trial.in_place(statement)
        if printed.count("\n") > SHORT:
            return None
        self.partials.keep(trial.partials)
        return printed

    def trial(self) -> GoWriter:
        """A writer that stands at the same place, for an attempt of which nothing need be kept."""
        trial = copy.copy(self)
        trial.names = dict(self.names)
        trial.partials = self.partials.scratch()
        trial.helpers = trial.partials.helpers
        return trial

    def in_place(self, statement: Include) -> str:
        """The lines of a template that nobody else includes."""
        lines, template, names = self.lines, self.template, dict(self.names)
        self.template = self.partials.read(statement.template)
        self.lines = self.template.source.split("\n")
        self.margin += statement.indent
        printed = self.block(self.template.body)
        self.margin -= statement.indent
        self.lines, self.template, self.names = lines, template, names
        return re.sub(r"^(?=.)", " " * statement.indent, printed, flags=re.MULTILINE)

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
        if value.known or value.is_there:
            return literal(value.is_there or value.constant is not None)
        return Value(f'not (kindIs "invalid" {term(value.code)})', BOOLEAN)

    def named(self, expression: Name) -> Value:
        """A name that is bound, or one of the context."""
        if expression.name in self.names:
            return self.names[expression.name]
        type_ = CONTEXT_TYPES[expression.name]
        return WHOLE_SPEC if type_ == SPEC else Value("", type_)

    def field(self, expression: Field) -> Value:
        """A field of a part of the spec; only what may be absent is read with care."""
        base = self.value(expression.base)
        found = member(base.type, expression.key)
        if found is None:
            raise self.refuse(
                expression.line, f"{expression.key} is not a field here", "name a field of the spec"
            )
        if base.type in (SPEC, RELEASE, CLUSTER):
            special = context_member(base, expression.key, self.helpers, printed=True)
            if special is not None:
                return special
        return self.helpers.field(base, expression.key, found, safe=not self.always(expression.base))

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
        return self.helpers.ask(derivation, dict(zip(names, given, strict=True)))

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


def loop_names(statement: ForMap | ForList) -> tuple[str, ...]:
    """The names that a loop binds."""
    return (statement.key, statement.value) if isinstance(statement, ForMap) else (statement.item,)


def operands_of(expression: Logic) -> Iterator[Expression]:
    """The operands of conditions joined by the same word."""
    for operand in expression.operands:
        if isinstance(operand, Logic) and operand.operator == expression.operator:
            yield from operands_of(operand)
        else:
            yield operand
