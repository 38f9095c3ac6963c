"""The check of a rule: what it is asked about, and that it answers text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from k8sgen.chart.subset.function import Walk, check_function
from k8sgen.chart.subset.known import Known
from k8sgen.chart.subset.signature import declared
from k8sgen.chart.subset.values import takes
from k8sgen.render.types import TEXT, shown
from k8sgen.spec.container import ExtraContainer
from k8sgen.spec.fields import ANY, Type, fields_of, type_at
from k8sgen.spec.service import FurtherService, Service
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from k8sgen.resolve.derivation import Rule

ASKED_BY_NAME = {"spec", "release", "cluster", "container", "at"}
"""What the check of a rule is handed by the name of its parameter, beside the entry and its key."""


@cache  # the passes over a chart ask for each rule again
def check_rule(rule: Rule) -> None:
    """Walk the check of a rule, and what it is asked about. Raises TemplateError."""
    says = declared(rule.check)
    walk = Walk(rule.check, None)
    if says.answer.type != TEXT or says.answer.optional:
        raise walk.refuse(
            walk.tree,
            f"{rule.check.__name__} answers {shown(says.answer.type)}",
            'answer what is wrong, or ""',
        )
    if rule.each:
        check_entry(rule, walk)
    else:
        strange = [name for name in says.parameters if name not in {"spec", "release", "cluster"}]
        if strange:
            raise walk.refuse(
                walk.tree,
                f"{strange[0]} is nothing that a rule is asked about",
                "take spec, release or cluster",
            )
    check_function(rule.check)


def check_entry(rule: Rule, walk: Walk) -> None:
    """A rule that looks at entries takes one, then what it names, and at most its key. Raises TemplateError."""
    entries = entry_types(rule.each)
    if not entries:
        raise walk.refuse(
            walk.tree,
            f"{rule.each} holds no entries",
            "name a map of the spec, or a part with parts, in each=",
        )
    parameters = dict(walk.says.parameters)
    if not parameters:
        raise walk.refuse(walk.tree, f"{walk.tree.name} takes no entry", "take the entry first")
    first = next(iter(parameters))
    wanted = parameters.pop(first).type
    for entry in entries:
        if not takes(Known(entry), wanted):
            raise walk.refuse(
                walk.tree, f"{first} is handed {shown(entry)}, each entry of {rule.each}", "annotate it so"
            )
    keys = [name for name in parameters if name not in ASKED_BY_NAME]
    if len(keys) > 1:
        raise walk.refuse(walk.tree, f"{keys[1]} is nothing that a rule is asked about", "take the key once")
    for name in (*keys, *(name for name in ("at",) if name in parameters)):
        if parameters[name].type != TEXT:
            raise walk.refuse(
                walk.tree, f"{name} is text, not {shown(parameters[name].type)}", "annotate it with str"
            )


def entry_types(each: str) -> list[Type]:
    """The types of the entries that a rule looks at; nothing when there are none."""
    if each == "allServices":
        return [Type("model", model=Service), Type("model", model=FurtherService)]
    group, _, rest = each.partition(".")
    owners = (Spec, ExtraContainer) if group == "containers" else (Spec,)
    if each == "containers":
        return [Type("model", model=owner) for owner in owners]
    path = tuple(rest.split(".")) if group == "containers" else tuple(each.split("."))
    return list(dict.fromkeys(one for owner in owners for one in held_types(type_at(owner, path))))


def held_types(held: Type | None) -> list[Type]:
    """The types of the entries of a map, or of the parts of a part."""
    if held is None or held.shape not in {"map", "model"}:
        return []
    if held.shape == "map":
        return [held.item or ANY]
    parts = [field.type for field in fields_of(held.model).values()] if held.model else []
    return parts if all(part.shape == "model" for part in parts) else []
