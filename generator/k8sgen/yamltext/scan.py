"""Which line of our own block-style output holds which value.

Reads only what `write` and the templates print: block style, keys and text unquoted or in double
quotes, literal blocks, `{}` and `[]`. There a scan of the lines needs no YAML parser.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, Literal, NamedTuple

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


_LITERAL_STARTS: Final = frozenset(("|", "|-"))


def scan(text: str) -> list[Line]:  # noqa: C901, PLR0912, PLR0915 - one pass over the lines, kept free of calls for speed
    """List every key and list item of one document in the order of its lines; `- name: x` gives two.

    A root that is text or empty has neither and gives nothing. Blank lines, lines that are comments
    and "---" are passed over.
    """
    found: list[Line] = []
    new = Line._make
    # The open collections, outermost first: the column where their keys or dashes stand, the pointer
    # of the collection, and the index of a list's latest item (-1 for a map).
    columns: list[int] = [-1]
    parents: list[Pointer] = [()]
    indexes: list[int] = [-1]
    opened: Pointer = ()
    literal = 1_000_000_000
    for number, line in enumerate(text.split("\n")):
        rest = line.lstrip(" ")
        if not rest:
            continue
        column = len(line) - len(rest)
        if column > literal:
            continue
        literal = 1_000_000_000
        first = rest[0]
        if first == "#" or rest == "---":
            continue
        while columns[-1] > column:
            columns.pop()
            parents.pop()
            indexes.pop()
        item: Pointer | None = None
        while first == "-" and rest[1:2] == " ":
            if item is not None:
                found.append(new((item, number, "open")))
                opened = item
                column += 2
            if columns[-1] == column and indexes[-1] >= 0:
                indexes[-1] += 1
            else:
                columns.append(column)
                parents.append(opened)
                indexes.append(0)
            item = (*parents[-1], indexes[-1])
            rest = rest[2:]
            first = rest[:1]
        if first == '"':
            end = _closing_quote(rest)
            is_key = rest[end : end + 1] == ":"
            name = _unquoted(rest[:end]) if is_key else ""
            value = rest[end + 2 :]
        else:
            name, separator, value = rest.partition(": ")
            is_key = bool(separator)
            if not is_key and rest[-1] == ":":
                is_key = True
                name = rest[:-1]
        if not is_key:
            if item is None:
                return found
            if rest in _LITERAL_STARTS:
                found.append(new((item, number, "literal")))
                literal = column
            else:
                found.append(new((item, number, "scalar")))
            continue
        if item is not None:
            found.append(new((item, number, "open")))
            opened = item
            column += 2
        if columns[-1] == column and indexes[-1] >= 0:
            # The items of the list before this key stand no deeper than the key of that list.
            columns.pop()
            parents.pop()
            indexes.pop()
        if columns[-1] != column:
            columns.append(column)
            parents.append(opened)
            indexes.append(-1)
        pointer = (*parents[-1], name)
        if not value:
            found.append(new((pointer, number, "open")))
            opened = pointer
        elif value in _LITERAL_STARTS:
            found.append(new((pointer, number, "literal")))
            literal = column
        else:
            found.append(new((pointer, number, "scalar")))
    return found


def _closing_quote(text: str) -> int:
    """Give the offset just after the text in double quotes with which `text` starts."""
    end = text.find('"', 1)
    while end >= 0:
        backslashes = end - len(text[:end].rstrip("\\"))
        if backslashes % 2 == 0:
            return end + 1
        end = text.find('"', end + 1)
    return len(text)


@lru_cache(maxsize=4096)
def _unquoted(key: str) -> str:
    text: str = json.loads(key)
    return text
