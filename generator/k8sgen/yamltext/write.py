"""Values as block-style YAML, the way people write manifests.

Two spaces a level, list items indented under their key, text of several lines as a literal block,
maps in their own order. No anchors, no folding, no flow style but `{}` and `[]`.
"""

from __future__ import annotations

import re
from typing import Any, Final

from k8sgen.yamltext.scalars import key, scalar

_NOT_LITERAL: Final = re.compile(
    r"\A[ \t\n]"  # a reader takes the indentation of a block from its first line
    r"|[ \t]\n|[ \t]\Z"  # trailing blanks are invisible, and editors remove them
    r"|\n\n\Z"  # would need "|+", which takes in the blank lines that follow
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]",
)


def document(value: Any) -> str:
    """Give `value` as the text of one document, without "---"."""
    return block(value) + "\n"


def block(value: Any, indent: int = 0) -> str:
    """Give `value` in block style, every line `indent` spaces in, without a final line break.

    A literal block at its end needs that line break: put one after it.
    """
    lines: list[str] = []
    margin = " " * indent
    if isinstance(value, dict) and value:
        _map(value, margin, margin, lines)
    elif isinstance(value, (list, tuple)) and value:
        _list(value, margin, margin, lines)
    else:
        _leaf(value, margin, margin + "  ", lines)
    return "\n".join(lines)


def _map(value: dict[str, Any], first: str, margin: str, lines: list[str]) -> None:
    """Add a map whose first key stands after `first` (perhaps a dash) and whose others stand after `margin`."""
    deeper = margin + "  "
    start = first
    for name, held in value.items():
        kind = type(held)
        if kind is str and "\n" not in held:
            lines.append(f"{start}{key(name)}: {scalar(held)}")
        elif isinstance(held, dict) and held:
            lines.append(f"{start}{key(name)}:")
            _map(held, deeper, deeper, lines)
        elif isinstance(held, (list, tuple)) and held:
            lines.append(f"{start}{key(name)}:")
            _list(held, deeper, deeper, lines)
        else:
            _leaf(held, f"{start}{key(name)}: ", deeper, lines)
        start = margin


def _list(value: list[Any] | tuple[Any, ...], first: str, margin: str, lines: list[str]) -> None:
    """Add a list whose first dash stands after `first` (perhaps a dash too) and whose others stand after `margin`."""
    deeper = margin + "  "
    start = first
    for held in value:
        if isinstance(held, dict) and held:
            _map(held, start + "- ", deeper, lines)
        elif isinstance(held, (list, tuple)) and held:
            _list(held, start + "- ", deeper, lines)
        else:
            _leaf(held, start + "- ", deeper, lines)
        start = margin


def _leaf(value: Any, start: str, deeper: str, lines: list[str]) -> None:
    """Add a value that holds no others; lines after its first, if any, stand after `deeper`."""
    if isinstance(value, str):
        if "\n" not in value or _NOT_LITERAL.search(value):
            lines.append(start + scalar(value))
            return
        body = value.split("\n")
        if body[-1]:
            lines.append(start + "|-")
        else:
            lines.append(start + "|")
            body.pop()
        lines.extend(deeper + line if line else "" for line in body)
    elif isinstance(value, dict):
        lines.append(start + "{}")
    elif isinstance(value, (list, tuple)):
        lines.append(start + "[]")
    else:
        lines.append(start + scalar(value))
