"""Mutations of the YAML text itself: doubled keys, words that are no text, anchors, indentation.

A mutation takes the text and gives another, or the same when it found nothing to change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

WORDS = (
    "on", "off", "yes", "no", "y", "N", "true", "True", "null", "~", "Null", "012", "0o17", "0x1F", "08", "1e3", "1_000", "22:22", ".inf",
    "-.inf", ".nan", "2001-01-01", "1.0", "1.10", "+1", "-0", "0b11", "<<", "=", "", "!!str 1", "!!int '1'", "!!binary aGk=", "!x a",
    "'1'", '"on"', "@a", "`a`", "%a", "a: b", "a #b", "[a, b]", "{a: b}", "- a", "*a", "&a b", "|", ">", "? a", "1e400", "0.1e-2",
)  # fmt: skip
HUGE = (
    str(2**31), str(2**32), str(-(2**31) - 1), str(2**53 + 1), str(2**63 - 1), str(2**63), str(2**64 - 1), str(2**64), str(-(2**63)),
    "100000000000000000000", "1e10", "1e19", "1e400", "1e-400", "2147483647", "-2147483648", "1.0", "80.0", "1.5e1",
)  # fmt: skip
_number_line = re.compile(r"^(.*: |\s*- )(-?[0-9]+)$")
_scalar_line = re.compile(r"^(\s*(?:- )*[^\s:#]+: )([^|>{\[].*)$")
_key_line = re.compile(r"^(\s*)((?:- )*)([^\s:#'\"]+):(.*)$")


def _lines_like(lines: list[str], pattern: re.Pattern[str]) -> list[int]:
    return [index for index, line in enumerate(lines) if pattern.match(line)]


def _line_like(random: Random, lines: list[str], pattern: re.Pattern[str]) -> tuple[int, re.Match[str]]:
    return random.choice(
        [(index, match) for index, line in enumerate(lines) if (match := pattern.match(line))]
    )


def key_doubled(random: Random, text: str) -> str:
    """A key stands twice in a map, with the same or another value."""
    lines = text.split("\n")
    at, match = _line_like(random, lines, _scalar_line)
    value = match[2] if random.random() < 0.5 else random.choice(("a", "1", "null", "{}"))
    again = re.sub(r"- ", "  ", match[1]) + value
    lines.insert(at + 1, again)
    return "\n".join(lines)


def word_ambiguous(random: Random, text: str) -> str:
    """A value as a word that readers of YAML take for different things."""
    lines = text.split("\n")
    at = random.choice(_lines_like(lines, _scalar_line))
    lines[at] = _scalar_line.sub(lambda match: match[1] + random.choice(WORDS), lines[at])
    return "\n".join(lines)


def huge_integer(random: Random, text: str) -> str:
    """A number that 32 or 64 bits do not hold, or in another spelling."""
    lines = text.split("\n")
    numbers = _lines_like(lines, _number_line)
    if numbers:
        at = random.choice(numbers)
        lines[at] = _number_line.sub(lambda match: match[1] + random.choice(HUGE), lines[at])
    return "\n".join(lines)


def quotes_removed(random: Random, text: str) -> str:
    """A quoted value without its quotes."""
    lines = text.split("\n")
    quoted = [index for index, line in enumerate(lines) if re.search(r": (['\"]).*\1$", line)]
    if quoted:
        at = random.choice(quoted)
        lines[at] = re.sub(r": (['\"])(.*)\1$", r": \2", lines[at])
    return "\n".join(lines)


def indentation_changed(random: Random, text: str) -> str:
    """A line one or two blanks too far in or out, or indented with a tab."""
    lines = text.split("\n")
    at = random.choice([index for index, line in enumerate(lines) if line.startswith("  ")])
    line = lines[at]
    lines[at] = random.choice((line[2:], line[1:], " " + line, "  " + line, "\t" + line.lstrip(" ")))
    return "\n".join(lines)


def aliased(random: Random, text: str) -> str:
    """A value with an anchor, and an alias of it, good or bad, somewhere below."""
    lines = text.split("\n")
    places = _lines_like(lines, _scalar_line)
    first, second = sorted(random.sample(places, 2))
    lines[first] = _scalar_line.sub(lambda match: f"{match[1]}&a {match[2]}", lines[first])
    name = "a" if random.random() < 0.8 else "b"
    lines[second] = _scalar_line.sub(lambda match: f"{match[1]}*{name}", lines[second])
    return "\n".join(lines)


def merged(random: Random, text: str) -> str:
    """A map laid into another by `<<`, in front of its keys or behind one of them."""
    lines = text.split("\n")
    maps = [index for index, line in enumerate(lines) if re.match(r"^\s*[^\s:#-]+:$", line)]
    with_anchor = [
        index for index in maps if index + 1 < len(lines) and not lines[index + 1].lstrip().startswith("-")
    ]
    if not with_anchor:
        return text
    first = random.choice(with_anchor)
    later = [index for index in _lines_like(lines, _scalar_line) if index > first + 1]
    if not later:
        return text
    second = random.choice(later)
    lines[first] += " &m"
    margin = re.sub(r"- ", "  ", _scalar_line.sub(r"\1", lines[second]))
    margin = margin[: len(margin) - len(margin.lstrip())]
    lines.insert(second + 1, f"{margin}<<: {random.choice(('*m', '[*m]', '[*m, *m]', 'a', '{x: y}', '{}'))}")
    return "\n".join(lines)


def line_lost(random: Random, text: str) -> str:
    """A line is gone."""
    lines = text.split("\n")
    del lines[random.randrange(len(lines) - 1)]
    return "\n".join(lines)


def line_doubled(random: Random, text: str) -> str:
    """A line stands there twice."""
    lines = text.split("\n")
    at = random.randrange(len(lines) - 1)
    lines.insert(at, lines[at])
    return "\n".join(lines)


def dash_changed(random: Random, text: str) -> str:
    """An item loses its dash, or a field gets one."""
    lines = text.split("\n")
    at, match = _line_like(random, lines, _key_line)
    if match[2]:
        lines[at] = f"{match[1]}{' ' * len(match[2])}{match[3]}:{match[4]}"
    else:
        lines[at] = f"{match[1]}- {match[3]}:{match[4]}"
    return "\n".join(lines)
