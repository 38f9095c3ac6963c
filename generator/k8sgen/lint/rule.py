"""What a rule is: a module of `rules/`, whose docstring is its help and whose `check` finds faults."""

from __future__ import annotations

import re
from enum import IntEnum, StrEnum
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from k8sgen.findings import Severity
    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest, Pointer

DOCS = "docs/rules/"


class Category(StrEnum):
    """What a rule is about."""

    AVAILABILITY = "availability"
    ROLLOUT = "rollout"
    PROBES = "probes"
    RESOURCES = "resources"
    RUNTIME = "runtime"
    SECURITY = "security"
    NETWORK = "network"
    SCALING = "scaling"
    CORRECTNESS = "correctness"
    HYGIENE = "hygiene"


class Profile(IntEnum):
    """From which profile on a rule runs; a rule of opinion is in none and runs when it is selected."""

    MINIMAL = 1
    STANDARD = 2
    STRICT = 3
    OPINION = 4

    @property
    def word(self) -> str:
        """As people write it."""
        return self.name.lower()


class Set(NamedTuple):
    """An edit: give a value to what stands at the pointer, or to a new key of the map above it."""

    pointer: Pointer
    value: Any


class Remove(NamedTuple):
    """An edit: take out the key or item at the pointer."""

    pointer: Pointer


class Rename(NamedTuple):
    """An edit: give the key at the pointer another name."""

    pointer: Pointer
    key: str


Edit = Set | Remove | Rename


class Fault(NamedTuple):
    """What a rule sees: the value at fault, what is wrong with it, and what to do.

    `message` is lower case and quotes the value; `hint` says the fix. `also` names other places that
    take part, each with what stands there. `edits` mend it where that is certain and local. `key`
    points at the key rather than the value. A `severity` of its own makes it milder than the rule.
    """

    manifest: Manifest
    pointer: Pointer
    message: str
    hint: str = ""
    also: tuple[tuple[Manifest, Pointer, str], ...] = ()
    edits: tuple[Edit, ...] = ()
    key: bool = False
    severity: Severity | None = None


class Help(NamedTuple):
    """The parts of a rule's docstring."""

    title: str
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    links: tuple[str, ...]


class Rule:
    """One rule. `module` is its file's name, in which dashes of the id are underscores.

    The module says SEVERITY, CATEGORY and PROFILE. It may say SINCE and UNTIL, the Kubernetes minor
    versions between which it holds, ONCE when it says a thing once in a run, ALONE when it looks at each object
    without the others, and have `Options`, a named tuple with a default for each, that `check` takes too.
    """

    def __init__(self, module: ModuleType) -> None:
        self.module = module

    @cached_property
    def id(self) -> str:
        """The id, which people write: `latest-tag`."""
        return self.module.__name__.rpartition(".")[2].replace("_", "-")

    @property
    def severity(self) -> Severity:
        """How much it matters, unless the configuration says otherwise."""
        severity: Severity = self.module.SEVERITY
        return severity

    @property
    def category(self) -> Category:
        """What it is about."""
        category: Category = self.module.CATEGORY
        return category

    @property
    def profile(self) -> Profile:
        """From which profile on it runs."""
        profile: Profile = self.module.PROFILE
        return profile

    @property
    def since(self) -> int:
        """The first Kubernetes minor version that it holds for; 0 for all."""
        return int(getattr(self.module, "SINCE", 0))

    @property
    def until(self) -> int:
        """The last one."""
        return int(getattr(self.module, "UNTIL", 999))

    @property
    def options(self) -> type[Any] | None:
        """The named tuple of its options, if it has any."""
        return getattr(self.module, "Options", None)

    @property
    def once(self) -> bool:
        """Whether it says a thing once in a run, wherever it meets it first."""
        return bool(getattr(self.module, "ONCE", False))

    @property
    def alone(self) -> bool:
        """Whether it looks at each object without the others, so that nothing need be related for it."""
        return bool(getattr(self.module, "ALONE", False))

    def check(self, manifests: Manifests, options: Any = None) -> Iterator[Fault]:
        """The faults it sees; what the engine itself remarks has no `check`."""
        check: Callable[..., Iterator[Fault]] | None = getattr(self.module, "check", None)
        if check is None:
            return iter(())
        if self.options is None:
            return check(manifests)
        return check(manifests, options or self.options())

    @cached_property
    def help(self) -> Help:
        """Its docstring in parts."""
        return read_help(self.module.__doc__ or "")


def load_rule(identifier: str) -> Rule:
    """The rule of an id."""
    return Rule(import_module(f"k8sgen.lint.rules.{identifier.replace('-', '_')}"))


def read_help(docstring: str) -> Help:
    """A title, paragraphs of why, `Bad:` and `Good:` with YAML below each, and `See:` with links.

    A block goes on until a line that begins another part.
    """
    title, _, rest = docstring.strip().partition("\n")
    parts: dict[str, list[str]] = {"why": [""], "Bad": [], "Good": [], "See": []}
    part = "why"
    for line in rest.split("\n"):
        if match := re.fullmatch(r"(Bad|Good|See):\s*(.*)", line):
            part = match[1]
            parts[part].append(match[2])
        else:
            parts[part][-1] += line + "\n"
    links = [word for block in parts["See"] for word in block.split() if word.startswith("http")]
    why = "\n".join(parts["why"]).strip()
    bad, good = (tuple(block.strip("\n") + "\n" for block in parts[name]) for name in ("Bad", "Good"))
    return Help(title.rstrip("."), why, bad, good, tuple(links))
