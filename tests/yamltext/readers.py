"""The readers that have to agree, and values that make readers disagree."""

from __future__ import annotations

import math
from typing import Any, Final

import ryaml
import yaml
from hypothesis import strategies as st
from ruamel.yaml import YAML


def yaml_1_1(text: str) -> Any:
    """Read as YAML 1.1 says."""
    return yaml.load(text, yaml.CSafeLoader)


def yaml_1_2(text: str) -> Any:
    """Read as YAML 1.2 says."""
    return YAML(typ="safe", pure=True).load(text)


def rust(text: str) -> Any:
    """Read as the reader does that checks our own output."""
    return ryaml.loads(text)


READERS: Final = (yaml_1_1, yaml_1_2, rust)


def same(one: Any, other: Any) -> bool:
    """Compare values and types, the sign of zero and the order of keys too."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return bool(one == other)


WORDS: Final = (  # noqa: SIM905 - a list literal would hide the words among quotes
    "y Y yes Yes yEs n N no NO on On off OFF oFF true True TRUE tRue false null Null NULL nULL ~ = << ! & * "
    "- -- --- ... . .. ? : | > | |- >- % @ ` # \" ' [] {} [a] {a} , 0 -0 +0 00 012 -012 +012 08 09 0o17 0O17 0x1F "
    "0X1f 0x 0b11 0b 0b2 1_000 _1 1_ -_ +_ ._ -._ 1__0 0_7 0x_1 0x_ 0b_ 22:22 1:30 1:60 1:2:3.5 190:20:30 22:22:22 "
    "2024-01-01 2024-1-1 2024-01-01T00:00:00Z 2001-12-14t21:59:43.10-05:00 .inf -.inf +.Inf .INF .nan .NaN -.nan "
    "inf nan infinity Infinity NaN 1e3 1E3 1.5e3 1.5e+3 1.e3 1.e+3 .5 -.5 +.5 5. 5.e1 .5e3 .5e+3 1e400 1.0e+400 "
    "1e-400 00.5 01.5 +5 +1.5 1.10 1_000.5 1.2.3 10.0.0.1 0.0.0.0/0 0x1p-2 100m 64Mi 25% 8080:80 9007199254740993 "
    "18446744073709551616 -9223372036854775809 1,000 12e03 1d 1f 0d10 0777L --flag=x -Xmx1g $(POD_IP) ${HOME} {{x}} a#b a:b a::b "
    "::1 a, "
    "null: a: :a -a ?a :: &a *a !a !!str %a @a `a ~a ~/x /x a/b.c +a =a <a >a |a 'a \"a a' a\" \\n \\ a\\b"
).split()

FRAGMENTS: Final = (
    *WORDS,
    *(
        "- ",
        ": ",
        " #",
        "# ",
        "? ",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "{{ .Values.x }}",
        "${}",
        "\x00",
        "\x07",
    ),
    *(
        "\x1b",
        "\x7f",
        "\x80",
        "\x85",
        "\x9f",
        "\xa0",
        "\xad",
        "\u200b",
        "\u200d",
        "\u2028",
        "\u2029",
        "\u202e",
        "\ufeff",
    ),
    *(
        "\ufffe",
        "\uffff",
        "\ufffd",
        "\U0001f600",
        "👩\u200d💻",
        "é",
        "日本",
        "٣",
        "\U0010ffff",
        "\U0001fffe",
        "a",
        "b c",
    ),
)

texts = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text("-+.0123456789_:eExobntTfyYN~ ", max_size=8),
    st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join),
)
integers = st.one_of(st.integers(-(2**63), 2**64 - 1), st.integers(-1000, 100_000))
floats = st.floats(allow_nan=False, allow_infinity=False)
leaves = st.one_of(texts, integers, floats, st.booleans(), st.none())
keys = texts.filter(lambda text: len(text) < 100)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=12,
)
