"""Characters that a reader must never get as they are: controls, halves of pairs, turners of direction."""

from __future__ import annotations

_SEEN = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
"""Controls, each as its sign of the block Control Pictures, one column wide like any letter."""
_REPLACED = dict.fromkeys(
    [
        *range(0x80, 0xA0),
        0x2028,
        0x2029,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    ],
    0xFFFD,
)
"""Further controls and line ends, marks that turn the direction of text, and what is no character."""
_HALVES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
"""Halves of surrogate pairs, such as bytes of a file's name that are not UTF-8."""
_VISIBLE = _SEEN | _REPLACED | _HALVES
_MULTILINE = {code: sign for code, sign in _VISIBLE.items() if chr(code) != "\n"}


def visible(text: str) -> str:
    """Text on one line in which a terminal finds nothing to obey, each character still one character."""
    return text.translate(_VISIBLE)


def plain(text: str) -> str:
    """Text that UTF-8 and XML can carry, its line breaks kept."""
    return text.translate(_MULTILINE)
