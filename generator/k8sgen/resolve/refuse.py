"""Ask every rule, and say of each that refuses which values it refuses and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from k8sgen.errors import Place, Problem
from k8sgen.resolve.derivation import Cluster, Release, Rule, entries
from k8sgen.resolve.registry import RULES
from k8sgen.spec.load import LoadedSpec
from k8sgen.spec.problems import path_text


def check_rules(loaded: LoadedSpec, release: Release, cluster: Cluster) -> list[Problem]:
    """What the rules refuse in a spec, in the order of the registry."""
    return [problem for rule in RULES for problem in ask(rule, loaded, release, cluster)]


def ask(rule: Rule, loaded: LoadedSpec, release: Release, cluster: Cluster) -> Iterator[Problem]:
    """The refusals of one rule: one for the spec, or one for each entry it looks at."""
    given = {"spec": loaded.spec, "release": release, "cluster": cluster}
    if not rule.each:
        message = rule.check(*(given[name] for name in rule.parameters))
        if message:
            yield problem_of(rule, message, (), "", loaded)
        return
    for path, key, value, container in entries(rule.each, loaded.spec):
        known = {**given, "container": container, "at": f"{path_text(path)}." if path else ""}
        arguments: list[Any] = [value]
        arguments += [known.get(name, key) for name in rule.parameters[1:]]
        message = rule.check(*arguments)
        if message:
            yield problem_of(rule, message, path, key, loaded)


def problem_of(rule: Rule, message: str, path: tuple[str, ...], key: str, loaded: LoadedSpec) -> Problem:
    """A refusal at the first of its fields that somebody set; the other fields that are set are named too."""
    fields = [field_path(field, path, key, rule.each) for field in rule.fields]
    set_here = [(field, mark.place()) for field in fields if (mark := loaded.mark(field))]
    place = set_here[0][1] if set_here else loaded.place(fields[0]) if fields else loaded.start
    also: dict[Place, str] = {}
    for field, other in set_here[1:]:
        also.setdefault(other, path_text(field))
    also.pop(place, None)
    return Problem(message, place, rule.hint, tuple(also.items()))


def field_path(field: str, path: tuple[str, ...], key: str, each: str) -> tuple[str, ...]:
    """The path of a rule's field: below the entry it looks at when it starts with `*`, else in the spec."""
    keys = tuple(field.split("."))
    if each and keys[0] == "*":
        return (*path, *keys[1:])
    return tuple(key if part == "*" else part for part in keys)
