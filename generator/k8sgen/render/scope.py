"""What is known where a statement of a template stands: names with their types, what is given, what is absent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from k8sgen.render.language import ROOT, Call, Compare, Constant, Expression, Field, Given, Logic, Name, Not

if TYPE_CHECKING:
    from collections.abc import Mapping

    from k8sgen.spec.fields import Type

Steps = tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """What is known where a statement stands: the names with their types, and what is given or absent.

    A name stands for a path when `set` or a loop over the spec gave it one, so that `probe is given`
    and `probes.startup is given` say the same.
    """

    types: Mapping[str, Type] = field(default_factory=dict)
    paths: Mapping[str, Steps] = field(default_factory=dict)
    given: frozenset[Steps] = frozenset()
    absent: frozenset[Steps] = frozenset()
    vouched: frozenset[Steps] = frozenset()
    """Parts of which a condition speaks that may know more: `expose.enabled`, a derived value asked about them."""
    doubtful: frozenset[str] = frozenset()
    """Names of values that may be absent, unless their path is given."""

    constants: Mapping[str, str | int | bool] = field(default_factory=dict)
    """Names that `set` has given a constant."""

    def bind(
        self,
        name: str,
        type_: Type,
        path: Steps | None = None,
        *,
        entry: bool = False,
        doubtful: bool = False,
    ) -> Scope:
        """With a name; what was known of another value of that name, or another `entry`, is forgotten."""
        own = path or (name,)
        other = own if entry else (name,)

        def keep(known: frozenset[Steps]) -> frozenset[Steps]:
            return frozenset(
                one for one in known if (path is not None and not entry) or one[: len(other)] != other
            )

        return Scope(
            {**self.types, name: type_},
            {**self.paths, name: own},
            keep(self.given),
            keep(self.absent),
            keep(self.vouched),
            self.doubtful | {name} if doubtful else self.doubtful - {name},
            {one: value for one, value in self.constants.items() if one != name},
        )

    def constant(self, name: str, value: str | int | bool) -> Scope:
        """With a name that stands for a constant."""
        return replace(self, constants={**self.constants, name: value})

    def key(self) -> tuple[object, ...]:
        """What two walks of one template must share to find the same."""
        return (
            tuple(sorted(self.paths.items())),
            tuple(self.types.items()),
            self.given,
            self.absent,
            self.vouched,
            self.doubtful,
            tuple(sorted(self.constants.items())),
        )


def path_of(expression: Expression, scope: Scope) -> Steps | None:
    """The path that an expression reads; None for what is computed."""
    if isinstance(expression, Name):
        return scope.paths.get(expression.name, (expression.name,))
    if isinstance(expression, Field):
        base = path_of(expression.base, scope)
        return (*base, expression.key) if base is not None else None
    return None


def known(path: Steps | None, paths: frozenset[Steps]) -> bool:
    """Whether a path, or something below it, is in a set."""
    return path is not None and any(one[: len(path)] == path for one in paths)


def decided(test: Expression, scope: Scope) -> bool | None:
    """What a comparison of a constant name with a constant always says; None for all other conditions."""
    if not (isinstance(test, Compare) and isinstance(test.left, Name) and isinstance(test.right, Constant)):
        return None
    if test.left.name not in scope.constants:
        return None
    return (scope.constants[test.left.name] == test.right.value) is (test.operator == "==")


def learn(test: Expression, scope: Scope, *, holds: bool) -> Scope:
    """What is known when a condition holds, or does not."""
    if isinstance(test, Not):
        return learn(test.operand, scope, holds=not holds)
    if isinstance(test, Logic):
        if (test.operator == "and") is holds:
            for operand in test.operands:
                scope = learn(operand, scope, holds=holds)
        return scope
    if isinstance(test, Compare):
        sides = [path_of(side, scope) for side in (test.left, test.right) if isinstance(side, Field)]
        found = frozenset(side for side in sides if side) if (test.operator == "==") is holds else frozenset()
        return replace(scope, given=scope.given | found)
    if isinstance(test, Call):
        asked = (path_of(argument, scope) for argument in test.arguments)
        return (
            replace(scope, vouched=scope.vouched | {subject(path) for path in asked if path})
            if holds
            else scope
        )
    path = path_of(test.operand if isinstance(test, Given) else test, scope)
    if path is None:
        return scope
    if holds:
        vouched = {path[:-1]} if path[-1] == "enabled" else set()
        return replace(scope, given=scope.given | {path}, vouched=scope.vouched | vouched)
    return replace(scope, absent=scope.absent | {path})


def subject(path: Steps) -> Steps:
    """What a derived value knows of that is asked about a path; the whole spec is everything."""
    return () if path == (ROOT,) else path


def only_one_left(base: Type, path: Steps | None, scope: Scope) -> bool:
    """Whether a key must be given, because one of its group must be and all others are absent."""
    if base.model is None or path is None:
        return False
    groups = [group for group in base.model.required_one if path[-1] in group]
    return any(
        all((*path[:-1], other) in scope.absent for other in group if other != path[-1]) for group in groups
    )
