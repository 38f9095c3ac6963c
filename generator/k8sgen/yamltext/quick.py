"""Manifests read by a faster reader, where it provably reads what the API server reads.

ryaml takes a tenth of the time of `k8sgen.yamltext.served`. Both build on libyaml's grammar, so they
differ only in what plain words mean, in tags and merges, and in what they refuse. A text in which
one pattern finds none of that is read alike; for any other, the answer is None and `served` reads it.
The pattern errs towards None: comments and prose may look like such a word.
"""

from __future__ import annotations

import re
from typing import Any, Final

import orjson
import ryaml

_WORD: Final = (
    r"(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|T(?:rue|RUE)|F(?:alse|ALSE)|N(?:ull|ULL)"
    # Numbers, but for decimal ones of up to 15 figures whose fraction does not end in 0.
    r"|\+[.0-9]\S*|-?0[0-9_xXoObB][0-9a-fA-F_]*|-?[0-9]+_[0-9_.]*|-0|-?[0-9]{16,}"
    r"|-?[0-9]*\.[0-9]*0|-?[0-9]*\.|-?\.[0-9_]+|-?[0-9]+\.[0-9]*_[0-9_]*|-?[0-9]{16,}\.[0-9]*"
    r"|[-+.0-9][-+0-9._eE]*[_eE][-+0-9._eE]*|[-+]_\S*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
_AMBIGUOUS: Final = re.compile(
    rf"[ \[{{,:\n](?=[yYnNoOTFN+.0-9-])(?:{_WORD}[ ]*(?:$|#|[,\]}}:]|\r)|-?[0-9.]+[ ]*:(?:[ ]|$|\r))",
    re.MULTILINE,
)
_TRUTH_KEY: Final = re.compile(r"(?:^|[ \[{,])(?:true|false|null|~)[ ]*:(?:[ ]|$|\r)", re.MULTILINE)
_ON_SEPARATOR: Final = re.compile(r"^---[ ]+[^#\s]", re.MULTILINE)
_MARKED: Final = re.compile(r"(?:^|[ \[{,:])(?:[!&*]|\?[ ])", re.MULTILINE)
"""A tag, an anchor, an alias or a key of more than a word, or prose that looks so."""
_STRANGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u2028\u2029\ufffe\uffff]|\r(?!\n)")


def read_quick(text: str) -> list[Any] | None:
    """The documents of a text that hold something, as plain values; None when this reader might err."""
    if "\t" in text or "<<" in text or "\n..." in text or "\n%" in text or text[:1] in {"%", "."}:
        return None
    if _AMBIGUOUS.search(text) or _AMBIGUOUS.match("\n" + text[:80]):
        return None
    if any(sign in text for sign in ("true:", "false:", "null:", "~:", " :")) and _TRUTH_KEY.search(text):
        return None
    if any(sign in text for sign in "!&*?") and _MARKED.search(text):
        return None
    if "--- " in text and _ON_SEPARATOR.search(text):
        return None
    if not text.replace("\n", "").isprintable() and _STRANGE.search(text):
        return None
    if not text:
        return []
    try:
        values = [value for value in ryaml.loads_all(text) if value is not None]
        orjson.dumps(values)  # which refuses keys that are no text: `{12}`, `? `
    except (ryaml.InvalidYamlError, ValueError, TypeError):
        return None
    return values
