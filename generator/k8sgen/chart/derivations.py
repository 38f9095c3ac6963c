"""From a derived value or rule in restricted Python to a helper of the chart.

The syntax tree of the function is read, with types from the annotations and the models; what Go
templates cannot say is refused with file, line and remedy. `k8sgen.chart.expressions` reads the
expressions; here are the statements.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic.alias_generators import to_camel

from k8sgen.chart.expressions import Expressions
from k8sgen.chart.golang import Value, as_text, call, field_of, number, plain, stored, term, truth
from k8sgen.chart.helpers import ROOTED, Helpers, codec_of, under
from k8sgen.chart.twins import TWINS
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import SPEC, annotation_type, known_names, member, signature_of
from k8sgen.resolve.derivation import Derivation
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SUBSET = "write it in the Python that a chart can say too: see CONTRIBUTING, Add a derived value"


def write_helper(function: Callable[..., Any] | Derivation[..., Any], helpers: Helpers) -> str:
    """The helper of one derived value. Raises TemplateError."""
    twin = TWINS.get(function.name if isinstance(function, Derivation) else function.__name__)
    if twin is not None:
        return twin.replace("CHART", helpers.chart)
    return Writer(function, helpers).define()


@cache
def parsed(function: Callable[..., Any]) -> tuple[ast.FunctionDef, str, int]:
    """The syntax tree of a function, the file to name, and the line before its first."""
    lines, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(lines))).body[0]
    assert isinstance(tree, ast.FunctionDef)  # noqa: S101 - a function's source is a function
    file = Path(inspect.getsourcefile(function) or "")
    return tree, "/".join(file.parts[-3:]), first - 1


class Writer(Expressions):
    """Writes the helper of one function: its lines, the names that are bound, and how deep it is."""

    def __init__(self, function: Callable[..., Any] | Derivation[..., Any], helpers: Helpers) -> None:
        self.derivation = function if isinstance(function, Derivation) else None
        self.function: Callable[..., Any] = (
            function.function if isinstance(function, Derivation) else function
        )
        self.helpers = helpers
        self.tree, self.file, self.before = parsed(self.function)
        self.signature = signature_of(self.function)
        self.codec = codec_of(self.signature)
        self.lines: list[str] = []
        self.loops = 0
        self.temporary = 0
        self.handed = [name for name, type_ in self.signature.parameters if type_ not in ROOTED]
        self.variables: dict[str, Value] = {}
        for name, type_ in self.signature.parameters:
            self.variables[name] = (
                Value("", type_)
                if type_ in ROOTED
                else Value(f"${to_camel(name)}", type_, optional=name in self.signature.may_be_none)
            )

    @property
    def root(self) -> str:
        """The chart's root from where a line stands: a loop moves the dot."""
        start = "$" if self.loops else "."
        return ("$.root" if self.loops else ".root") if self.handed else start

    def refuse(self, node: ast.AST, message: str, hint: str = SUBSET) -> TemplateError:
        """What to raise at a node."""
        line = self.before + getattr(node, "lineno", 1)
        return TemplateError(
            Problem(message, Place(self.file, line, getattr(node, "col_offset", 0) + 1), hint)
        )

    def say(self, code: str) -> None:
        """One action on a line of its own; no white space of the helper reaches its answer."""
        self.lines.append("{{- " + code + " -}}")

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
        comment = [f"{{{{/* {docstring.replace('*/', '* /')} */}}}}"] if docstring else []
        return "\n".join([*comment, f"{{{{- define {json.dumps(name)} -}}}}", *self.lines, "{{- end }}", ""])

    def given(self, derivation: Derivation[..., Any]) -> Value:
        """The field that wins over the derived value."""
        first, type_ = self.signature.parameters[0]
        here = Value(under(self.root, ".Values"), SPEC) if type_ == SPEC else self.variables[first]
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
            if isinstance(statement, ast.If) and any(
                isinstance(node, ast.Return) for node in ast.walk(statement)
            ):
                rest = body[index + 1 :]
                test = self.expression(statement.test)
                branches = [self.followed(statement.body, rest), self.followed(statement.orelse, rest)]
                if test.known:
                    self.block(branches[0 if test.constant else 1])
                else:
                    self.branches(truth(test), *branches)
                return
            self.statement(statement)

    def followed(self, body: list[ast.stmt], rest: list[ast.stmt]) -> list[ast.stmt]:
        """A branch and what comes after it, unless it returns."""
        return body if returns(body) else [*body, *rest]

    def branches(self, test: str, body: list[ast.stmt], otherwise: list[ast.stmt]) -> None:
        """`if` and `else`, with the names that were bound before both."""
        before = dict(self.variables)
        self.say(f"if {test}")
        self.block(body)
        if otherwise:
            self.variables = dict(before)
            self.say("else")
            self.block(otherwise)
        self.variables = before | {name: value for name, value in self.variables.items() if name in before}
        self.say("end")

    def answer(self, value: Value) -> None:
        """Print the answer as its readers expect it."""
        if self.codec == "number":
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
            self.bind(node, node.target.id, self.expression(node.value, self.annotated(node.annotation)))
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            joined = ast.copy_location(ast.BinOp(node.target, node.op, node.value), node)
            self.bind(node, node.target.id, self.expression(joined))
        elif isinstance(node, ast.If):
            self.declare(node.body + node.orelse)
            test = self.expression(node.test)
            if test.known:
                self.block(node.body if test.constant else node.orelse)
            else:
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
            self.say(f"$_ := {call('set', self.expression(target.value).code, key.code, plain(value))}")
        else:
            raise self.refuse(
                target,
                "this assignment is not in the subset of derived values",
                "assign to a name, or to an entry of a local map",
            )

    def bind(self, node: ast.AST, name: str, value: Value) -> None:
        """Give a local name its value: anew, or changed where it was declared."""
        code = f"${to_camel(name)}"
        known = self.variables.get(name)
        if known is not None and not known.code.startswith("$"):
            raise self.refuse(
                node, f"{name} is the root of the spec and cannot be assigned", "use another name"
            )
        self.say(f"{code} {'=' if known is not None else ':='} {stored(value)}")
        type_ = (
            value.type
            if known is None
            or known.type == ANY
            or (known.type.item is None and known.type.shape == value.type.shape)
            else known.type
        )
        if value.constant is None and known is not None:
            type_ = known.type
        optional = value.optional or value.constant is None or (known is not None and known.optional)
        whole = type_.scalars == (int,) and value.is_number and not optional
        self.variables[name] = Value(code, type_, whole=whole, optional=optional)

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
        if any(isinstance(inner, ast.Return) for inner in ast.walk(node)):
            raise self.refuse(
                node,
                "return inside a loop is not in the subset",
                "set a name in the loop and return it afterwards",
            )
        self.declare(node.body)
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
        variable = self.variables.get(name)
        if variable is None or not variable.code.startswith("$"):
            raise self.refuse(
                node, f"{name} is not a local name", "change only what the function made itself"
            )
        if function.attr == "append":
            self.say(f"{variable.code} = {call('append', variable.code, plain(value))}")
            self.variables[name] = Value(variable.code, Type("list", item=variable.type.item or value.type))
        elif function.attr == "extend":
            self.say(f"{variable.code} = {call('concat', variable.code, term(value.code))}")
            self.variables[name] = Value(
                variable.code, Type("list", item=variable.type.item or value.type.item)
            )
        elif function.attr == "update":
            key, item = self.fresh("key"), self.fresh("item")
            self.say(f"range {key}, {item} := {value.code}")
            self.say(f"$_ := set {variable.code} {key} {item}")
            self.say("end")
        else:
            raise self.refuse(
                node,
                f"{function.attr}() is not in the subset",
                "append to a local list, or set an entry of a local map",
            )

    def annotated(self, annotation: ast.expr) -> Type:
        """The type of an annotated local name."""
        scope = dict(known_names()) | self.function.__globals__
        return annotation_type(eval(ast.unparse(annotation), scope))[0]  # noqa: S307 - our own source


def returns(body: list[ast.stmt]) -> bool:
    """Whether a block always returns."""
    last = body[-1] if body else None
    if isinstance(last, ast.If):
        return returns(last.body) and returns(last.orelse)
    return isinstance(last, ast.Return)


def loop_names(body: Iterable[ast.stmt]) -> frozenset[str]:
    """The names that loops inside a block bind."""
    targets = [
        node.target
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, (ast.For, ast.comprehension))
    ]
    return frozenset(name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
