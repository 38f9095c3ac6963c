"""Bytes as text: UTF-8 within a size, without characters that readers refuse or take for line breaks."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from k8sgen.errors import Place, Problem, YamlError

if TYPE_CHECKING:
    from k8sgen.yamltext.places import Source

LARGEST_FILE: Final = 1024 * 1024
"""In bytes; a ConfigMap may hold no more (https://kubernetes.io/docs/concepts/configuration/configmap/)."""

MOST_PROBLEMS: Final = 50
"""After so many problems of one file the others are left for the next run."""

_REFUSED: Final = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)",
)


def decoded(text: str | bytes, source: Source) -> str:
    """Give the text without its byte order mark, or raise what is wrong with its size and characters."""
    if len(text) > LARGEST_FILE:
        unit = "bytes" if isinstance(text, bytes) else "characters"
        raise YamlError(
            Problem(
                f"the file has {len(text)} {unit}, more than {LARGEST_FILE}",
                Place(source.file, 1, 1),
                "split it into several files",
            ),
        )
    if isinstance(text, bytes):
        text = _from_utf8(text, source)
    text = text.removeprefix("\ufeff")
    problems = [
        _refused_character(match[0], place_at(text, match.start(), source))
        for match in islice(_REFUSED.finditer(text), MOST_PROBLEMS)
    ]
    if problems:
        raise YamlError(*problems)
    return text


def _from_utf8(content: bytes, source: Source) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            problem = Problem("the file is UTF-16, not UTF-8", Place(source.file, 1, 1), "save it as UTF-8")
        else:
            before = content[: error.start].decode("utf-8").removeprefix("\ufeff")
            place = place_at(before, len(before), source)
            problem = Problem(
                f"byte 0x{content[error.start]:02x} is not UTF-8", place, "save the file as UTF-8"
            )
        raise YamlError(problem) from error


def place_at(text: str, index: int, source: Source) -> Place:
    """Give the place of the character at `index`, which counts from 0."""
    start = text.rfind("\n", 0, index) + 1
    return Place(source.file, text.count("\n", 0, index) + 1, index - start + 1)


def _refused_character(character: str, place: Place) -> Problem:
    code = f"U+{ord(character):04X}"
    if character == "\r":
        return Problem("a carriage return without a line feed", place, "end lines with a line feed")
    if character in "\u2028\u2029":
        hint = f'write a line break, or "\\u{ord(character):04x}" in double quotes'
        return Problem(f"{code} is a line break to YAML 1.1 readers and text to others", place, hint)
    if character == "\x85":
        message = f"{code} is a line break to YAML 1.1 readers and text to others"
        return Problem(message, place, "end lines with a line feed")
    if character == "\ufeff":
        return Problem(f"{code}, a byte order mark, inside the text", place, "remove it")
    if "\ud800" <= character <= "\udfff":
        return Problem(
            f"{code}, half of a surrogate pair, is no character", place, "write the character itself"
        )
    if character in "\ufffe\uffff":
        return Problem(f"{code} is no character", place, "remove it")
    return Problem(f"{code} is a control character", place, "remove it")
