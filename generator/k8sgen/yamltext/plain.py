"""What an unquoted word means to the readers of YAML 1.1, of YAML 1.2 and to the API server.

They differ: PyYAML reads `on` as true and `22:22` as 1342, ruamel.yaml reads both as text, and the
API server (goyaml.v2 `resolve.go`) reads `y` as true and `0o17` as 15.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Trap(NamedTuple):
    """Why an unquoted word is refused, and what to write instead ("" when only quotes help)."""

    reason: str
    instead: str = ""


LARGEST_INTEGER: Final = 2**53
"""JSON readers that hold numbers as doubles keep every integer up to here (RFC 8259, section 6)."""

WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "~": None, "": None}

_LIKE_TRUE: Final = {"y": "true", "yes": "true", "on": "true", "n": "false", "no": "false", "off": "false"}
_SPELLED: Final = frozenset(("true", "false", "null"))
_LONGEST_WORD: Final = 5

_INTEGER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT: Final = re.compile(r"(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?")
_OCTAL: Final = re.compile(r"[-+]?0[0-7]+")
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_RADIX: Final = re.compile(r"[-+]?0(?:[xX]_*[0-9a-fA-F][0-9a-fA-F_]*|[oO]_*[0-7][0-7_]*|[bB]_*[01][01_]*)")
_EMPTY_RADIX: Final = re.compile(r"[-+]?0[xXoObB]_+")
_LOOSE_FLOAT: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_GROUPED: Final = re.compile(
    r"[-+]?[0-9_]+(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9_]+)?"
)
_SEXAGESIMAL: Final = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_DATE: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?",
)
_NOT_FINITE: Final = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_NUMBER_START: Final = frozenset("-+.0123456789")


def resolve(text: str) -> str | int | float | bool | Trap | None:
    """Give the value that every reader sees in the unquoted `text`, or the trap that it is.

    Decimal integers up to 2**53, decimal floats, `true`, `false`, `null`, `~` and nothing at all are
    values; whatever one reader takes for a number, a truth value or a date and another does not is a trap.
    """
    if text[:1] in _NUMBER_START and text:
        return _resolve_number(text)
    if len(text) > _LONGEST_WORD:
        return text
    if text in WORDS:
        return WORDS[text]
    lowered = text.lower()
    if lowered in _LIKE_TRUE:
        meaning = _LIKE_TRUE[lowered]
        if text in (lowered, lowered.upper(), lowered.capitalize()):
            return Trap(f"is {meaning} to YAML 1.1 readers and text to others", meaning)
        return Trap(f"is text, but looks like a YAML 1.1 {meaning}", meaning)
    if lowered in _SPELLED:
        if text in (lowered.upper(), lowered.capitalize()):
            return Trap(f"is another spelling of {lowered}", lowered)
        return Trap(f"is text, but looks like {lowered}", lowered)
    if text == "=":
        return Trap("is a special value to YAML 1.1 readers and text to others")
    if text == "<<":
        return Trap("is the merge key to YAML 1.1 readers and text to others")
    return text


def _resolve_number(text: str) -> str | int | float | Trap:
    if _INTEGER.fullmatch(text):
        return _exact(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else Trap("is too large for a number")
    if _DECIMAL.fullmatch(text):
        return _leading_zero(text)
    if _LOOSE_FLOAT.fullmatch(text):
        number = float(text)
        if abs(number) == float("inf"):
            return Trap("is too large for a number")
        shown = str(int(number)) if number.is_integer() and abs(number) <= LARGEST_INTEGER else repr(number)
        return Trap(f"is text to YAML 1.1 readers and {shown} to others", shown)
    return _odd_number(text) or text


def _exact(text: str) -> int | Trap:
    too_long = len(text) > len(str(LARGEST_INTEGER)) + 1
    if too_long or abs(int(text)) > LARGEST_INTEGER:
        return Trap(f"is beyond {LARGEST_INTEGER}, the largest integer that every JSON reader keeps exactly")
    return int(text)


def _leading_zero(text: str) -> Trap:
    if len(text) > len(str(LARGEST_INTEGER)):
        return Trap("is a number with a leading zero, which readers take for different values")
    decimal = int(text)
    if not _OCTAL.fullmatch(text):
        return Trap(f"is text to YAML 1.1 readers and {decimal} to others", str(decimal))
    octal = int(text, 8)
    if octal == decimal:
        return Trap(f"is {decimal} to some readers and text to others", str(decimal))
    return Trap(f"is {octal} to YAML 1.1 readers and {decimal} to others", f"{octal} or {decimal}")


def _odd_number(text: str) -> Trap | None:
    """Name what some readers take for a number or a date, in a notation that others do not know."""
    if _RADIX.fullmatch(text):
        number = int(text.replace("_", ""), 0)
        if abs(number) > LARGEST_INTEGER:
            return Trap("is a number to some readers and text to others")
        return Trap(f"is {number} to some readers and text to others", str(number))
    if _EMPTY_RADIX.fullmatch(text):
        return Trap("is a number to some readers and text to others")
    if _SEXAGESIMAL.fullmatch(text):
        return Trap("is a number in base 60 to YAML 1.1 readers and text to others")
    if _GROUPED.fullmatch(text):
        digits = text.replace("_", "")
        shown = digits if _INTEGER.fullmatch(digits) or _FLOAT.fullmatch(digits) else ""
        return Trap(f"is {shown or 'a number'} to YAML 1.1 readers and text to others", shown)
    if _DATE.fullmatch(text):
        return Trap("is a date to YAML 1.1 readers and text to others")
    if _NOT_FINITE.fullmatch(text):
        return Trap("is not a finite number")
    return None
