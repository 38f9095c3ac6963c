"""A spec in long form as text: every default filled in, derived-unless-given fields as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from k8sgen.spec.fields import SpecField, Type, fields_of
from k8sgen.spec.model import Model
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.scalars import key as key_text
from k8sgen.yamltext.write import block

LEFT_OUT = frozenset({"version", "namespace", "patches"})
"""Fields of a spec that are no values of a chart: they decide what is rendered, not what is in it."""

WIDTH = 100


def values_text(spec: Spec) -> str:
    """The long form of a spec, which is also the values file of its chart."""
    lines: list[str] = []
    for field in fields_of(Spec).values():
        if field.key in LEFT_OUT:
            continue
        inside = list(field_lines(field, getattr(spec, field.name), ""))
        if inside:
            lines += ["", *comment(field.description, "")] if lines else comment(field.description, "")
            lines += inside
    return "\n".join(lines) + "\n"


def field_lines(field: SpecField, value: Any, margin: str) -> Iterator[str]:
    """One field: its value, or a comment that says how it is derived; nothing for one that is simply not given."""
    if value is None:
        if field.kind == "derived":
            yield from comment(f"{field.key}: {field.derivation}", margin)
        return
    yield from value_lines(key_text(field.key), value, field.type, margin)


def value_lines(name: str, value: Any, type_: Type, margin: str) -> Iterator[str]:
    """A key and its value."""
    if isinstance(value, Model):
        inside = list(model_lines(value, margin + "  "))
        if any(not line.lstrip().startswith("#") for line in inside):
            yield f"{margin}{name}:"
        else:
            yield f"{margin}{name}: {{}}"
        yield from inside
    elif isinstance(value, dict) and value and type_.item is not None and type_.item.model is not None:
        yield f"{margin}{name}:"
        for key in sorted(value):
            yield from value_lines(key_text(key), value[key], type_.item, margin + "  ")
    elif isinstance(value, list) and value and isinstance(value[0], Model):
        yield f"{margin}{name}:"
        yield block([item.model_dump(by_alias=True, exclude_none=True) for item in value], len(margin) + 2)
    else:
        yield f"{margin}{name}:{inline(value, margin)}"


def inline(value: Any, margin: str) -> str:
    """What follows the colon."""
    text = block(value, len(margin) + 2)
    single = not (isinstance(value, (dict, list)) and value) and not (isinstance(value, str) and "\n" in text)
    return " " + text.lstrip() if single or text.lstrip().startswith("|") else "\n" + text


def model_lines(value: Model, margin: str) -> Iterator[str]:
    """The fields of a part of the spec."""
    for field in fields_of(type(value)).values():
        yield from field_lines(field, getattr(value, field.name), margin)


def comment(text: str, margin: str) -> list[str]:
    """Text as comment lines."""
    return [f"{margin}# {line}" for line in textwrap.wrap(text, WIDTH - len(margin), break_on_hyphens=False)]
