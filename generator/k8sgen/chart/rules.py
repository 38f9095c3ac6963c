"""The refusing rules of a chart: the same messages, said by `fail` before anything is installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from k8sgen.chart.derivations import parsed
from k8sgen.chart.golang import Value, call, literal
from k8sgen.chart.helpers import ROOTED, Helpers
from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.render.types import TEXT, member, signature_of
from k8sgen.spec.fields import ANY, Type
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from k8sgen.resolve.derivation import Rule

GROUPS = ("initContainers", "sidecars")
ENTRY, KEY, AT = "", "key", "at"


def write_rules(rules: Iterable[Rule], helpers: Helpers) -> str:
    """The define that asks every rule and fails with all that they refuse. Raises TemplateError."""
    lines = [f"{{{{- define {json.dumps(helpers.own('refuse'))} -}}}}", "{{- $refused := list -}}"]
    for rule in rules:
        lines += ask(rule, helpers)
    joined = 'join "\\n" $refused'
    lines += [f"{{{{- if $refused -}}}}{{{{- fail ({joined}) -}}}}{{{{- end -}}}}", "{{- end }}", ""]
    return "\n".join(lines)


def ask(rule: Rule, helpers: Helpers) -> list[str]:
    """The lines that ask one rule, of the spec or of each entry it looks at (`k8sgen.resolve.derivation.entries`)."""
    if not rule.each:
        return asked(rule, helpers, {})
    if rule.each == "allServices":
        own = {ENTRY: Value("$.Values.service", ANY), KEY: literal("service"), AT: literal("service.")}
        return [*asked(rule, helpers, own), *each_entry(rule, helpers, "$.Values.services", ["services"])]
    group, _, rest = rule.each.partition(".")
    if group != "containers":
        path, always = "$.Values", True
        here = Type("model", model=Spec)
        for key in rule.each.split("."):
            found = member(here, key)
            if found is None:
                raise TemplateError(
                    Problem(
                        f"{rule.each} is not in the spec", place_of(rule), "name a map of the spec in each="
                    )
                )
            path = f"{path}.{key}" if always else f"({path}).{key}"
            here, always = found.type, found.always
        return each_entry(rule, helpers, path, rule.each.split("."))
    main = {
        ENTRY: Value("$.Values", ANY),
        KEY: Value(f"include {json.dumps(helpers.own('name'))} $", TEXT),
        AT: literal(""),
    }
    lines = (
        each_entry(rule, helpers, f"$.Values.{rest}", [rest], main) if rest else asked(rule, helpers, main)
    )
    for container in GROUPS:
        lines.append(f"{{{{- range $name, $container := $.Values.{container} -}}}}")
        extra = {
            ENTRY: Value("$container", ANY),
            KEY: Value("$name", TEXT),
            AT: Value(at(helpers, literal(container), Value("$name")), TEXT),
        }
        if rest:
            lines += each_entry(rule, helpers, f"$container.{rest}", [container, Value("$name"), rest], extra)
        else:
            lines += asked(rule, helpers, extra)
        lines.append("{{- end -}}")
    return lines


def place_of(rule: Rule) -> Place:
    """Where a rule is written."""
    tree, file, before = parsed(rule.check)
    return Place(file, before + tree.lineno, 1)


def at(helpers: Helpers, *keys: Value) -> str:
    """The path of an entry and a dot, as messages write it."""
    return f"include {json.dumps(helpers.own('path'))} ({call('list', *(key.code for key in keys))})"


def each_entry(
    rule: Rule,
    helpers: Helpers,
    path: str,
    keys: Sequence[str | Value],
    container: Mapping[str, Value] | None = None,
) -> list[str]:
    """The lines that ask a rule of every entry of a map."""
    known = [literal(key) if isinstance(key, str) else key for key in keys]
    bound = {
        ENTRY: Value("$entry", ANY),
        KEY: Value("$key", TEXT),
        AT: Value(at(helpers, *known, Value("$key")), TEXT),
    }
    if container is not None:
        bound["container"] = container[ENTRY]
    return [f"{{{{- range $key, $entry := {path} -}}}}", *asked(rule, helpers, bound), "{{- end -}}"]


def asked(rule: Rule, helpers: Helpers, bound: Mapping[str, Value]) -> list[str]:
    """One question: the first parameter is the entry, the others are known by name, or are its key."""
    parameters = signature_of(rule.check).parameters
    handed = {
        name: bound.get(name, bound.get(KEY, literal("")))
        for name, type_ in parameters
        if type_ not in ROOTED
    }
    if bound:
        handed[parameters[0][0]] = bound[ENTRY]
    answer = helpers.ask(rule.check, handed, "$").code
    told = f'printf "%s\\n  hint: %s" . {json.dumps(rule.hint, ensure_ascii=False)}' if rule.hint else "."
    return [
        f"{{{{- with {answer} -}}}}{{{{- $refused = {call('append', '$refused', told)} -}}}}{{{{- end -}}}}"
    ]
