"""The faster reader serves only where it reads what the API server reads."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from k8sgen.yamltext.places import Source
from k8sgen.yamltext.quick import read_quick
from k8sgen.yamltext.served import read_one, read_served
from tests.controlplane.test_reading import TEXTS, WORDS
from tests.yamltext.readers import FRAGMENTS
from tests.yamltext.readers import WORDS as MORE_WORDS

EVERY_WORD = tuple(dict.fromkeys((*WORDS, *MORE_WORDS, *FRAGMENTS)))
POSITIONS = (
    "§",
    "§\n",
    "a: §\n",
    "a: §",
    "a: § # why\n",
    "a: §\r\nb: c\r\n",
    "a:   §   \n",
    "a:\n  §\n",
    "a:\n  b: §\n  c: d\n",
    "a:§\n",
    "§: a\n",
    "§ : a\n",
    "b: c\n§: a\n",
    "b:\n  §: a\n",
    "§:\n  a: b\n",
    "§:\n",
    "- §\n",
    "-   §\n",
    "- a\n- §",
    "- - §\n",
    "- - - §\n",
    "- §: a\n",
    "- - §: a\n",
    "- b: §\n  c: d\n",
    "a:\n- §\n",
    "a:\n  - §\n  - x\n",
    "[§]\n",
    "[ § ]\n",
    "[a, §]\n",
    "[a,§]\n",
    "[§,a]\n",
    "[a, §, b]\n",
    "a: [\n  §,\n  b\n]\n",
    "a: [\n§\n]\n",
    "{a: §}\n",
    "{a: §, b: c}\n",
    "{§: a}\n",
    "{ §: a }\n",
    "{b: c,§: a}\n",
    "{§}\n",
    "{§, b}\n",
    '{"a":§}\n',
    '["a",§]\n',
    '["a",{"b":§}]\n',
    "[a: §]\n",
    "[§: a]\n",
    "? §\n",
    "? §\n: a\n",
    "? a\n: §\n",
    "- ? §\n",
    "'§'\n",
    '"§"\n',
    "a: '§'\n",
    'a: "§"\n',
    "'§': a\n",
    '"§": a\n',
    "a: |\n  §\n",
    "a: >\n  §\n  b\n",
    "a: |-\n  §\nb: c\n",
    "a: |2\n    §\n",
    "a: b\n  §\n",
    "a: b §\n",
    "a: § b\n",
    "a:\n  b\n  §\n",
    "# §\na: b\n",
    "a: b # §\n",
    "--- §\n",
    "---\n§\n",
    "---\n§\n---\na: b\n",
    "a: b\n---\n§",
    "a: b\n--- # §\n",
    "a: b\n...\n§\n",
    "§\n---\n§\n",
    "a: §\n---\nb: §\n",
    "a: §\na: c\n",
    "§: a\n§: b\n",
    "a: &x §\n",
    "a: &x §\nb: *x\n",
    "a: !!str §\n",
    "a: ! §\n",
    "&x §: a\n",
    "\ta: §\n",
    "a:\t§\n",
    "a: §\t\n",
    "\ufeff§: a\n",
    "\ufeffa: §\n",
    "%YAML 1.1\n---\na: §\n",
    "§§",
    "a: § §\n",
    "a: §: §\n",
    "a: §\n b\n",
    "a: §\n\n\n",
    "\n\n§: a\n",
    "  §: a\n  b: c\n",
    "a: [§: b]\n",
    "a: {b: §\n  , c: d}\n",
    "a: {b: §\n}\n",
    "a: [b,\n§]\n",
)
"""Texts in which `§` is the word that is tried."""


def exactly(value: Any) -> Any:
    """A value in which 1, 1.0 and true are three, and so are 0.0 and -0.0."""
    if isinstance(value, dict):
        return [(exactly(key), exactly(value[key])) for key in value]
    if isinstance(value, list):
        return [exactly(item) for item in value]
    sign = math.copysign(1, value) if isinstance(value, float) else 0
    return (type(value).__name__, repr(value), sign)


def disagreement(text: str) -> str:
    """How the quick reader errs on a text; nothing when it reads as it should, or declines."""
    quick = read_quick(text)
    if quick is None:
        return ""
    documents = list(read_served(text, Source("manifests.yaml", Path())))
    problems = [str(problem) for document in documents for problem in document.problems]
    served = [document.value for document in documents if document.value is not None]
    if not problems and exactly(quick.values) == exactly(served):
        return ""
    return f"{text!r}: quick {quick.values!r}, served {served!r} {problems}"


@pytest.mark.parametrize("position", POSITIONS)
def test_each_word_in_each_position(position: str) -> None:
    """All the words with which the API server's reader was measured."""
    wrong = [found for word in EVERY_WORD if (found := disagreement(position.replace("§", word)))]
    assert wrong == []


def test_texts_of_the_control_plane() -> None:
    """The texts that a real API server was asked about."""
    assert [found for text in TEXTS if (found := disagreement(text))] == []


def test_ordinary_manifests_are_read_quickly() -> None:
    """What people write is not left to the slower reader."""
    examples = [*Path("examples").rglob("rendered/**/*.yaml")]
    assert len(examples) > 20
    slow = [str(path) for path in examples if read_quick(path.read_text(encoding="utf-8")) is None]
    assert len(slow) < len(examples) / 20, slow


tokens = st.one_of(
    st.sampled_from(EVERY_WORD),
    st.sampled_from(
        ("\n", "\n  ", "\n    ", "\n- ", "\n  - ", "- ", "a: ", ": ", ", ", "[", "]", "{", "}", "? ")
    ),
    st.sampled_from(
        ("'", '"', "|\n  ", ">-\n  ", " # ", "\n---\n", "\r\n", "\t", " ", ",", ":", "-", "a", "\n...\n")
    ),
    st.text("-+.0123456789_:eExXobBfF ", max_size=7),
    st.text(max_size=3),
)


@given(st.lists(tokens, max_size=14).map("".join))
@example("")
@example("-_1")
@example("a: -_0x1f")
@example("{a: b, 12}")
def test_random_texts(text: str) -> None:
    """Tokens of YAML in any order: it declines or is right."""
    assert disagreement(text) == ""


@given(
    st.sampled_from(POSITIONS),
    st.one_of(st.sampled_from(EVERY_WORD), st.text("-+.0123456789_:eExXobBfF", min_size=1, max_size=24)),
    st.sampled_from(POSITIONS),
)
def test_random_words_in_nested_positions(outer: str, word: str, inner: str) -> None:
    """A position within a position."""
    assert disagreement(outer.replace("§", inner.rstrip("\n").replace("§", word))) == ""


PARTS = st.sampled_from(
    [
        "a: 1\n",
        "# c\n",
        "\n",
        "~\n",
        "null # c\n",
        "null null\n",
        "---\n",
        "--- # c\n",
        "---",
        "  \n",
        "# ~",
        "- b\n",
        "c:\n  d: e\n",
    ]
)


@given(st.lists(PARTS, max_size=9).map("".join))
@example("# c\n---\na: 1\n---\n~\n---\nb: 2\n")
def test_a_document_is_found_without_reading_those_before_it(text: str) -> None:
    """By its number among those that hold something, with the same places as in the whole text."""
    if read_quick(text) is None:
        return
    source = Source("a.yaml", Path())
    values = [document.value for document in read_served(text, source) if document.value is not None]
    found = [read_one(text, source, number) for number in range(len(values))]
    assert found == values
    assert [getattr(each, "marks", None) for each in found] == [
        getattr(each, "marks", None) for each in values
    ]
    assert read_one(text, source, len(values)) is None
