"""The `lint` key of k8sgen.yaml, read and checked against the rules there are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.findings import Severity
from k8sgen.fleet.policy import Asked, Configured, unknown
from k8sgen.lint.policy import EVERY, Exemption, Policy
from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import RULES, rule_of
from k8sgen.spec.problems import mark_at, quoted
from k8sgen.spec.settings_file import LoadedSettings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from k8sgen.spec.linting import Linting


def read_lint_settings(path: Path, asked: Asked) -> Configured:
    """What a k8sgen.yaml says of a run. Raises YamlError or SpecError."""
    settings = load_settings(path, os.path.relpath(path))
    if problems := tuple(problems_of(settings)):
        raise SpecError(*problems)
    linting, directory = settings.settings.lint, path.parent
    return Configured(
        policy_of(linting, asked),
        Severity[linting.fail_on.upper()],
        directory,
        directory / linting.baseline if linting.baseline else None,
        directory / settings.settings.schemas if settings.settings.schemas else None,
        settings.kubernetes_minor(asked.environment),
    )


def policy_of(linting: Linting, asked: Asked) -> Policy:
    """The policy of checked settings and options."""
    return Policy(
        profile=Profile[(asked.profile or linting.profile).upper()],
        select=asked.select,
        enable=tuple(linting.enable),
        disable=(*linting.disable, *asked.ignore),
        severity={rule: Severity[word.upper()] for rule, word in linting.severity.items()},
        options={rule: options_of(rule, given) for rule, given in linting.options.items()},
        exemptions=tuple(
            Exemption(frozenset(each.rules), tuple(each.paths), tuple(each.namespaces), tuple(each.names))
            for each in linting.exempt
        ),
    )


def problems_of(settings: LoadedSettings) -> Iterator[Problem]:
    """What is wrong with the rules that the settings name, and with their options."""
    lint = settings.values.get("lint") or {}

    def place(*path: str | int) -> Place | None:
        mark = mark_at(settings.values, ("lint", *path))
        return mark.place() if mark else None

    def key_place(*path: str | int) -> Place | None:
        mark = mark_at(settings.values, ("lint", *path))
        return mark.key_place() if mark else None

    for path, rule in named_rules(lint):
        if rule not in {*RULES, EVERY} or (rule == EVERY and path[0] != "exempt"):
            at_key = path[0] in {"disable", "severity", "options"}
            yield unknown(rule, key_place(*path) if at_key else place(*path))
    for rule, given in (lint.get("options") or {}).items():
        if rule in RULES:
            for name, message, hint in wrong_options(rule, given):
                yield Problem(message, key_place("options", rule, name), hint)


def named_rules(lint: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every rule that the settings name, with the place that names it."""
    for index, rule in enumerate(lint.get("enable") or ()):
        yield ("enable", index), rule
    for key in ("disable", "severity", "options"):
        for rule in lint.get(key) or ():
            yield (key, rule), rule
    for index, exempt in enumerate(lint.get("exempt") or ()):
        for number, rule in enumerate(exempt.get("rules") or ()):
            yield ("exempt", index, "rules", number), rule


def wrong_options(rule: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The options that a rule does not take: name, what is wrong, and what to do."""
    options = rule_of(rule).options
    known = {camel(each): default for each, default in options._field_defaults.items()} if options else {}
    for name, value in given.items():
        if name not in known:
            hint = "it takes " + ", ".join(known) if known else "it takes no options"
            yield name, f'"{rule}" has no option "{name}"', hint
        elif type(value) is not type(known[name]):
            message = f"lint.options.{rule}.{name} ({quoted(value)}) is not like its default"
            yield name, message, f"the default is {quoted(known[name])}"


def options_of(rule: str, given: Mapping[str, Any]) -> Any:
    """The options of a rule, as it takes them."""
    options = rule_of(rule).options
    if options is None:
        return None
    names = {camel(each): each for each in options._fields}
    return options(**{names[name]: value for name, value in given.items()})


def camel(name: str) -> str:
    """An option's name as k8sgen.yaml spells it."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)
