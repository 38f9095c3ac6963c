r"""From a derived value or rule in restricted Python to a helper of the chart.

The syntax tree of the function is read, with types from the annotations and the models; what Go
templates cannot say is refused with file, line and remedy (`k8sgen.chart.subset`).
`k8sgen.chart.expressions` reads the expressions; here are the statements.

| we write                                 | Helm says                                                |
|------------------------------------------|----------------------------------------------------------|
| `spec.replicas`                          | `int64 .Values.replicas`                                 |
| `a + b`, `a // b` of whole numbers       | `add a b`, `div a b`                                     |
| `x is None`                              | `kindIs "invalid" x`                                     |
| `f"{count} of {name}"`                   | `printf "%d of %s" count name`                           |
| `5 if busy else 0`                       | `ternary 5 0 busy`                                       |
| `for key, port in by_key(ports)`         | `range $key, $port := .Values.ports`                     |
| `any(port.port == n for _, port in …)`   | the same `range`, which sets a variable                  |
| `return` under an `if`                   | what follows the `if` stands under `else`                |
| `drain_seconds(spec)`                    | `int64 (include "orders.drainSeconds" .)`                |
| `port_protocol(port)`                    | `include "orders.portProtocol" (dict "root" . "port" $port)` |
| a function with a short answer           | that answer, where it is called                          |
| a field that the chart does not carry    | its default; and nothing of what depends on it alone     |
"""

from __future__ import annotations

import ast
import copy
import json
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from k8sgen.chart.expressions import Expressions, either_type
from k8sgen.chart.golang import (
    WHOLE_SPEC,
    Value,
    as_item,
    as_text,
    call,
    field_of,
    is_path,
    number,
    placed,
    plain,
    stored,
    term,
    to_camel,
    truth,
)
from k8sgen.chart.helpers import Function, Helpers, codec_of, name_of
from k8sgen.chart.source import (
    assigned_once,
    changed_names,
    loop_names,
    may_return,
    returns,
    spelled_alike,
    variables_of,
)
from k8sgen.chart.subset import check_function
from k8sgen.chart.subset.signature import parsed
from k8sgen.chart.subset.values import SUBSET
from k8sgen.chart.twins import TWINS
from k8sgen.chart.usage import entries_of
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import NUMBER, SPEC, annotation_type, known_names, member, signature_of
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def write_helper(function: Function, helpers: Helpers) -> str:
    """The helper of one derived value. Raises TemplateError."""
    twin = TWINS.get(name_of(function))
    if twin is not None:
        return twin.replace("CHART", helpers.chart)
    return Writer(function, helpers).define()


class Writer(Expressions):
    """Writes the helper of one function: its lines, the names that are bound, and how deep it is."""

    def __init__(
        self, function: Function, helpers: Helpers, parameters: Mapping[str, Value] | None = None
    ) -> None:
        check_function(function)
        self.derivation = function if isinstance(function, Derivation) else None
        self.function: Callable[..., Any] = (
            function.function if isinstance(function, Derivation) else function
        )
        self.helpers = helpers
        self.tree, self.file = parsed(self.function)
        self.signature = signature_of(self.function)
        self.codec = codec_of(self.signature)
        self.lines: list[str] = []
        self.loops = 0
        self.temporary = 0
        self.variables: dict[str, Value] = dict(
            helpers.parameters(self.signature, helpers.asked.get(name_of(function), {}))
            if parameters is None
            else parameters
        )
        self.parameters = dict(self.variables)
        self.handed = helpers.handed(name_of(function), self.variables)
        self.once = assigned_once(self.tree)
        self.written = variables_of(self.tree)
        if clash := spelled_alike(self.tree):
            raise self.refuse(self.tree, f"{' and '.join(clash)} are one name in a chart", "use another name")
        self.quiet = False
        self.answered: list[Value] = []

    @property
    def root(self) -> str:
        """The chart's root from where a line stands: a loop moves the dot."""
        start = "$" if self.loops else "."
        return ("$.root" if self.loops else ".root") if self.handed else start

    def refuse(self, node: ast.AST, message: str, hint: str = SUBSET) -> TemplateError:
        """What to raise at a node."""
        line = getattr(node, "lineno", self.tree.lineno)
        return TemplateError(
            Problem(message, Place(self.file, line, getattr(node, "col_offset", 0) + 1), hint)
        )

    def say(self, code: str) -> None:
        """One action on a line of its own; no white space of the helper reaches its answer."""
        if self.quiet:
            raise NeedsLinesError
        self.lines.append("{{- " + placed(code, self.root) + " -}}")

    def define(self) -> str:
        """The whole helper."""
        name = self.helpers.own(to_camel(self.function.__name__))
        docstring = (ast.get_docstring(self.tree) or "").split("\n")[0]
        for parameter in self.handed:
            self.say(f"{self.variables[parameter].code} := .{parameter}")
        if self.derivation is not None and self.derivation.given:
            given = self.given(self.derivation)
            self.say(f'if not (kindIs "invalid" {term(given.code)})')
            self.answer(given)
            self.say("else")
            self.block(self.tree.body)
            self.say("end")
        else:
            self.block(self.tree.body)
        self.helpers.note_unused(name_of(self.derivation or self.function), self.unread())
        comment = [f"{{{{/* {docstring.replace('*/', '* /')} */}}}}"] if docstring else []
        return "\n".join([*comment, f"{{{{- define {json.dumps(name)} -}}}}", *self.lines, "{{- end }}", ""])

    def unread(self) -> frozenset[str]:
        """The parameters that no line reads."""
        text = "\n".join(self.lines[len(self.handed) :])
        return frozenset(
            name
            for name, value in self.parameters.items()
            if value.code.startswith("$") and not re.search(rf"{re.escape(value.code)}\b", text)
        )

    def given(self, derivation: Derivation[..., Any]) -> Value:
        """The field that wins over the derived value."""
        first, type_ = self.signature.parameters[0]
        here = WHOLE_SPEC if type_ == SPEC else self.variables[first]
        always = True
        for key in derivation.given.split("."):
            found = member(here.type, key)
            if found is None:
                raise self.refuse(
                    self.tree,
                    f"given names {derivation.given}, which the spec does not have",
                    "name a field of the first parameter",
                )
            here = field_of(here, key, found, safe=not always)
            always = always and found.always
        for path in here.paths or ():
            self.helpers.given.update((path, *entries_of(here.type, path)))
        return here

    def block(self, body: list[ast.stmt]) -> None:
        """Statements; what follows an `if` that may return goes into its branches, for Go has no return."""
        for index, statement in enumerate(body):
            if isinstance(statement, ast.Return):
                self.answer(
                    self.expression(statement.value, self.signature.returns)
                    if statement.value
                    else Value("nil")
                )
                return
            if isinstance(statement, ast.If) and may_return(statement):
                rest = body[index + 1 :]
                test = self.condition(statement.test)
                branches = [self.followed(statement.body, rest), self.followed(statement.orelse, rest)]
                if test.known:
                    self.block(branches[0 if test.constant else 1])
                elif (same := self.same_answer(*branches)) is not None:
                    self.answer(same)
                else:
                    self.branches(truth(test), *branches)
                return
            self.statement(statement)

    def followed(self, body: list[ast.stmt], rest: list[ast.stmt]) -> list[ast.stmt]:
        """A branch and what comes after it, unless it returns."""
        return body if returns(body) else [*body, *rest]

    def same_answer(self, body: list[ast.stmt], otherwise: list[ast.stmt]) -> Value | None:
        """The constant that both branches answer, whatever the condition; None when there is no such."""
        answers = [self.tried(partial(Writer.block, body=each)) for each in (body, otherwise)]
        found = [answer[0] for answer in answers if answer is not None and len(answer) == 1]
        if len(found) == 2 and all(one.known for one in found) and found[0].constant == found[1].constant:
            return found[0]
        return None

    def tried(self, run: Callable[[Writer], object]) -> list[Value] | None:
        """What is answered when something is done without writing a line; None when it needs lines.

        Nothing of the attempt is kept: neither names nor questions to other helpers.
        """
        trial = copy.copy(self)
        trial.quiet, trial.lines, trial.answered = True, [], []
        trial.variables, trial.helpers = dict(self.variables), self.helpers.scratch()
        try:
            run(trial)
        except NeedsLinesError:
            return None
        return trial.answered

    def branches(self, test: str, body: list[ast.stmt], otherwise: list[ast.stmt]) -> None:
        """`if` and `else`, with the names that were bound before both; one that says nothing is left out."""
        self.write_out(changed_names([*body, *otherwise]))
        before = dict(self.variables)
        start = len(self.lines)
        self.say(f"if {test}")
        self.block(body)
        silent = len(self.lines) == start + 1
        after, self.variables = self.variables, dict(before)
        if otherwise:
            middle = len(self.lines)
            self.say("else")
            self.block(otherwise)
            if len(self.lines) == middle + 1:
                del self.lines[middle:]
            elif silent:
                del self.lines[start : middle + 1]
                inverted = self.lines[start:]
                del self.lines[start:]
                self.say(f"if {call('not', test)}")
                self.lines += inverted
        self.variables = {name: either(after[name], self.variables[name]) for name in before}
        if len(self.lines) == start + 1:
            del self.lines[start:]
        else:
            self.say("end")

    def answer(self, value: Value) -> None:
        """Print the answer as its readers expect it."""
        if self.quiet:
            self.answered.append(value)
        elif self.codec == "number":
            self.say(number(value))
        elif self.codec == "boolean":
            if value.known:
                if value.constant:
                    self.say('"true"')
                return
            self.say(f"if {truth(value)}")
            self.lines[-1] += "true{{- end -}}"
        elif self.codec == "text":
            if value.constant != "":
                self.say(value.code if value.is_text else as_text(value, self.helpers.own("text")))
        else:
            self.say(f'dict "v" {term(plain(value))} | toJson')

    def statement(self, node: ast.stmt) -> None:  # noqa: C901 - a flat table of node types
        """One statement that does not return."""
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            return
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            self.assign(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            type_, optional = self.annotated(node.annotation)
            self.bind(node, node.target.id, self.expression(node.value, type_))
            bound = self.variables[node.target.id]
            self.variables[node.target.id] = replace(
                bound,
                type=type_,
                optional=bound.optional or optional,
                whole=bound.whole and not optional and type_ == NUMBER,
            )
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            joined = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
            self.bind(node, node.target.id, self.expression(joined))
        elif isinstance(node, ast.If):
            test = self.condition(node.test)
            if test.known:
                self.block(node.body if test.constant else node.orelse)
            elif not all(self.does_nothing(body) for body in (node.body, node.orelse)):
                self.declare(node.body + node.orelse)
                self.branches(truth(test), node.body, node.orelse)
        elif isinstance(node, ast.For) and not node.orelse:
            self.loop(node)
        elif isinstance(node, (ast.Break, ast.Continue)) and self.loops:
            self.say("break" if isinstance(node, ast.Break) else "continue")
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self.change(node.value)
        elif not isinstance(node, ast.Pass):
            raise self.refuse(node, f"{type(node).__name__.lower()} is not in the subset of derived values")

    def assign(self, target: ast.expr, source: ast.expr) -> None:
        """A name, several names, or an entry of a map."""
        if isinstance(target, ast.Name):
            self.bind(target, target.id, self.expression(source))
        elif (
            isinstance(target, ast.Tuple)
            and isinstance(source, ast.Tuple)
            and len(target.elts) == len(source.elts)
        ):
            for name, item in zip(target.elts, source.elts, strict=True):
                self.assign(name, item)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            key, value = self.expression(target.slice), self.expression(source)
            self.write_out([target.value.id])
            self.say(f"$_ := {call('set', self.expression(target.value).code, key.code, plain(value))}")
        else:
            raise self.refuse(
                target,
                "this assignment is not in the subset of derived values",
                "assign to a name, or to an entry of a local map",
            )

    def bind(self, node: ast.AST, name: str, value: Value) -> None:
        """Give a local name its value: anew, or changed where it was declared.

        A name for a constant, or for a part of the spec that is never changed, needs no line: the value
        takes its place until a loop or branch changes it (`write_out`).
        """
        code = f"${to_camel(name)}"
        known = self.variables.get(name)
        if known is not None and (known.is_root or (known.type.shape == "model" and not known.code)):
            raise self.refuse(
                node, f"{name} is the root of the spec and cannot be assigned", "use another name"
            )
        declared = known is not None and known.code.startswith("$")
        if not declared and (value.known or (name in self.once and (self.quiet or is_path(value.code)))):
            self.variables[name] = value
            return
        self.say(f"{code} {'=' if declared else ':='} {stored(value)}")
        if known is None or not declared:
            self.variables[name] = variable(code, value)
            return
        untyped = known.type == ANY or (
            known.type.shape in {"list", "map"}
            and known.type.item in {None, ANY}
            and value.type.shape == known.type.shape
        )
        type_ = value.type if untyped and value.constant is not None else known.type
        optional = value.optional or value.constant is None or known.optional
        whole = type_.scalars == (int,) and value.is_number and not optional
        paths = value.paths | known.paths if value.paths and known.paths else None
        self.variables[name] = Value(code, type_, whole=whole, optional=optional, paths=paths)

    def write_out(self, names: Iterable[str]) -> None:
        """Give a line to each name that stands for its value and is about to be changed."""
        for name in sorted(names):
            value = self.variables.get(name)
            if value is not None and not value.code.startswith("$") and not value.is_root:
                code = f"${to_camel(name)}"
                self.say(f"{code} := {stored(value)}")
                self.variables[name] = variable(code, value)

    def does_nothing(self, body: list[ast.stmt]) -> bool:
        """Whether statements come to nothing: all that they would do falls away at generation."""
        names = dict(self.variables)
        left: list[dict[str, Value]] = []

        def run(trial: Writer) -> None:
            trial.block(body)
            left.append(trial.variables)

        return self.tried(run) is not None and {**left[0], **names} == left[0]

    def declare(self, body: Iterable[ast.stmt]) -> None:
        """Names that are first assigned inside a branch or loop stand before it, so that they outlive it."""
        for statement in body:
            for node in ast.walk(statement):
                if (
                    isinstance(node, ast.Name)
                    and isinstance(node.ctx, ast.Store)
                    and node.id not in self.variables
                    and node.id not in loop_names(body)
                ):
                    self.say(f'${to_camel(node.id)} := ""')
                    self.variables[node.id] = Value(f"${to_camel(node.id)}", ANY)

    def loop(self, node: ast.For) -> None:
        """`for` over a map by key, or over a list; the names of the loop end with it."""
        if may_return(node):
            raise self.refuse(
                node,
                "return inside a loop is not in the subset",
                "set a name in the loop and return it afterwards",
            )
        if self.is_never([(node.target, node.iter, [])], lambda trial: trial.does_nothing(node.body)):
            return
        self.declare(node.body)
        self.write_out(changed_names(node.body))
        before = dict(self.variables)
        self.open_loop(node.target, node.iter)
        self.block(node.body)
        self.close_loop()
        self.variables = before | {name: value for name, value in self.variables.items() if name in before}

    def change(self, node: ast.Call) -> None:
        """A method that changes a local list or map."""
        function = node.func
        if not (
            isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and len(node.args) == 1
        ):
            raise self.refuse(
                node,
                "a call for its effect is not in the subset",
                "append to a local list, or set an entry of a local map",
            )
        name, value = function.value.id, self.expression(node.args[0])
        self.write_out([name])
        changed = self.variables.get(name)
        if changed is None or not changed.code.startswith("$"):
            raise self.refuse(
                node, f"{name} is not a local name", "change only what the function made itself"
            )
        if function.attr == "append":
            self.say(f"{changed.code} = {call('append', changed.code, as_item(value))}")
            self.variables[name] = Value(changed.code, Type("list", item=changed.type.item or value.type))
        elif function.attr == "extend":
            self.say(f"{changed.code} = {call('concat', changed.code, term(value.code))}")
            self.variables[name] = Value(
                changed.code, Type("list", item=changed.type.item or value.type.item)
            )
        elif function.attr == "update":
            key, item = self.fresh("key"), self.fresh("item")
            self.say(f"range {key}, {item} := {value.code}")
            self.say(f"$_ := set {changed.code} {key} {item}")
            self.say("end")
        else:
            raise self.refuse(
                node,
                f"{function.attr}() is not in the subset",
                "append to a local list, or set an entry of a local map",
            )

    def annotated(self, annotation: ast.expr) -> tuple[Type, bool]:
        """The type of an annotated local name, and whether it may be None."""
        scope = dict(known_names()) | self.function.__globals__
        return annotation_type(eval(ast.unparse(annotation), scope))  # noqa: S307 - our own source


class NeedsLinesError(Exception):
    """What was tried cannot be said in one expression."""


def variable(code: str, value: Value) -> Value:
    """A local name of a helper that holds a value."""
    optional = value.optional or value.constant is None
    return Value(
        code, value.type, whole=value.is_number and not optional, optional=optional, paths=value.paths
    )


def either(one: Value, other: Value) -> Value:
    """What is known of a name behind two branches that may have changed it."""
    if one == other:
        return one
    return Value(
        one.code,
        either_type(one, other),
        whole=one.whole and other.whole,
        optional=one.optional or other.optional,
        paths=one.paths | other.paths if one.paths and other.paths else None,
    )
