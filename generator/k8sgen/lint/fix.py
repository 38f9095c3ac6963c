"""Mending a file where that is certain and local: comments, order and formatting stay as they are.

An edit changes the characters of one value or key, adds one line or takes lines out. Each is tried on a copy, read
again, and kept only when the document then says exactly what it said before, but for the edit.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.ignores import block
from k8sgen.lint.rule import Remove, Rename, Set
from k8sgen.manifests import FilePlaces, ManifestFile
from k8sgen.yamltext.places import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Iterable

    from k8sgen.lint.rule import Edit
    from k8sgen.lint.sift import Mendable
    from k8sgen.yamltext.places import Mark

_SCALAR = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\[\]{},#&*!|>'\"%@`][^\[\]{},]*?(?=\s+#|:\s|:$|\s*$|[,\]}])"
)


class Mended(NamedTuple):
    """The new text of a file, and how many findings were mended in it."""

    text: str
    findings: int


def mend(text: str, name: str, mendable: Iterable[Mendable]) -> Mended:
    """The text with every edit that can be made; a finding is mended as a whole or not at all."""
    count = 0
    for each in mendable:
        places = each.fault.manifest.places
        if not isinstance(places, FilePlaces):
            continue
        changed: str | None = text
        for edit in each.fault.edits:
            changed = None if changed is None else edited(changed, name, places, edit)
        if changed is not None and changed != text:
            text, count = changed, count + 1
    return Mended(text, count)


def edited(text: str, name: str, places: FilePlaces, edit: Edit) -> str | None:
    """The text with one edit; None when it cannot be made here."""
    file = ManifestFile(name, text)
    documents = file.documents
    if places.number >= len(documents):
        return None
    pointer = (*places.base, *edit.pointer)
    holder: Any = documents[places.number]
    for step in pointer[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return None
    changed = _changed(text, holder, pointer[-1], edit)
    if changed is None:
        return None
    wanted = deepcopy(_plain(documents))
    _apply(wanted[places.number], pointer, edit)
    return changed if _plain(ManifestFile(name, changed).documents) == wanted else None


def _changed(text: str, holder: Any, key: str | int, edit: Edit) -> str | None:
    if not isinstance(holder, (Map, Seq)):
        return None
    try:
        mark: Mark | None = holder.marks[key]  # type: ignore[index]  # a Map has keys, a Seq numbers
    except (KeyError, IndexError, TypeError):
        mark = None
    if isinstance(edit, Set):
        from k8sgen.yamltext.scalars import scalar

        if mark is not None:
            return _replaced(text, mark.line, mark.column, scalar(edit.value))
        return _added(text, holder, str(key), edit.value)
    if mark is None:
        return None
    if isinstance(edit, Rename):
        if not isinstance(holder, Map):
            return None
        return _replaced(text, mark.key_line, mark.key_column, edit.key)
    return _removed(text, mark)


def _replaced(text: str, line: int, column: int, new: str) -> str | None:
    """The text with the scalar at a place replaced."""
    lines = text.split("\n")
    match = _SCALAR.match(lines[line - 1].rstrip("\r"), column - 1)
    if match is None:
        return None
    old = lines[line - 1]
    lines[line - 1] = old[: match.start()] + new + old[match.end() :]
    return "\n".join(lines)


def _added(text: str, holder: Any, key: str, value: Any) -> str | None:
    """The text with a new key at the end of a map in block style, or at the start of one in flow style."""
    if not isinstance(holder, Map) or holder.mark is None or not holder.marks:
        return None
    lines = text.split("\n")
    written = _flow(value)
    line, column = holder.mark.line, holder.mark.column
    if lines[line - 1][column - 1 : column] == "{":
        old = lines[line - 1]
        lines[line - 1] = f"{old[:column]}{key}: {written}, {old[column:]}"
        return "\n".join(lines)
    last = max(mark.key_line for mark in holder.marks.values())
    depth = min(mark.key_column for mark in holder.marks.values()) - 1
    # The key may stand behind the dash of an item, which is no block of its own.
    as_key = [*lines]
    as_key[last - 1] = " " * depth + lines[last - 1][depth:]
    _, end = block(as_key, last)
    ending = "\r" if lines[last - 1].endswith("\r") else ""
    lines.insert(end, f"{' ' * depth}{key}: {written}{ending}")
    return "\n".join(lines)


def _removed(text: str, mark: Mark) -> str | None:
    """The text without the lines of a key or item that has its lines for itself."""
    lines = text.split("\n")
    before = lines[mark.key_line - 1][: mark.key_column - 1]
    if before.strip(" -") or (before.strip() and before.count("-") > 1):
        return None
    first, last = block(lines, mark.key_line)
    del lines[first - 1 : last]
    return "\n".join(lines)


def _flow(value: Any) -> str:
    from k8sgen.yamltext.scalars import scalar

    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    return scalar(value)


def _apply(document: Any, pointer: tuple[str | int, ...], edit: Edit) -> None:
    """The edit on values."""
    holder = document
    for step in pointer[:-1]:
        holder = holder[step]
    if isinstance(edit, Set):
        holder[pointer[-1]] = edit.value
    elif isinstance(edit, Remove):
        del holder[pointer[-1]]
    else:
        holder[edit.key] = holder.pop(pointer[-1])


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
