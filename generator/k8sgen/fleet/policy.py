"""What `k8sgen.yaml` and the command line say of a lint run, as the policy that the engine takes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from k8sgen.errors import InputError, Place, Problem, SpecError
from k8sgen.findings import Severity
from k8sgen.lint.policy import EVERY, Exemption, Policy
from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import RULES, rule_of
from k8sgen.spec.problems import mark_at, quoted
from k8sgen.spec.settings_file import LoadedSettings, find_settings, load_settings
from k8sgen.validate.violation import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from k8sgen.spec.linting import Linting


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for; empty where it asks for nothing."""

    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Configured:
    """The settings of a run, and what is wrong with them: then the defaults hold in their place."""

    settings: LoadedSettings
    policy: Policy
    fail_on: Severity
    baseline: Path | None
    problems: tuple[Problem, ...] = ()


def configure(names: Sequence[str], asked: Asked) -> Configured:
    """The nearest k8sgen.yaml of what was named first, under the command line. Raises SpecError for unknown rules in options."""
    check_rules(asked)
    settings, problems = LoadedSettings(), tuple[Problem, ...]()
    try:
        path = find_settings(start_of(names))
        if path is not None:
            settings = load_settings(path, shown(path))
            problems = tuple(problems_of(settings))
    except InputError as error:
        problems = error.problems
    linting = settings.settings.lint
    policy = policy_of(linting if not problems else LoadedSettings().settings.lint, asked)
    return Configured(
        settings,
        policy,
        Severity[linting.fail_on.upper()],
        settings.path.parent / linting.baseline if settings.path and linting.baseline else None,
        problems,
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


def check_rules(asked: Asked) -> None:
    """Refuse rules that do not exist. Raises SpecError."""
    problems = [
        unknown(rule, Place(f"--{option} {rule}", 0, 0))
        for option, rules in (("select", asked.select), ("ignore", asked.ignore))
        for rule in rules
        if rule not in RULES
    ]
    if problems:
        raise SpecError(*problems)


def unknown(rule: str, place: Place | None) -> Problem:
    """A rule that does not exist."""
    close = nearest(rule, RULES)
    hint = f'did you mean "{close}"?' if close else "k8sgen lint --list shows all rules"
    return Problem(f'there is no rule "{rule}"', place, hint)


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
    known = {camel(each.name): each for each in dataclasses.fields(options)} if options else {}
    for name, value in given.items():
        if name not in known:
            hint = "it takes " + ", ".join(known) if known else "it takes no options"
            yield name, f'"{rule}" has no option "{name}"', hint
        elif (default := default_of(known[name])) is not None and type(value) is not type(default):
            yield (
                name,
                f"lint.options.{rule}.{name} ({quoted(value)}) is not like its default",
                f"the default is {quoted(list(default) if isinstance(default, tuple) else default)}",
            )


def options_of(rule: str, given: Mapping[str, Any]) -> Any:
    """The options of a rule, as it takes them."""
    options = rule_of(rule).options
    if options is None:
        return None
    names = {camel(each.name): each.name for each in dataclasses.fields(options)}
    return options(**{names[name]: value for name, value in given.items()})


def default_of(option: dataclasses.Field[Any]) -> Any:
    """The default of an option; None when it has none that is simple."""
    return None if option.default is dataclasses.MISSING else option.default


def camel(name: str) -> str:
    """An option's name as k8sgen.yaml spells it."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def start_of(names: Iterable[str]) -> Path:
    """The directory from which k8sgen.yaml is looked for: that of the first file that was named."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            return path
        if path.is_file():
            return path.parent
    return Path()


def shown(path: Path) -> str:
    """A path as a user would write it from here."""
    import os

    return os.path.relpath(path)
