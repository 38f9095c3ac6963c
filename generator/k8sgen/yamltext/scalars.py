"""One value as one line of YAML that every reader reads back as exactly that value.

The readers are YAML 1.1 (PyYAML), YAML 1.2 (ruamel.yaml) and the API server (goyaml.v2). Text stands
unquoted where all three agree and in double quotes otherwise, with escapes that JSON, YAML 1.1 and
YAML 1.2 share. PyYAML's own dumper leaves `y`, `08`, `6e5` and `0o17` unquoted, and they become
booleans and numbers in the cluster: https://github.com/Shopify/krane/issues/818
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from k8sgen.errors import Problem, YamlError
from k8sgen.yamltext.plain import resolve

LONGEST_KEY: Final = 1000
"""Readers look for the ":" of a key within 1,024 characters, some within 1,024 bytes, quotes included."""

_LONGEST_CACHED: Final = 200

_PLAIN: Final = re.compile(
    r"(?!---|\.\.\.)"  # would mark the start or end of a document
    r"(?:[\w./$(~\\^;+]|-(?=[\w\-]))"
    r"(?:[\w./$()~\\^;+=@%!&*|<>?'\"#\-]|:(?=\S)| (?=[^ #]))*",
)
_ESCAPED: Final = re.compile(
    r'["\\\x00-\x1f\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]',
)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_SHORT_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\b": "\\b",
    "\f": "\\f",
}


def scalar(value: str | float | bool | None) -> str:
    """Give the YAML text of one value, without a line break.

    Raises YamlError for what YAML cannot hold or readers read differently: infinities and NaN,
    integers beyond 64 bits, and halves of surrogate pairs in text.
    """
    if type(value) is str:
        return _cached_text(value) if len(value) <= _LONGEST_CACHED else _text(value)
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return _float(value)
    return _text(str.__str__(value))


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """Give the YAML text of a map key, without its ":".

    Raises YamlError for keys that are longer than readers look for a ":".
    """
    shown = scalar(text)
    if len(shown) * 4 > LONGEST_KEY and (size := len(shown.encode())) > LONGEST_KEY:
        raise YamlError(
            Problem(
                f'the key "{text[:40]}…" takes {size} bytes',
                hint=f"keep it within {LONGEST_KEY} bytes: YAML readers look no further for the colon",
            ),
        )
    return shown


def quoted(text: str) -> str:
    """Give `text` in double quotes, whether or not it needs them."""
    if not text.isascii() and _SURROGATE.search(text):
        half = ord(_SURROGATE.findall(text)[0])
        raise YamlError(
            Problem(
                f"text holds U+{half:04X}, half of a surrogate pair, which UTF-8 cannot hold",
                hint="give the text as UTF-8",
            ),
        )
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _SHORT_ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and type(resolve(text)) is str:
        return text
    return quoted(text)


_cached_text: Final = lru_cache(maxsize=16384)(_text)


def _integer(value: int) -> str:
    if not -(2**63) <= value < 2**64:
        digits = int(value.bit_length() * math.log10(2)) + 1
        raise YamlError(
            Problem(
                f"an integer of about {digits} digits is beyond the 64 bits that YAML readers keep",
                hint="write it as text",
            ),
        )
    return int.__repr__(value)


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise YamlError(Problem(f'"{value}" is not a finite number', hint="write a number, or text"))
    shown = float.__repr__(value)
    mantissa, exponent_mark, exponent = shown.partition("e")
    if exponent_mark and "." not in mantissa:
        return f"{mantissa}.0e{exponent}"
    return shown
