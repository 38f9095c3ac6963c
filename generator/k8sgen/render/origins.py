"""Where each value of the output came from: spec field, derivation, patch, or the template itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from k8sgen.render.printer import MARK, Derived, Path, Printer
from k8sgen.yamltext.scan import Line, Pointer, scan

if TYPE_CHECKING:
    from k8sgen.errors import Place


@dataclass(frozen=True, slots=True)
class SpecOrigin:
    """A field of the spec, given or with its default."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DerivedOrigin:
    """A derived value, and for one that is a map or list the part of it."""

    derived: Derived
    rest: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceOrigin:
    """A place in a file of the user: a patch or an extra object."""

    place: Place
    what: str


@dataclass(frozen=True, slots=True)
class TemplateOrigin:
    """Text of a template: what every object of its kind has."""

    template: str


Origin = SpecOrigin | DerivedOrigin | PlaceOrigin | TemplateOrigin


@dataclass(slots=True)
class Origins:
    """The origins of one object, by JSON pointer; a part without one of its own has that of the part above."""

    template: str
    records: dict[Pointer, tuple[Path, Path]] = field(default_factory=dict)
    places: dict[Pointer, PlaceOrigin] = field(default_factory=dict)

    def at(self, pointer: Pointer) -> Origin:
        """Where the value at a pointer came from."""
        for length in range(len(pointer), -1, -1):
            start, rest = pointer[:length], pointer[length:]
            if start in self.places:
                return self.places[start]
            if start in self.records:
                return origin_of(*self.records[start], rest)
        return TemplateOrigin(self.template)


def origin_of(base: Path, tail: Path, rest: Pointer) -> Origin:
    """The origin that a record of the printer stands for."""
    path: Path = base + tail
    if path and isinstance(path[0], Derived):
        derived: Any = path[0]
        return DerivedOrigin(derived, (*path[1:], *rest))
    return SpecOrigin((*path, *rest))


def read_marks(printed: str, printer: Printer, first: int) -> tuple[str, list[tuple[Pointer, int]], int]:
    """Take the marks out of one printed document.

    `first` is the number of the record that its first mark belongs to. Returns the text, for
    each record the pointer and the line of what it printed (in order; `()` when that has no pointer; for
    the items of a list that of the first, which others may stand before), and the number of the record
    after the last.
    """
    parts = printed.split(MARK)
    text = "".join(parts)
    by_line: dict[int, list[Line]] = {}
    for line in scan(text):
        by_line.setdefault(line.line, []).append(line)
    pointers: list[tuple[Pointer, int]] = []
    number = 0
    records = printer.records
    for index in range(len(parts) - 1):
        number += parts[index].count("\n")
        here = by_line.get(number)
        if here is None:
            pointers.append(((), number))
        elif records[first + index][2] is not None:
            *above, start = here[0].pointer
            pointers.append(((*above, start) if isinstance(start, int) else tuple(above), number - 1))
        else:
            pointers.append((here[-1].pointer, number))
    return text, pointers, first + len(parts) - 1
