"""Which line of our own block-style output holds which value.

Reads only what `write` and the templates print: block style, keys and text unquoted or in double
quotes, literal blocks, `{}` and `[]`. There a scan of the lines needs no YAML parser.
"""

from __future__ import annotations

import json
from functools import lru_cache, partial
from typing import Any, Final, Literal, NamedTuple

Pointer = tuple[str | int, ...]
Kind = Literal["scalar", "literal", "open"]


class Line(NamedTuple):
    """A key or list item and the line (from 0) on which it starts.

    `kind` is "scalar" when the whole value stands on this line (`{}` and `[]` too), "literal" when
    the line opens a literal block, "open" when it opens a map or list.
    """

    pointer: Pointer
    line: int
    kind: Kind


class _Parsed(NamedTuple):
    """One line by itself: where it starts, how many dashes, its key if any, and what it holds."""

    column: int
    dashes: int
    key: str | None
    kind: Kind | None


_LITERAL_STARTS: Final = frozenset(("|", "|-"))
_NEVER: Final = "\n"
"""No line starts with it."""

_line: Final = partial(tuple.__new__, Line)


def scan(text: str) -> list[Line]:  # noqa: C901, PLR0912 - one pass over the lines, free of calls for speed
    """List every key and list item of one document in the order of its lines; `- name: x` gives two.

    A root that is text or empty has neither and gives nothing. Blank lines, lines that are comments
    and "---" are passed over, and so is a `{}` or `[]` that stands below its key.
    """
    found: list[Line] = []
    add = found.append
    # The open collections, outermost first: the column where their keys or dashes stand, the pointer
    # of the collection, and the index of a list's latest item (-1 for a map).
    top: list[Any] = [-1, (), -1]
    open_collections = [top]
    opened: Pointer = ()
    inside_literal = _NEVER
    for number, line in enumerate(text.split("\n")):
        if not line or line.startswith(inside_literal):
            continue
        inside_literal = _NEVER
        column, dashes, key, kind = _parsed(line) if len(line) <= _LONGEST_CACHED else _parse(line)
        if kind is None:
            continue
        while top[0] > column:
            open_collections.pop()
            top = open_collections[-1]
        item: Pointer | None = None
        while dashes:
            if item is not None:
                add(_line((item, number, "open")))
                opened = item
                column += 2
            if top[0] == column and top[2] >= 0:
                top[2] += 1
            else:
                top = [column, opened, 0]
                open_collections.append(top)
            item = (*top[1], top[2])
            dashes -= 1
        if key is None:
            if item is not None:
                add(_line((item, number, kind)))
            elif not found:
                return found  # the root is text or empty
        else:
            if item is not None:
                add(_line((item, number, "open")))
                opened = item
                column += 2
            if top[0] == column and top[2] >= 0:
                # The list before this key stands no deeper than its own key.
                open_collections.pop()
                top = open_collections[-1]
            if top[0] != column:
                top = [column, opened, -1]
                open_collections.append(top)
            pointer = (*top[1], key)
            add(_line((pointer, number, kind)))
            if kind == "open":
                opened = pointer
        if kind == "literal":
            inside_literal = " " * (column + 1)
    return found


def _parse(line: str) -> _Parsed:
    rest = line.lstrip(" ")
    column = len(line) - len(rest)
    if not rest or rest[0] == "#" or rest == "---":
        return _Parsed(column, 0, None, None)
    dashes = 0
    while rest.startswith("- "):
        rest = rest[2:]
        dashes += 1
    key: str | None
    if rest.startswith('"'):
        end = _closing_quote(rest)
        key = json.loads(rest[:end]) if rest[end : end + 1] == ":" else None
        value = rest[end + 2 :] if key is not None else rest
    else:
        key, separator, value = rest.partition(": ")
        if not separator:
            key = rest[:-1] if rest.endswith(":") else None
            value = "" if key is not None else rest
    kind: Kind = "literal" if value in _LITERAL_STARTS else "scalar" if value or key is None else "open"
    return _Parsed(column, dashes, key, kind)


# The lines of manifests recur, within one and from service to service.
_parsed: Final = lru_cache(maxsize=32768)(_parse)
_LONGEST_CACHED: Final = 200


def _closing_quote(text: str) -> int:
    """Give the offset just after the text in double quotes with which `text` starts."""
    end = text.find('"', 1)
    while end >= 0:
        backslashes = end - len(text[:end].rstrip("\\"))
        if backslashes % 2 == 0:
            return end + 1
        end = text.find('"', end + 1)
    return len(text)
