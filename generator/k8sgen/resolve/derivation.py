"""What a derived value and a refusing rule are.

Both are pure functions in a restricted Python, so that `k8sgen.chart` can turn them into Helm
helpers: whole numbers, text, quantities, `if`, loops over maps in code-point order, calls of other
derivations. Reasons are for people and may use all of Python; a chart does not carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar

from pydantic.alias_generators import to_snake

if TYPE_CHECKING:
    from k8sgen.spec.service_spec import Spec

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the output is for: the minor version of Kubernetes 1.x."""

    minor: int


@dataclass(frozen=True, slots=True)
class Release:
    """The names under which the objects are installed; in a chart they are those of the Helm release."""

    name: str
    fullname: str
    namespace: str


class Derivation(Generic[P, R]):
    """A value that is computed from the spec.

    `given` is the field, relative to the function's first parameter, that wins when it is set
    ("derived unless given"); `reason` says why the value is what it is, to be shown as a comment;
    `source` is where the formula or rule comes from.
    """

    def __init__(self, function: Callable[P, R], given: str, reason: str, source: str) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__
        self.given = given
        self.path = tuple(to_snake(key) for key in given.split(".")) if given else ()
        self.source = source
        self.fixed_reason = reason
        self.reason_function: Callable[P, str] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self.path:
            given: R | None = self.given_value(args[0])
            if given is not None:
                return given
        return self.function(*args, **kwargs)

    def given_value(self, owner: Any) -> Any:
        """What the user gave in place of the derived value, or None."""
        if not self.path:
            return None
        for key in self.path:
            if owner is None:
                return None
            owner = getattr(owner, key)
        return owner

    def because(self, function: Callable[P, str]) -> Callable[P, str]:
        """Decorator: the function that words the reason, with the numbers of the case; "" says none."""
        self.reason_function = function
        return function

    def reason(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """Why the value is what it is, for these arguments; "" when there is nothing to say."""
        return self.reason_function(*args, **kwargs) if self.reason_function else self.fixed_reason


def derived(*, given: str = "", reason: str = "", source: str = "") -> Callable[[Callable[P, R]], Derivation[P, R]]:
    """Decorator: makes a function a derived value."""

    def wrap(function: Callable[P, R]) -> Derivation[P, R]:
        return Derivation(function, given, reason, source)

    return wrap


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination of values that cannot work.

    `check` returns what is wrong, or "". `fields` are the paths that take part, the one to point at
    first; `each` names the map whose entries the rule looks at one by one (`containers` is the main
    container, init containers and sidecars), and `*` in a field stands for the entry's key.
    """

    check: Callable[..., str]
    fields: tuple[str, ...]
    each: str
    hint: str
    source: str

    @property
    def id(self) -> str:
        """The name of the rule, as messages and test cases call it."""
        return self.check.__name__.replace("_", "-")

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the function's parameters."""
        code = self.check.__code__
        return code.co_varnames[: code.co_argcount]


def rule(*fields: str, each: str = "", hint: str, source: str = "") -> Callable[[Callable[..., str]], Rule]:
    """Decorator: makes a function a refusing rule."""

    def wrap(function: Callable[..., str]) -> Rule:
        return Rule(function, fields, each, hint, source)

    return wrap


def entries(each: str, spec: Spec) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """What a rule looks at one by one: the path, the key and the entry."""
    if each == "containers":
        yield (), spec.name, spec
        for group, containers in (("initContainers", spec.init_containers), ("sidecars", spec.sidecars)):
            for name in sorted(containers):
                yield (group, name), name, containers[name]
        return
    path = tuple(each.split("."))
    here: Any = spec
    for key in path:
        here = getattr(here, to_snake(key)) if here is not None else None
    for name in sorted(here or {}):
        yield (*path, name), name, here[name]
