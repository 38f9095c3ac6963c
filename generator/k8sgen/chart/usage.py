"""Which fields of the spec a chart carries: those that the service or one of its environments uses.

A path names a field of the spec with `*` for the keys of maps and the items of lists, as in
`ports.*.nodePort`. What no layer sets leaves no trace in the chart: no key in the values, no
property in the schema, no line in a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from k8sgen.spec.fields import fields_of
from k8sgen.spec.model import Model, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from k8sgen.spec.fields import Type
    from k8sgen.spec.service_spec import Spec

ENTRY = "*"
"""Stands for the key of a map or the place in a list."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """The paths that a chart carries, with everything above them; `paths` is None where it carries all."""

    paths: frozenset[Path] | None = None

    def has(self, path: Path) -> bool:
        """Whether a chart carries what stands at a path."""
        return self.paths is None or path in self.paths

    def with_paths(self, more: Iterable[Path]) -> Usage:
        """With further paths and what is above them."""
        if self.paths is None:
            return self
        return Usage(self.paths.union(above for path in more for above in prefixes(path)))


EVERYTHING = Usage()
"""What the generic chart carries."""


def usage_of(specs: Iterable[Spec]) -> Usage:
    """What any of these specs uses: what a layer or a constant default sets.

    A section that is off and says nothing else is not used, and neither is an empty map or list
    that is a field's default. Fields that are derived unless given are added once it is known which
    derivations the chart asks (`Usage.with_paths`).
    """
    return Usage(frozenset(path for spec in specs for path in paths_in(spec, ())))


def paths_in(value: Any, path: Path) -> Iterator[Path]:
    """The paths of everything that a value holds, its own first."""
    if path:
        yield path
    if isinstance(value, Model):
        for field in fields_of(type(value)).values():
            inner = getattr(value, field.name)
            if inner is None or (field.kind == "default" and says_nothing(inner)):
                continue
            yield from paths_of(field.type, inner, (*path, field.key))


def paths_of(type_: Type, value: Any, path: Path) -> Iterator[Path]:
    """The paths in a value of a type; what is Kubernetes' own is one path."""
    if type_.item is None or type_.item.shape == "any":
        yield from paths_in(value, path)
        return
    yield path
    yield from entries_of(type_, path)
    for item in value.values() if isinstance(value, dict) else value:
        yield from paths_of(type_.item, item, (*path, ENTRY))


def entries_of(type_: Type, path: Path) -> Iterator[Path]:
    """The path of what a carried map or list of scalars may hold: an override can fill it when it is empty.

    Of a map of parts, a chart knows only the fields that somebody has used.
    """
    if type_.item is not None and type_.item.shape == "scalar":
        yield (*path, ENTRY)


def says_nothing(value: Any) -> bool:
    """Whether a field's value is what it is when nobody asks for it: empty, or a section that is off."""
    if isinstance(value, Section):
        off = fields_of(type(value))["enabled"].default is False
        return off and value == type(value).model_construct()
    return value in ({}, [])


def prefixes(path: Path) -> Iterator[Path]:
    """A path and every path above it."""
    for length in range(1, len(path) + 1):
        yield path[:length]
