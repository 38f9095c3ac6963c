"""Manifests are read as the API server reads them: words, numbers, tags, merges and doubled keys."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.yamltext.places import Source
from k8sgen.yamltext.served import read_served

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: words.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: words, singular: word, kind: Word, listKind: WordList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
"""
HEAD = "apiVersion: example.com/v1\nkind: Word\nmetadata: {name: word}\n"

WORDS = (
    *("y", "Y", "yes", "Yes", "YES", "yEs", "n", "N", "no", "No", "NO", "nO", "on", "On", "ON", "oN"),
    *("off", "Off", "OFF", "oFF", "true", "True", "TRUE", "tRue", "false", "False", "FALSE", "fALSE"),
    *("~", "null", "Null", "NULL", "nUll", "", "~~", "nil", "None", "t", "f", "o", "=", "<", "-", "+", "."),
    *("0", "1", "-1", "+1", "-0", "+0", "00", "01", "08", "09", "012", "-012", "+012", "0777", "0888"),
    *(
        "0o17",
        "0O17",
        "-0o17",
        "0o18",
        "0o",
        "0x1F",
        "0X1f",
        "-0x1F",
        "0xG",
        "0x",
        "0b11",
        "0B11",
        "-0b11",
        "0b12",
    ),
    *("1_000", "_1", "1_", "1__0", "0x_1", "0_7", "0o_7", "-1_0", "1_000.5", "1_0e3", "1e_3"),
    *("22:22", "1:2", "1:2:3", "-1:2", "190:20:30.15", "1.0:2"),
    *(
        "1.0",
        "1.",
        ".5",
        "-.5",
        "+.5",
        "0.10",
        "1.5.2",
        "1e3",
        "1E3",
        "1e+3",
        "1e-3",
        "6e5",
        "1.e5",
        ".5e2",
        "1e",
        "e3",
    ),
    *(".inf", ".Inf", ".INF", "+.inf", "-.inf", ".nan", ".NaN", ".NAN", ".iNf", "inf", "nan", "1_.5", "._5"),
    *("2001-01-01", "2001-1-1", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5", "2001-13-01"),
    *("9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808"),
    *(
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "1" + "0" * 30,
        "0x8000000000000000",
    ),
    *(
        "+9223372036854775808",
        "0.30000000000000004",
        "1e400",
        "1.7976931348623157e308",
        "100000000000000000000.5",
    ),
    *(
        "1k",
        "500m",
        "1Gi",
        "10%",
        "0x",
        "a b",
        "a:b",
        "http://x",
        "é",
        "12e",
        "0xe5",
        "1E",
        "+",
        "0.0",
        "-0.0",
    ),
    *(
        "!!str 12",
        "!!str on",
        "! 12",
        "!!int 12",
        "!!float 12",
        "!!bool y",
        "!!null ''",
        "!foo 12",
        "!!binary aGk=",
    ),
    *('"12"', "'on'", "|\n  12", ">\n  on", "[on, 012, a]", "{a: on, 1: b, y: c, 1.5: d}", "? a\n  : b"),
)
TEXTS = (
    "a: 1\na: 2\n",
    "a: 1\n'a': 2\n",
    "y: 1\ntrue: 2\n",
    "base: &b {x: 1, y2: 2}\nuse: {<<: *b}\n",
    "base: &b {x: 1}\nuse: {<<: *b, x: 2}\n",
    "base: &b {x: 1}\nuse: {x: 2, <<: *b}\n",
    "one: &one {x: 1}\ntwo: &two {x: 2, z: 3}\nuse: {<<: [*one, *two]}\n",
    "use: {<<: 1}\n",
    "use: {'<<': {x: 1}}\n",
    "a: &x [1, on]\nb: *x\n",
    "a: *nothing\n",
    "null: a\n",
    "~: a\n",
    "[a]: b\n",
    "{a: b}: c\n",
    "a: &b\n  c: *b\n",
    "a: [1, 2\n",
    "a: 'x\n",
    "a:\tb\n",
    "012: a\n",
    "on: a\noff: b\n",
    "2001-01-01: a\n",
    'a: 1 # comment\nb: "#"\n',
    "a: !!map {b: 1}\n",
    "a: !!set {b, c}\n",
    "a: !!seq [1]\n",
    'a: "\\x41\\u00e9\\n"\n',
    "a: >-\n  one\n  two\n\n  three\nb: |+\n  x\n\nc: |2\n    y\n",
    "a: b: c\n",
    "a: @b\n",
    "a: %b\n",
    "a: `b`\n",
    "? a\n? b\n",
    "a: - b\n",
    "- a\n",
    "a: 0x7fffffffffffffff\nb: 1e2\n",
    "a: {b: {c: 1, c: 2}}\n",
    "a: &x 1\nb: &x 2\nc: *x\n",
)


@pytest.fixture(scope="session")
def words(api_server: ApiServer, tmp_path_factory: pytest.TempPathFactory) -> ApiServer:
    """A server with a kind that keeps whatever it is given."""
    file = tmp_path_factory.mktemp("words") / "crd.yaml"
    file.write_text(DEFINITION)
    api_server.install_crds([file])
    return api_server


def ours(text: str) -> Any:
    """The object as we read it; None when it is refused."""
    documents = list(read_served(text, Source("word.yaml", Path())))
    if len(documents) != 1 or documents[0].problems or not finite(documents[0].value):
        return None
    return documents[0].value


def finite(value: Any) -> bool:
    """Whether JSON can say it."""
    if isinstance(value, dict):
        return all(finite(item) for item in value.values())
    if isinstance(value, list):
        return all(finite(item) for item in value)
    return not isinstance(value, float) or math.isfinite(value)


def comparable(value: Any) -> str:
    """JSON in which numbers that a double holds only about are doubles, and true is not 1."""
    if isinstance(value, dict):
        return repr({key: comparable(value[key]) for key in sorted(value)})
    if isinstance(value, list):
        return repr([comparable(item) for item in value])
    return repr(float(value) if type(value) is int and abs(value) > 2**53 else value)


def theirs(server: ApiServer, text: str) -> Any:
    """The object as the server read it; None when it is refused."""
    status, told = server.read(text)
    if status >= 300:
        return None
    told.pop("metadata")
    return told


def differences(server: ApiServer, texts: list[str]) -> dict[str, tuple[Any, Any]]:
    """By text, what the server reads and what we read, where they differ."""
    found = {}
    for text in texts:
        here = ours(HEAD + text)
        if here is not None:
            here.pop("metadata")
        there = theirs(server, HEAD + text)
        if comparable(here) != comparable(there):
            found[text] = (there, here)
    return found


def test_words_are_read_as_the_server_reads_them(words: ApiServer) -> None:
    """Each as a value, as an item and as a key."""
    texts = [f"value: {word}\n" for word in WORDS]
    texts += [f"{word}: value\n" for word in WORDS if word and "\n" not in word and word[0] not in "[{!?"]
    found = differences(words, texts)
    assert not found, "\n".join(
        f"{text!r}: server {there!r}, here {here!r}" for text, (there, here) in found.items()
    )


def test_texts_are_read_as_the_server_reads_them(words: ApiServer) -> None:
    """Merges, aliases, doubled keys, tags, blocks, and what is no YAML at all."""
    assert differences(words, list(TEXTS)) == {}


def test_random_words_are_read_as_the_server_reads_them(words: ApiServer) -> None:
    """Drawn from the characters of which numbers and dates are made."""
    draw = random.Random(0)  # noqa: S311 - not for secrets, but to draw the same each time
    drawn = ["".join(draw.choices("0123456789+-._eExXoObBaf:", k=draw.randint(1, 7))) for _ in range(400)]
    texts = [f"value: {word}\n" for word in drawn if not word.endswith(":")]
    found = differences(words, texts)
    assert not found, "\n".join(
        f"{text!r}: server {there!r}, here {here!r}" for text, (there, here) in found.items()
    )
