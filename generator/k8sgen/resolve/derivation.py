"""What a derived value and a refusing rule are.

Both are pure functions in a restricted Python, so that `k8sgen.chart` can turn them into Helm
helpers: whole numbers, text, quantities, `if`, loops over maps in code-point order, calls of other
derivations. Reasons are for people and may use all of Python; a chart does not carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, ParamSpec, TypeVar

from pydantic import alias_generators

if TYPE_CHECKING:
    from k8sgen.spec.service_spec import Spec

to_snake = cache(alias_generators.to_snake)

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
    ("derived unless given"); `field` is the path of the field with a constant default that it speaks
    for: the value follows from that field alone or is that field, and the reason, which needs the
    numbers of the case, is said only when nobody set it. `reason` says why the value is what it is,
    to be shown as a comment; `source` is where the formula or rule comes from.
    """

    def __init__(self, function: Callable[P, R], given: str, field: str, reason: str, source: str) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__
        self.given = given
        self.path = tuple(to_snake(key) for key in given.split(".")) if given else ()
        self.field = tuple(field.split(".")) if field else ()
        self.source = source
        self.fixed_reason = reason
        self.reason_function: Callable[P, str] | None = None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Give the value: what the user gave in its place, else what the function computes."""
        if self.path:
            given: Any = args[0]
            for key in self.path:
                if given is None:
                    break
                given = getattr(given, key)
            if given is not None:
                return given  # type: ignore[no-any-return]  # the model has checked its type
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


def derived(
    *, given: str = "", field: str = "", reason: str = "", source: str = ""
) -> Callable[[Callable[P, R]], Derivation[P, R]]:
    """Decorator: makes a function a derived value."""

    def wrap(function: Callable[P, R]) -> Derivation[P, R]:
        return Derivation(function, given, field, reason, source)

    return wrap


@dataclass(frozen=True, slots=True)
class Rule:
    """A combination of values that cannot work.

    `check` returns what is wrong, or "". `fields` are the paths that take part, the one to point at
    first; `each` names the map whose entries the rule looks at one by one (`containers` is the main
    container, init containers and sidecars), and `*` in a field stands for the entry's key.

    `check` takes the entry, then by name what it asks for: `spec`, `release`, `cluster`, `container`
    (that holds the entry), `at` (the entry's path and a dot, nothing for the main container) or the key.
    """

    check: Callable[..., str]
    fields: tuple[str, ...]
    each: str
    hint: str
    source: str
    parameters: tuple[str, ...]
    """The names of the parameters of `check`."""

    @property
    def id(self) -> str:
        """The name of the rule, as messages and test cases call it."""
        return self.check.__name__.replace("_", "-")


def rule(*fields: str, each: str = "", hint: str, source: str = "") -> Callable[[Callable[..., str]], Rule]:
    """Decorator: makes a function a refusing rule."""

    def wrap(function: Callable[..., str]) -> Rule:
        code = function.__code__
        return Rule(function, fields, each, hint, source, code.co_varnames[: code.co_argcount])

    return wrap


class Entry(NamedTuple):
    """What a rule looks at: its path in the spec, its key, its value, and the container that holds it."""

    path: tuple[str, ...]
    key: str
    value: Any
    container: Any = None


def entries(each: str, spec: Spec) -> Iterator[Entry]:
    """What a rule looks at one by one; `containers.env` is every variable of every container.

    `allServices` is the service's own Service, then the further ones.
    """
    if each == "allServices":
        yield Entry(("service",), "service", spec.service)
        yield from held_by(spec, ("services",), "services")
        return
    group, _, rest = each.partition(".")
    if group == "containers":
        for container in containers(spec):
            if rest:
                yield from held_by(container.value, (*container.path, rest), rest, container.value)
            else:
                yield container
        return
    path = tuple(each.split("."))
    owner: Any = spec
    for key in path[:-1]:
        owner = getattr(owner, to_snake(key)) if owner is not None else None
    yield from held_by(owner, path, path[-1])


def containers(spec: Spec) -> Iterator[Entry]:
    """The main container, then init containers and sidecars in code-point order."""
    yield Entry((), spec.name, spec)
    for group, extra in (("initContainers", spec.init_containers), ("sidecars", spec.sidecars)):
        for name in sorted(extra):
            yield Entry((group, name), name, extra[name])


def held_by(owner: Any, path: tuple[str, ...], key: str, container: Any = None) -> Iterator[Entry]:
    """The entries of one map, or the parts of a part such as the three probes, in code-point order."""
    held = (getattr(owner, to_snake(key)) if owner is not None else None) or {}
    if not isinstance(held, dict):
        held = {name: part for name, part in held if part is not None}
    for name in sorted(held):
        yield Entry((*path, name), name, held[name], container)
