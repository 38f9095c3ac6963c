"""What is written reads back as exactly the same values, by readers of YAML 1.1 and of YAML 1.2."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given

from k8sgen.errors import YamlError
from k8sgen.yamltext.scalars import key, scalar
from k8sgen.yamltext.scan import Line, scan
from k8sgen.yamltext.write import block, document
from tests.yamltext.readers import READERS, WORDS, keys, leaves, same, values

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))


@pytest.mark.parametrize("word", WORDS)
def test_words_stay_text(word: str) -> None:
    """What some reader would take for another value stands in quotes, as value and as key."""
    for read in READERS:
        assert same(read(f"a: {scalar(word)}\n"), {"a": word})
        assert same(read(f"{key(word)}: a\n"), {word: "a"})


@given(leaves)
def test_scalars_read_back(value: Any) -> None:
    """One line, equal in value and type, as a value and as an item."""
    text = scalar(value)
    assert "\n" not in text
    for read in READERS:
        assert same(read(f"a: {text}\n"), {"a": value})
        assert same(read(f"- {text}\n"), [value])


@given(keys)
def test_keys_read_back(name: str) -> None:
    """Any text can be a key."""
    for read in READERS:
        assert same(read(f"{key(name)}: 1\n"), {name: 1})


@given(values)
def test_documents_read_back(value: Any) -> None:
    """Maps, lists and text of several lines come back equal, in their order."""
    text = document(value)
    assert text == block(value) + "\n"
    for read in READERS:
        assert same(read(text), value)


@given(values)
def test_block_indents_every_line(value: Any) -> None:
    """An indented block is the same lines further in; blank lines of text stay blank."""
    flat = block(value).split("\n")
    assert block(value, 4).split("\n") == [f"    {line}" if line else "" for line in flat]


@given(values)
def test_scan_agrees_with_a_parser(value: Any) -> None:
    """Pointers and lines are those of PyYAML's nodes."""
    text = document(value)
    assert [(line.pointer, line.line) for line in scan(text)] == list(_composed(text))


def _composed(text: str) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """List the keys and items in the order of the text, by PyYAML's own marks (lines from 0)."""

    def walk(node: yaml.Node, pointer: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], int]]:
        if isinstance(node, yaml.MappingNode):
            for name, held in node.value:
                yield (*pointer, name.value), name.start_mark.line
                yield from walk(held, (*pointer, name.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, held in enumerate(node.value):
                yield (*pointer, index), held.start_mark.line
                yield from walk(held, (*pointer, index))

    root = yaml.compose(text, yaml.CSafeLoader)
    return walk(root, ()) if root else iter(())


def test_layout() -> None:
    """Items stand under their key, text of several lines in literal blocks, everything else on its line."""
    value = {
        "apiVersion": "v1",
        "data": {"on": "on", "app.conf": "a: 1\n\tb\n\nc\n", "last": "x\ny"},
        "args": ["--port=8080", "{{ x }}", {"name": "a", "list": [["b", "c"], []]}, {}, "l\nm\n"],
        "count": 3,
        "ratio": 1e-7,
        "none": None,
        "yes": True,
    }
    assert document(value) == (
        "apiVersion: v1\n"
        "data:\n"
        '  "on": "on"\n'
        "  app.conf: |\n"
        "    a: 1\n"
        "    \tb\n"
        "\n"
        "    c\n"
        "  last: |-\n"
        "    x\n"
        "    y\n"
        "args:\n"
        "  - --port=8080\n"
        '  - "{{ x }}"\n'
        "  - name: a\n"
        "    list:\n"
        "      - - b\n"
        "        - c\n"
        "      - []\n"
        "  - {}\n"
        "  - |\n"
        "    l\n"
        "    m\n"
        "count: 3\n"
        "ratio: 1.0e-07\n"
        "none: null\n"
        '"yes": true\n'
    )


def test_scan_kinds() -> None:
    """A line tells whether its value is complete, a literal block, or a map or list to come."""
    text = 'a:\n  - b: 1\n    c: |\n      d: 2\n\n      - e\n  - |-\n    x: y\n  - []\n"f: g": x\n'
    assert scan(text) == [
        Line(("a",), 0, "open"),
        Line(("a", 0), 1, "open"),
        Line(("a", 0, "b"), 1, "scalar"),
        Line(("a", 0, "c"), 2, "literal"),
        Line(("a", 1), 6, "literal"),
        Line(("a", 2), 8, "scalar"),
        Line(("f: g",), 9, "scalar"),
    ]


def test_scan_goes_on_after_what_is_empty() -> None:
    """A template may print `{}` below its key."""
    assert scan("a:\n  {}\nb:\n  - 1\n") == [
        Line(("a",), 0, "open"),
        Line(("b",), 2, "open"),
        Line(("b", 0), 3, "scalar"),
    ]


def test_scan_of_lists_level_with_their_key() -> None:
    """A template may write its items level with their key."""
    assert scan("# c\na:\n- b: 1\n- c\nd: 2\n") == [
        Line(("a",), 1, "open"),
        Line(("a", 0), 2, "open"),
        Line(("a", 0, "b"), 2, "scalar"),
        Line(("a", 1), 3, "scalar"),
        Line(("d",), 4, "scalar"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        " a\nb\n",
        "a \nb\n",
        "a\t\nb",
        "\ta\nb\n",
        "\na\n",
        "a\n\n",
        "\n",
        "a\r\nb\n",
        "a\x85\n",
        "a\nb ",
        "a\u2028\nb",
    ],
)
def test_text_that_no_literal_block_keeps_is_quoted(text: str) -> None:
    """Where a reader or an editor could change the text, it stands in double quotes on one line."""
    shown = block({"a": text})
    assert shown.startswith('a: "')
    assert "\n" not in shown
    for read in READERS:
        assert same(read(shown + "\n"), {"a": text})


def test_control_characters_are_escaped() -> None:
    """No control character reaches the output, and every reader gets it back."""
    shown = scalar(CONTROLS)
    assert shown.isprintable()
    assert shown.isascii()
    for read in READERS:
        assert read(f"a: {shown}\n") == {"a": CONTROLS}


def test_long_text() -> None:
    """A megabyte is written and read back, on one line or in a block."""
    for text in ("x" * 1_000_000, 'é"\\{{ }}😀' * 100_000, "line: - # \n" * 90_000 + "end\n"):
        for read in READERS[::2]:
            assert read(document({"a": text})) == {"a": text}


@pytest.mark.parametrize("text", ["😀" * 249, "é: " * 249, '"' * 499, "k" * 1000])
def test_longest_keys_read_back(text: str) -> None:
    """Readers find the colon of every key that is accepted."""
    for read in READERS:
        assert read(f"a:\n  - {key(text)}: 1\n") == {"a": [{text: 1}]}


def test_longer_keys_are_refused() -> None:
    """A key that readers would not recognize is named, cut short."""
    with pytest.raises(YamlError) as caught:
        key("k" * 1001)
    assert str(caught.value) == (
        f'the key "{"k" * 40}…" takes 1001 bytes\n'
        "  hint: keep it within 1000 bytes: YAML readers look no further for the colon"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.inf, '"inf" is not a finite number'),
        (math.nan, '"nan" is not a finite number'),
        (10**400, "an integer of about 401 digits is beyond the 64 bits that YAML readers keep"),
        pytest.param(
            10**5000,
            "an integer of about 5001 digits is beyond the 64 bits that YAML readers keep",
            id="more digits than Python prints",
        ),
        (-(2**63) - 1, "an integer of about 20 digits is beyond the 64 bits that YAML readers keep"),
        ("a\udc80", "text holds U+DC80, half of a surrogate pair, which UTF-8 cannot hold"),
    ],
)
def test_what_yaml_cannot_hold(value: Any, message: str) -> None:
    """A value that some reader would change is refused, never printed."""
    with pytest.raises(YamlError) as caught:
        scalar(value)
    assert caught.value.problems[0].message == message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1.0"),
        (-0.0, "-0.0"),
        (0.0, "0.0"),
        (1e16, "1.0e+16"),
        (1.5e-7, "1.5e-07"),
        (True, "true"),
        (1, "1"),
        ("1", '"1"'),
        ("1.0", '"1.0"'),
        ("$(POD_IP)", "$(POD_IP)"),
        ("10.0.0.1", "10.0.0.1"),
        ("100m", "100m"),
        ("25%", "25%"),
        ("it's", "it's"),
        ("a: b", '"a: b"'),
        ("", '""'),
        ("Café 日本", "Café 日本"),
        ("😀 #1", '"😀 #1"'),
        ("a\nb", '"a\\nb"'),
    ],
)
def test_how_scalars_look(value: Any, text: str) -> None:
    """Unquoted where every reader agrees; equal values of different types do not share text."""
    assert scalar(value) == text
