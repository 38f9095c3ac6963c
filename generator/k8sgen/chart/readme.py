"""The table of a chart's values: type, default or how it is derived, meaning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from k8sgen.chart.usage import ENTRY
from k8sgen.chart.values import left_out
from k8sgen.spec.fields import SpecField, Type, fields_of
from k8sgen.spec.model import WHOLE, Model
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.chart.usage import Path, Usage
    from k8sgen.chart.values import OwnValue

WORDS = {str: "text", int: "whole number", bool: "true or false"}


def table(spec: Spec, usage: Usage, own: Sequence[OwnValue], *, generic: bool) -> Iterator[str]:
    """The rows of the table, in the order of values.yaml."""
    skipped = left_out(generic=generic)
    for field in fields_of(Spec).values():
        if field.key not in skipped:
            yield from rows(field, getattr(spec, field.name), usage, (field.key,))
    for value in own:
        yield row(value.key, "text", code(json.dumps(value.default)), value.description)


def rows(field: SpecField, value: Any, usage: Usage, path: Path) -> Iterator[str]:
    """The row of a field, and those of all below it."""
    if not usage.has(path):
        return
    yield row(".".join(path), type_words(field), default_words(field, value, path), field.description)
    type_, inside = field.type, path
    while type_.model is None and type_.item is not None:
        type_, inside, value = type_.item, (*inside, ENTRY), None
    if type_.model is not None:
        for inner in fields_of(type_.model).values():
            found = getattr(value, inner.name) if isinstance(value, Model) else None
            yield from rows(inner, found, usage, (*inside, inner.key))


def row(path: str, type_: str, default: str, meaning: str) -> str:
    """One line of the table."""
    return f"| `{path}` | {type_} | {cell(default)} | {cell(meaning)} |"


def type_words(field: SpecField) -> str:
    """What kind of value a field takes."""
    name = field.kubernetes.rpartition(".")[2].replace("#", " ")
    if field.kubernetes == WHOLE:
        return "map of whole objects"
    if name:
        return f"list of {name}" if field.type.shape == "list" else name
    return shape_words(field.type)


def shape_words(type_: Type) -> str:
    """A type in words."""
    if type_.shape == "scalar":
        return " or ".join(WORDS[scalar] for scalar in type_.scalars)
    if type_.item is not None and type_.item.shape == "scalar":
        return f"{type_.shape} of {shape_words(type_.item)}"
    return type_.shape if type_.shape in {"list", "map"} else "part"


def default_words(field: SpecField, value: Any, path: Path) -> str:
    """What holds unless a value is given."""
    if ENTRY in path or value is None:
        if field.kind == "derived":
            return f"derived: {field.derivation}"
        return field.kind if field.kind != "default" else ""
    if isinstance(value, Model):
        return ""
    if isinstance(value, (dict, list)) and value:
        return "see values.yaml"
    return code(json.dumps(value, ensure_ascii=False))


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`"


def cell(text: str) -> str:
    """Text that may stand in a table."""
    return text.replace("|", "\\|").replace("\n", " ")
