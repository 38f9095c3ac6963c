"""Whether templates say only what every back end says alike: their fields, types and guards.

The tree is walked as it would run, with the types of the models and of the derived values; an included
template is walked where it is included, with the names that are bound there. Our own templates are
checked by a test, a user's when they are read.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from k8sgen import features
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
from k8sgen.render.literals import PRINTED, wrong_row
from k8sgen.render.parse import taken_names
from k8sgen.render.scope import Scope, decided, known, learn, only_one_left, path_of
from k8sgen.render.spoken import GIVEN, speaker_of
from k8sgen.render.types import (
    BOOLEAN,
    CONTEXT_TYPES,
    TEXT,
    fits,
    member,
    members,
    shown,
    signature_of,
)
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.spec.fields import ANY, Type

if TYPE_CHECKING:
    from pathlib import Path


LARGEST = 2**53
"""What a whole number is at most: every reader of JSON holds it exactly."""

Read = Callable[[str], Template | None]
Show = Callable[[str], str]


def check_templates(names: Iterable[str], read: Read, show: Show) -> None:
    """Walk each template and all that it includes. Raises TemplateError with every problem found."""
    check = Check(read, show)
    for name in names:
        check.template(name, Scope(), None)
    if check.problems:
        raise TemplateError(*dict.fromkeys(check.problems))


def check_overrides(directory: Path, names: Iterable[str], read: Read, show: Show) -> None:
    """Walk our own templates with the user's in their places. Raises TemplateError.

    A file that no template includes is refused, since it would be passed over without a word.
    """
    used: set[str] = set()

    def reading(name: str) -> Template | None:
        used.add(name)
        return read(name)

    try:
        check_templates(names, reading, show)
    finally:
        strays = [file for file in sorted(directory.iterdir()) if file.name not in used]
    if strays:
        raise TemplateError(*(stray_problem(file, used) for file in strays))


def stray_problem(file: Path, used: set[str]) -> Problem:
    """A file among the overrides that takes the place of nothing."""
    near = difflib.get_close_matches(file.name, used, 1)
    hint = f"perhaps {near[0]}" if near else "templates: " + ", ".join(sorted(used))
    return Problem("takes the place of no template", Place(str(file), 0, 0), hint)


class Check:
    """One walk over all templates, and what was found wrong."""

    def __init__(self, read: Read, show: Show) -> None:
        self.read = cache(read)
        self.show = show
        self.problems: list[Problem] = []
        self.within: list[str] = []
        self.seen: set[tuple[object, ...]] = set()
        self.here = ""
        self.outside: frozenset[str] = frozenset()

    def refuse(self, line: int, message: str, hint: str) -> None:
        """Note a problem at a line of the template that is being read."""
        self.problems.append(Problem(message, Place(self.show(self.here), line, 1), hint))

    def template(self, name: str, scope: Scope, include: Include | None) -> None:
        """One template, entered once for each set of names and guards."""
        tree = self.read(name)
        if tree is None:
            line = include.line if include else 1
            self.refuse(line, f'there is no template "{name}"', "include one of those in templates/")
            return
        if name in self.within and include:
            self.refuse(include.line, f"{name} includes itself", "include another template")
            return
        taken = taken_names(tree.source)
        missing = [one for one in taken if one not in scope.types]
        if missing and include:
            self.refuse(
                include.line,
                f"{name} takes {missing[0]}, which is not bound here",
                f"write {{% set {missing[0]} = … %}} before it",
            )
            return
        inner = Scope(
            {one: scope.types[one] for one in taken},
            {one: scope.paths[one] for one in taken},
            scope.given,
            scope.absent,
            scope.vouched,
            scope.doubtful & frozenset(taken),
            {one: value for one, value in scope.constants.items() if one in taken},
        )
        if (name, inner.key()) in self.seen:
            return
        self.seen.add((name, inner.key()))
        before, self.here = (self.here, self.outside), name
        self.outside = frozenset(scope.types) - frozenset(taken)
        self.within.append(name)
        self.block(tree.body, inner)
        self.within.pop()
        self.here, self.outside = before

    def block(self, body: tuple[Statement, ...], scope: Scope, outer: frozenset[str] = frozenset()) -> None:
        """Statements one after the other; `outer` are the names that an `if` may not set anew."""
        self.text(body)
        for statement in body:
            if isinstance(statement, Set):
                if statement.name in outer:
                    self.refuse(
                        statement.line,
                        f"{statement.name} is set inside an if, and its value would end with it",
                        "give it another name, or set it in every branch before what uses it",
                    )
                type_ = self.type(statement.value, scope)
                doubtful = not self.is_there(statement.value, scope)
                path = path_of(statement.value, scope)
                scope = scope.bind(statement.name, type_, path, doubtful=doubtful)
                if isinstance(statement.value, Constant):
                    scope = scope.constant(statement.name, statement.value.value)
            else:
                self.statement(statement, scope)

    def statement(self, statement: Statement, scope: Scope) -> None:
        """One statement that binds nothing beyond itself."""
        if isinstance(statement, Print):
            self.printed(statement, scope)
        elif isinstance(statement, If):
            self.condition(statement, scope)
        elif isinstance(statement, ForMap):
            over = self.over(statement, "map", scope)
            path = path_of(statement.over, scope)
            inner = scope.bind(statement.key, TEXT).bind(
                statement.value,
                over.item or ANY,
                (*path, "*", statement.value) if path else None,
                entry=bool(path),
            )
            self.block(statement.body, inner)
        elif isinstance(statement, ForList):
            over = self.over(statement, "list", scope)
            self.block(statement.body, scope.bind(statement.item, over.item or ANY))
        elif isinstance(statement, Include):
            self.template(statement.template, scope, statement)

    def over(self, statement: ForMap | ForList, shape: str, scope: Scope) -> Type:
        """What a loop runs over."""
        type_ = self.type(statement.over, scope, tested=True)
        if type_.shape not in {shape, "any"}:
            self.refuse(
                statement.line,
                f"this loop runs over {shown(type_)}, not over a {shape}",
                "write | by_key for a map, and one name for a list",
            )
        return type_

    def condition(self, statement: If, scope: Scope) -> None:
        """Each branch knows what its test says, and what the tests before it denied."""
        bound = frozenset(scope.types)
        for test, body in statement.branches:
            self.truth(test, scope)
            always = decided(test, scope)
            if always is not False:
                self.block(body, learn(test, scope, holds=True), bound)
            if always:
                return
            scope = learn(test, scope, holds=False)
        self.block(statement.otherwise, scope, bound)

    def truth(self, test: Expression, scope: Scope) -> None:
        """A condition; an empty map is false in Go, so a part of the spec is asked for by `is given`."""
        if isinstance(test, Not):
            self.truth(test.operand, scope)
        elif isinstance(test, Logic):
            for operand in test.operands:
                self.truth(operand, scope)
                scope = learn(operand, scope, holds=test.operator == "and")
        else:
            type_ = self.type(test, scope, tested=True)
            if type_.shape == "model":
                self.refuse(
                    test.line,
                    f"{spelled(test)} is {shown(type_)}, which is never empty here and may be in a chart",
                    f"write {spelled(test)} is given",
                )

    def printed(self, statement: Print, scope: Scope) -> None:
        """A value in the output."""
        value = statement.value
        type_ = self.type(value, scope)
        if statement.indent is None and type_.shape in {"map", "list", "model"}:
            self.refuse(
                statement.line,
                f"{spelled(value)} is {shown(type_)} and cannot be printed as one scalar",
                f"write {{{{ {spelled(value)} | to_yaml }}}} on a line of its own",
            )
        if statement.indent is not None and type_.shape == "scalar":
            self.refuse(
                statement.line,
                f"{spelled(value)} is {shown(type_)}, and to_yaml prints maps and lists",
                f"write {{{{ {spelled(value)} }}}}",
            )
        if statement.indent is not None and type_ in CONTEXT_TYPES.values():
            self.refuse(
                statement.line,
                f"{spelled(value)} is {shown(type_)} as a whole, of which a chart holds other fields",
                "print the fields that are wanted",
            )
        if not self.is_there(value, scope):
            self.refuse(
                statement.line,
                f"{spelled(value)} is printed and may not be given",
                f"put it inside {{% if {spelled(value)} is given %}}",
            )
        if isinstance(value, Call) and signature_of(DERIVATIONS[value.derivation]).optional:
            self.refuse(
                statement.line,
                f"{value.derivation} may answer nothing",
                "let it answer an empty text, and test that",
            )

    def type(self, expression: Expression, scope: Scope, *, tested: bool = False) -> Type:
        """The type of an expression; `tested` when only its presence or truth counts."""
        if isinstance(expression, Name):
            return scope.types.get(expression.name) or CONTEXT_TYPES.get(expression.name, ANY)
        if isinstance(expression, Field):
            return self.field(expression, scope, tested=tested)
        if isinstance(expression, Constant):
            if isinstance(expression.value, int) and abs(expression.value) > LARGEST:
                self.refuse(
                    expression.line,
                    f"{expression.value} is beyond 2^53, where whole numbers end",
                    "write less",
                )
            return Type("scalar", scalars=(type(expression.value),))
        if isinstance(expression, Call):
            return self.call(expression, scope)
        if isinstance(expression, Compare):
            self.compare(expression, scope)
        elif isinstance(expression, (Not, Logic)):
            self.truth(expression, scope)
            if not tested and isinstance(expression, Logic):
                self.logic(expression, scope)
        else:
            self.type(expression.operand, scope, tested=True)
        return BOOLEAN

    def logic(self, expression: Logic, scope: Scope) -> None:
        """`and` and `or` give one of their operands in Jinja, and true or false in a chart."""
        for operand in expression.operands:
            if self.quietly(operand, scope) != BOOLEAN:
                self.refuse(
                    expression.line,
                    f"`{expression.operator}` gives {spelled(operand)} here, and true or false in a chart",
                    "write {% if %} and {% else %}, or a derived value",
                )
                return

    def field(self, expression: Field, scope: Scope, *, tested: bool) -> Type:
        """A field, which the spec must have, and which is not derived."""
        base = self.type(expression.base, scope, tested=True)
        found = member(base, expression.key)
        if found is None:
            self.unknown(expression, base)
            return ANY
        derived = found.field is not None and found.field.kind == "derived"
        speaker = speaker_of(base, expression.key) if derived else ""
        guarded = known(path_of(expression, scope), scope.given)
        if derived and not tested and (speaker or not guarded):
            self.refuse(
                expression.line,
                f"{spelled(expression)} is derived unless given, and is read without its derivation",
                f"write {speaker or GIVEN}",
            )
        return found.type

    def unknown(self, expression: Field, base: Type) -> None:
        """A field that is not there: what may have been meant."""
        if (
            isinstance(expression.base, Name)
            and expression.base.name == ROOT
            and expression.key in self.outside
        ):
            self.refuse(
                expression.line,
                f"{expression.key} is bound where {self.here} is included, but not taken",
                f"write {expression.key} into its first line: {{# Takes: {expression.key}. #}}",
            )
            return
        near = difflib.get_close_matches(expression.key, members(base), 1)
        where = "the spec" if base == CONTEXT_TYPES[ROOT] else shown(base)
        hint = f"perhaps {near[0]}" if near else "known: " + ", ".join(members(base))
        if not members(base):
            hint = "only parts of the spec have fields"
        self.refuse(expression.line, f"{where} has no {expression.key}", hint)

    def call(self, expression: Call, scope: Scope) -> Type:
        """A derived value, which is asked about what its parameters say."""
        signature = signature_of(DERIVATIONS[expression.derivation])
        wanted = ", ".join(name for name, _ in signature.parameters)
        if len(expression.arguments) != len(signature.parameters):
            self.refuse(
                expression.line,
                f"{expression.derivation} takes {len(signature.parameters)} arguments, not {len(expression.arguments)}",
                f"write {expression.derivation}({wanted})",
            )
            return signature.returns
        for argument, (name, type_) in zip(expression.arguments, signature.parameters, strict=True):
            given = self.type(argument, scope)
            if not fits(given, type_):
                self.refuse(
                    expression.line,
                    f"{name} of {expression.derivation} is {shown(type_)}, not {shown(given)}",
                    f"write {expression.derivation}({wanted})",
                )
            elif name not in signature.may_be_none and not self.is_there(argument, scope):
                self.refuse(
                    expression.line,
                    f"{spelled(argument)} may not be given, and {expression.derivation} needs it",
                    f"put it inside {{% if {spelled(argument)} is given %}}",
                )
        if expression.derivation == "supports":
            self.feature(expression)
        return signature.returns

    def feature(self, expression: Call) -> None:
        """A feature is decided when the chart is written."""
        asked = expression.arguments[0]
        if not isinstance(asked, Constant):
            self.refuse(
                expression.line, f"{spelled(asked)} is not a feature's name", "write it out in quotes"
            )
        elif asked.value not in features.FEATURES:
            near = difflib.get_close_matches(str(asked.value), features.FEATURES, 1)
            hint = f"perhaps {near[0]}" if near else "features: " + ", ".join(sorted(features.FEATURES))
            self.refuse(expression.line, f'there is no feature "{asked.value}"', hint)

    def compare(self, expression: Compare, scope: Scope) -> None:
        """Two scalars; true equals 1 in Jinja alone."""
        left, right = self.quietly(expression.left, scope), self.quietly(expression.right, scope)
        if any(bool in one.scalars and int in other.scalars for one, other in ((left, right), (right, left))):
            self.refuse(expression.line, "true equals 1 here and not in a chart", "ask for the truth itself")
        for side in (expression.left, expression.right):
            type_ = self.type(side, scope)
            if type_.shape not in {"scalar", "any"}:
                self.refuse(
                    expression.line,
                    f"{spelled(side)} is {shown(type_)} and cannot be compared",
                    "compare a scalar",
                )

    def is_there(self, expression: Expression, scope: Scope) -> bool:
        """Whether what an expression reads is always given, or is guarded here."""
        if not isinstance(expression, (Field, Name)):
            return True
        path = path_of(expression, scope)
        if known(path, scope.given) or any((path or ())[: len(one)] == one for one in scope.vouched):
            return True
        if isinstance(expression, Name):
            return expression.name not in scope.doubtful
        base = self.quietly(expression.base, scope)
        found = member(base, expression.key)
        there = found is not None and (
            found.always or base.shape == "any" or only_one_left(base, path, scope)
        )
        return there and self.is_there(expression.base, scope)

    def quietly(self, expression: Expression, scope: Scope) -> Type:
        """The type of an expression whose problems have been said already."""
        before = len(self.problems)
        type_ = self.type(expression, scope, tested=True)
        del self.problems[before:]
        return type_

    def text(self, body: tuple[Statement, ...]) -> None:
        """Text around printed values: no value may be written out, and none joined."""
        line, text = 0, ""
        for statement in (*body, Set("", Constant(""))):
            if isinstance(statement, (Text, Print)):
                line = line or statement.line
                text += statement.text if isinstance(statement, Text) else PRINTED
                continue
            for offset, row in enumerate(text.split("\n")):
                if wrong := wrong_row(row):
                    self.refuse(line + offset, *wrong)
            line, text = 0, ""


def spelled(expression: Expression) -> str:
    """An expression as it is written."""
    if isinstance(expression, Name):
        return expression.name
    if isinstance(expression, Field):
        if isinstance(expression.base, Name) and expression.base.name == ROOT:
            return expression.key
        return f"{spelled(expression.base)}.{expression.key}"
    if isinstance(expression, Call):
        return f"{expression.derivation}({', '.join(map(spelled, expression.arguments))})"
    return str(expression.value) if isinstance(expression, Constant) else "this condition"
