"""A spec in long form as text: every default filled in, derived-unless-given fields as comments."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from k8sgen.spec.fields import SpecField, Type, fields_of
from k8sgen.spec.model import Model
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.scalars import key as key_text
from k8sgen.yamltext.write import block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Path = tuple[str, ...]

LEFT_OUT = frozenset({"version", "namespace", "patches"})
"""Fields of a spec that are no values of a chart: they decide what is rendered, not what is in it."""

WIDTH = 100

ENTRY = "*"
"""Stands in a path for the key of a map or the place in a list."""


def values_text(spec: Spec) -> str:
    """The long form of a spec, which is also the values file of the generic chart."""
    return "\n".join(ValuesPrinter().lines(spec, LEFT_OUT)) + "\n"


class ValuesPrinter:
    """Prints values in the order of the models.

    `carries` says which paths are printed. With `names_absent`, optional fields that are not given stand
    as comments, too; in the entries of a map they never do.
    """

    def __init__(self, carries: Callable[[Path], bool] | None = None, *, names_absent: bool = False) -> None:
        self.carries = carries or (lambda _: True)
        self.names_absent = names_absent

    def lines(self, spec: Spec, left_out: frozenset[str]) -> list[str]:
        """Every field, each part of the spec below its description."""
        lines: list[str] = []
        for field in fields_of(Spec).values():
            if field.key in left_out:
                continue
            inside = list(self.field(field, getattr(spec, field.name), (), ""))
            if inside and getattr(spec, field.name) is None and field.kind != "derived":
                lines += ["", *inside] if lines else inside
            elif inside:
                lines += ["", *comment(field.description, "")] if lines else comment(field.description, "")
                lines += inside
        return lines

    def field(self, field: SpecField, value: Any, above: Path, margin: str) -> Iterator[str]:
        """One field: its value, or a comment that says how it is derived or what it would be."""
        path = (*above, field.key)
        if not self.carries(path):
            return
        if value is not None:
            yield from self.value(key_text(field.key), value, field.type, path, margin)
        elif field.kind == "derived":
            yield from comment(f"{field.key}: {field.derivation}", margin)
        elif self.names_absent and ENTRY not in path:
            needed = "; required" if field.kind == "required" else ""
            yield from comment(f"{field.key}: {field.description.rstrip('.')}{needed}", margin)

    def value(self, name: str, value: Any, type_: Type, path: Path, margin: str) -> Iterator[str]:
        """A key and its value."""
        if isinstance(value, Model):
            inside = list(self.model(value, path, margin + "  "))
            holds = any(not line.lstrip().startswith("#") for line in inside)
            yield f"{margin}{name}:" if holds else f"{margin}{name}: {{}}"
            yield from inside
        elif isinstance(value, dict) and value and type_.item is not None and type_.item.model is not None:
            yield f"{margin}{name}:"
            for key in sorted(value):
                yield from self.value(key_text(key), value[key], type_.item, (*path, ENTRY), margin + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], Model):
            yield f"{margin}{name}:"
            yield block(
                [item.model_dump(by_alias=True, exclude_none=True) for item in value], len(margin) + 2
            )
        else:
            yield f"{margin}{name}:{inline(value, margin)}"

    def model(self, value: Model, path: Path, margin: str) -> Iterator[str]:
        """The fields of a part of the spec."""
        for field in fields_of(type(value)).values():
            yield from self.field(field, getattr(value, field.name), path, margin)


def inline(value: Any, margin: str) -> str:
    """What follows the colon."""
    text = block(value, len(margin) + 2)
    single = not (isinstance(value, (dict, list)) and value) and not (isinstance(value, str) and "\n" in text)
    return " " + text.lstrip() if single or text.lstrip().startswith("|") else "\n" + text


def comment(text: str, margin: str) -> list[str]:
    """Text as comment lines."""
    return [f"{margin}# {line}" for line in textwrap.wrap(text, WIDTH - len(margin), break_on_hyphens=False)]
