"""The refusing rules of a chart: the same messages, said by `fail` before anything is installed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from k8sgen.chart.golang import ROOT, WHOLE_SPEC, Value, call, literal, placed, term
from k8sgen.chart.helpers import ROOTED, Helpers
from k8sgen.chart.subset import check_rule
from k8sgen.chart.subset.signature import parsed
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import TEXT, member, members, signature_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from k8sgen.resolve.derivation import Rule

GROUPS = ("initContainers", "sidecars")
ENTRY, KEY, AT = "", "key", "at"


def write_rules(rules: Iterable[Rule], helpers: Helpers) -> str:
    """The define that asks every rule and fails with all that they refuse. Raises TemplateError.

    Rules that can refuse nothing with what the chart carries are left out; without any there is no define.
    """
    asked = [line for rule in rules for line in ask(rule, helpers)]
    if not asked:
        return ""
    lines = [f"{{{{- define {json.dumps(helpers.own('refuse'))} -}}}}", "{{- $refused := list -}}"]
    lines += [f"{{{{- {placed(code, '$')} -}}}}" for code in asked]
    joined = 'join "\\n" $refused'
    lines += [f"{{{{- if $refused -}}}}{{{{- fail ({joined}) -}}}}{{{{- end -}}}}", "{{- end }}", ""]
    return "\n".join(lines)


def ask(rule: Rule, helpers: Helpers) -> list[str]:
    """The actions that ask one rule, of the spec or of each entry it looks at (`k8sgen.resolve.derivation.entries`)."""
    check_rule(rule)
    if not rule.each:
        return asked(rule, helpers, {})
    if rule.each == "allServices":
        own = {ENTRY: at_path(helpers, "service"), KEY: literal("service"), AT: literal("service.")}
        further = each_entry(rule, helpers, at_path(helpers, "services"), ["services"])
        return [*asked(rule, helpers, own), *further]
    group, _, rest = rule.each.partition(".")
    if group != "containers":
        try:
            held = at_path(helpers, *rule.each.split("."))
        except KeyError as error:
            raise TemplateError(
                Problem(f"{rule.each} is not in the spec", place_of(rule), "name a map of the spec in each=")
            ) from error
        return each_entry(rule, helpers, held, rule.each.split("."))
    name = Value(f"include {json.dumps(helpers.own('name'))} {ROOT}", TEXT)
    main = {ENTRY: WHOLE_SPEC, KEY: name, AT: literal("")}
    lines = (
        each_entry(rule, helpers, at_path(helpers, rest), [rest], main)
        if rest
        else asked(rule, helpers, main)
    )
    for key in GROUPS:
        held = at_path(helpers, key)
        if helpers.is_empty(held):
            continue
        container = replace(helpers.entry_of(held), code="$container")
        extra = {
            ENTRY: container,
            KEY: Value("$name", TEXT),
            AT: Value(at(helpers, literal(key), Value("$name")), TEXT),
        }
        if rest:
            inner = at_path(helpers, rest, start=container)
            lines_of = each_entry(rule, helpers, inner, [key, Value("$name"), rest], extra)
        else:
            lines_of = asked(rule, helpers, extra)
        if lines_of:
            lines += [f"range $name, $container := {held.code}", *lines_of, "end"]
    return lines


def place_of(rule: Rule) -> Place:
    """Where a rule is written."""
    tree, file = parsed(rule.check)
    return Place(file, tree.lineno, 1)


def at_path(helpers: Helpers, *keys: str, start: Value = WHOLE_SPEC) -> Value:
    """What stands at a path of the spec. Raises KeyError when the spec has no such path."""
    here, always = start, True
    for key in keys:
        found = member(here.type, key)
        if found is None:
            raise KeyError(key)
        here = helpers.field(here, key, found, safe=not always)
        always = always and found.always
    return here


def at(helpers: Helpers, *keys: Value) -> str:
    """The path of an entry and a dot, as messages write it."""
    return f"include {json.dumps(helpers.own('path'))} ({call('list', *(key.code for key in keys))})"


def each_entry(
    rule: Rule,
    helpers: Helpers,
    held: Value,
    keys: Sequence[str | Value],
    container: Mapping[str, Value] | None = None,
) -> list[str]:
    """The actions that ask a rule of every entry of a map, or of every part such as the three probes."""
    if held.type.shape == "model":
        return each_part(rule, helpers, held, keys, container)
    if helpers.is_empty(held) or (held.known and held.constant is None):
        return []
    known = [literal(key) if isinstance(key, str) else key for key in keys]
    bound = {
        ENTRY: replace(helpers.entry_of(held), code="$entry"),
        KEY: Value("$key", TEXT),
        AT: Value(at(helpers, *known, Value("$key")), TEXT),
    }
    if container is not None:
        bound["container"] = container[ENTRY]
    lines = asked(rule, helpers, bound)
    return [f"range $key, $entry := {held.code}", *lines, "end"] if lines else []


def each_part(
    rule: Rule,
    helpers: Helpers,
    held: Value,
    keys: Sequence[str | Value],
    container: Mapping[str, Value] | None,
) -> list[str]:
    """The actions that ask a rule of the parts of a part, in code-point order of their keys."""
    lines: list[str] = []
    for key, found in sorted(members(held.type).items()):
        part = helpers.field(held, key, found, safe=held.optional)
        if part.known and part.constant is None:
            continue
        path = [literal(each) if isinstance(each, str) else each for each in (*keys, key)]
        bound = {ENTRY: part, KEY: literal(key), AT: Value(at(helpers, *path), TEXT)}
        if container is not None:
            bound["container"] = container[ENTRY]
        inner = asked(rule, helpers, bound)
        if inner and part.optional:
            inner = [f'if not (kindIs "invalid" {term(part.code)})', *inner, "end"]
        lines += inner
    return lines


def asked(rule: Rule, helpers: Helpers, bound: Mapping[str, Value]) -> list[str]:
    """One question: the first parameter is the entry, the others are known by name, or are its key."""
    parameters = signature_of(rule.check).parameters
    handed = {
        name: bound.get(name, bound.get(KEY, literal("")))
        for name, type_ in parameters
        if type_ not in ROOTED
    }
    if bound and parameters[0][1] not in ROOTED:
        handed[parameters[0][0]] = bound[ENTRY]
    answer = helpers.ask(rule.check, handed)
    if answer.known and not answer.constant:
        return []
    told = f'printf "%s\\n  hint: %s" . {json.dumps(rule.hint, ensure_ascii=False)}' if rule.hint else "."
    return [f"with {answer.code}", f"$refused = {call('append', '$refused', told)}", "end"]
