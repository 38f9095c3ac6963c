"""The values of a chart: the spec in long form, and what each environment changes in it.

Helm merges values as layers of a spec are merged, so `values.yaml` is the long form of the base, and
`values-<environment>.yaml` the merge patch (RFC 7386) that makes an environment's long form of it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from k8sgen.chart.usage import ENTRY
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.long_form import long_form
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.values_text import LEFT_OUT, ValuesPrinter, comment
from k8sgen.yamltext.write import block, document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.chart.usage import Path, Usage

NAME = frozenset({"name"})
"""In a chart of its own, the name is the chart's."""

TEST_IMAGE = "busybox:1.37.0"
"""It has `nc`, and takes 2 MB (https://hub.docker.com/_/busybox)."""


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value that the spec has no field for."""

    key: str
    default: str
    description: str
    choices: tuple[str, ...] = ()


def own_values(environments: Sequence[str], *, generic: bool, tested: bool) -> tuple[OwnValue, ...]:
    """The values that only a chart has; in the generic chart the name is a value of the spec."""
    values = []
    if not generic:
        values += [
            OwnValue("nameOverride", "", "Takes the place of the chart's name in names and labels."),
            OwnValue("fullnameOverride", "", "Name of the objects, instead of release and chart."),
            OwnValue(
                "environment",
                "",
                "Environment whose patches apply; values-<environment>.yaml sets it.",
                ("", *environments),
            ),
        ]
    if tested:
        values.append(OwnValue("testImage", TEST_IMAGE, "Image with `nc`, for `helm test`."))
    return tuple(values)


def left_out(*, generic: bool) -> frozenset[str]:
    """The fields of the spec that are no values."""
    return LEFT_OUT if generic else LEFT_OUT | NAME


def values_of(spec: Spec, usage: Usage, own: Sequence[OwnValue], *, generic: bool = False) -> dict[str, Any]:
    """The values as data: the long form, as far as the chart carries it."""
    skipped = left_out(generic=generic)
    values = {key: value for key, value in long_form(spec).items() if key not in skipped}
    carried: dict[str, Any] = restricted(values, Type("model", model=Spec), usage, ())
    return carried | {value.key: value.default for value in own}


def restricted(value: Any, type_: Type, usage: Usage, path: Path) -> Any:
    """What a chart carries of a value."""
    if type_.model is not None and isinstance(value, dict):
        fields = fields_of(type_.model)
        return {
            key: restricted(value[key], field.type, usage, (*path, key))
            for key, field in fields.items()
            if key in value and usage.has((*path, key))
        }
    if type_.shape == "map" and type_.item is not None and isinstance(value, dict):
        return {key: restricted(item, type_.item, usage, (*path, ENTRY)) for key, item in value.items()}
    if type_.shape == "list" and type_.item is not None and isinstance(value, list):
        return [restricted(item, type_.item, usage, (*path, ENTRY)) for item in value]
    return value


def values_file(spec: Spec, usage: Usage, own: Sequence[OwnValue], *, generic: bool = False) -> str:
    """values.yaml: the same with the descriptions, and comments for what is derived or absent."""
    printer = ValuesPrinter(usage.has, names_absent=True)
    lines = printer.lines(spec, left_out(generic=generic))
    for value in own:
        lines += ["", *comment(value.description, ""), block({value.key: value.default})]
    return "\n".join(lines) + "\n"


def environment_values(base: dict[str, Any], environment: dict[str, Any], name: str) -> dict[str, Any]:
    """The merge patch that makes an environment's values of those of the base."""
    return difference(base, environment | {"environment": name})


def environment_file(base: dict[str, Any], environment: dict[str, Any], name: str) -> str:
    """values-<environment>.yaml."""
    heading = comment(f"What differs in {name}.", "")[0]
    return heading + "\n" + document(environment_values(base, environment, name))


def difference(lower: dict[str, Any], upper: dict[str, Any]) -> dict[str, Any]:
    """The smallest merge patch that makes `upper` of `lower`; null only for keys that `lower` has."""
    result: dict[str, Any] = {}
    for key, value in upper.items():
        below = lower.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            if inner := difference(below, value):
                result[key] = inner
        elif key not in lower or json.dumps(below) != json.dumps(value):  # in Python, 1 is true
            result[key] = value
    return result | {key: None for key in lower if key not in upper}
