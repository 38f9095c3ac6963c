"""Ask every rule, and say of each that refuses which values it refuses and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from k8sgen.errors import Place, Problem
from k8sgen.resolve.derivation import Cluster, Entry, Release, Rule, entries
from k8sgen.resolve.registry import RULES
from k8sgen.spec.load import LoadedSpec
from k8sgen.spec.problems import path_text


def check_rules(loaded: LoadedSpec, release: Release, cluster: Cluster) -> list[Problem]:
    """What the rules refuse in a spec, in the order of the registry."""
    given = {"spec": loaded.spec, "release": release, "cluster": cluster}
    looked_at: dict[str, list[Entry]] = {}
    problems: list[Problem] = []
    for rule in RULES:
        if not rule.each:
            message = rule.check(*[given[name] for name in rule.parameters])
            if message:
                problems.append(problem_of(rule, message, (), "", loaded))
            continue
        found = looked_at.get(rule.each)
        if found is None:
            found = looked_at[rule.each] = list(entries(rule.each, loaded.spec))
        for entry in found:
            message = rule.check(*arguments_of(rule, entry, given))
            if message:
                problems.append(problem_of(rule, message, entry.path, entry.key, loaded))
    return problems


def arguments_of(rule: Rule, entry: Entry, given: Mapping[str, Any]) -> list[Any]:
    """What a rule is asked with about one entry: the entry, then what its parameters name."""
    arguments = [entry.value]
    for name in rule.parameters[1:]:
        if name in given:
            arguments.append(given[name])
        elif name == "container":
            arguments.append(entry.container)
        elif name == "at":
            arguments.append(f"{path_text(entry.path)}." if entry.path else "")
        else:
            arguments.append(entry.key)
    return arguments


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
