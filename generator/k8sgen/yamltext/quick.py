"""Manifests read by a faster reader, where it provably reads what the API server reads.

ryaml takes a tenth of the time of `k8sgen.yamltext.served`. Both build on libyaml's grammar, so they
differ only in what plain words mean, in tags and merges, and in what they refuse. A text in which
one pattern finds none of that is read alike; for any other, the answer is None and `served` reads it.
The pattern errs towards None: comments and prose may look like such a word.

The pattern is asked as that of a JSON Schema: jsonschema-rs, which validates the objects anyway, has
the regular expressions of Rust, which take a thirtieth of the time of Python's. They have no
looking around, so each alternative takes what stands before and behind the word.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
import ryaml

if TYPE_CHECKING:
    from jsonschema_rs import Validator

_BEFORE: Final = r"(?:^|[ \[{,:\n])"
_WORD: Final = (
    r"[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|T(?:rue|RUE)|F(?:alse|ALSE)|N(?:ull|ULL)"
    # Numbers, but for decimal ones of up to 15 figures whose fraction does not end in 0.
    r"|\+[.0-9][^ \r\n]*|-?0[0-9_xXoObB][0-9a-fA-F_]*|-?[0-9]+_[0-9_.]*|-0|-?[0-9]{16,}"
    r"|-?[0-9]*\.[0-9]*0|-?[0-9]*\.|-?\.[0-9_]+|-?[0-9]+\.[0-9]*_[0-9_]*|-?[0-9]{16,}\.[0-9]*"
    r"|[-+.0-9][-+0-9._eE]*[_eE][-+0-9._eE]*|[-+]_[^ \r\n]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_UNSURE: Final = (
    rf"{_BEFORE}(?:{_WORD})[ ]*(?:$|[#,\]}}:\r\n])",
    # A key that is a number, a truth value or null.
    rf"{_BEFORE}(?:-?[0-9.]+|true|false|null|~)[ ]*:(?:$|[ \r\n])",
    # A tag, an anchor, an alias or a key of more than a word, or prose that looks so; a merge.
    rf"{_BEFORE}(?:[!&*]|\?[ \r\n])|<<",
    # A directive, the end of a document, and a document that begins on its separator.
    r"(?:^|\n)(?:%|\.\.\.|---[ ]+[^# \r\n])|^\.",
    # Tabs, and characters that YAML forbids or reads as the end of a line.
    r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u2028\u2029\ufffe\uffff]|\r(?:[^\n]|$)",
)


@cache
def gate() -> Validator:
    """What takes a text in which the pattern finds nothing; made when the first file is read."""
    from jsonschema_rs import Draft202012Validator, RegexOptions

    return Draft202012Validator({"not": {"pattern": "|".join(_UNSURE)}}, pattern_options=RegexOptions())


class Quick(NamedTuple):
    """The documents of a text that hold something, as plain values."""

    values: list[Any]
    has_nulls: bool = False
    """Whether there is a null anywhere in them, or the word in a text."""


def read_quick(text: str) -> Quick | None:
    """The documents of a text; None when this reader might err."""
    if not text:
        return Quick([])
    try:
        if not gate().is_valid(text):
            return None
        values = [value for value in ryaml.loads_all(text) if value is not None]
        # Which refuses keys that are no text: `{12}`, `? `. Nulls are found in it faster than by a walk.
        written = orjson.dumps(values)
    except (ryaml.InvalidYamlError, ValueError, TypeError):
        return None
    return Quick(values, b"null" in written)
