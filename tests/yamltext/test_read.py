"""Users' files: every value with its place, the same to every reader, and never a traceback."""

from __future__ import annotations

import copy
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.error import YAMLError as RuamelError

from k8sgen.errors import Place, Problem, YamlError
from k8sgen.yamltext.plain import Trap, resolve
from k8sgen.yamltext.read import Map, Mark, Seq, Source, read_document, read_documents
from k8sgen.yamltext.write import document
from tests.yamltext.readers import FRAGMENTS, keys, same, values, yaml_1_1, yaml_1_2

SOURCE = Source("service.yaml", Path("shop"))

VALID = """\
name: web   # the name
image: {repository: "r/x", tag: '1.2.3'}
ports:
  http: 8080
args: [a, "b c", 'it''s', --x=1]
env:
  A: &a text
  B: *a
  C: "esc \\n \\u00e9 \\x41"
files:
  conf: |
    line one
      line two

    line three
  folded: >-
    a b
    c
list:
- g
-   h: 1.50
    j: ~
multi: plain text
  goes on
"q k": true
? ex
: why
empty:
"""


def plain(value: Any) -> Any:
    """Give the same without places."""
    if isinstance(value, dict):
        return {name: plain(held) for name, held in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def marks(value: Map) -> dict[str, tuple[int, int, int, int]]:
    """Give the place of each value and of its key."""
    return {
        name: (mark.line, mark.column, mark.key_line, mark.key_column) for name, mark in value.marks.items()
    }


def test_every_value_has_its_place() -> None:
    """Lines and columns count from 1, columns in characters; a block map stands at its first key."""
    read = read_document("\ufeff" + VALID, SOURCE)
    assert same(plain(read), yaml_1_1(VALID))
    assert marks(read) == {
        "name": (1, 7, 1, 1),
        "image": (2, 8, 2, 1),
        "ports": (4, 3, 3, 1),
        "args": (5, 7, 5, 1),
        "env": (7, 3, 6, 1),
        "files": (11, 3, 10, 1),
        "list": (20, 1, 19, 1),
        "multi": (23, 8, 23, 1),
        "q k": (25, 8, 25, 1),
        "ex": (27, 3, 26, 3),
        "empty": (28, 7, 28, 1),
    }
    assert marks(read["image"]) == {"repository": (2, 21, 2, 9), "tag": (2, 33, 2, 28)}
    assert marks(read["env"]) == {"A": (7, 6, 7, 3), "B": (8, 6, 8, 3), "C": (9, 6, 9, 3)}
    assert read["files"].marks["conf"].place() == Place("service.yaml", 11, 9)
    assert [mark.column for mark in read["args"].marks] == [8, 11, 18, 27]
    assert marks(read["list"][1]) == {"h": (21, 8, 21, 5), "j": (22, 8, 22, 5)}
    assert read["list"][1].marks["h"].text == "1.50"
    assert read["ports"].mark is read.marks["ports"]
    assert read.mark is not None
    assert read.mark.place() == Place("service.yaml", 1, 1)
    assert read.marks["ports"].key_place() == Place("service.yaml", 3, 1)


def test_columns_count_characters() -> None:
    """What stands left of a value may be wider than its characters, or take several bytes."""
    assert marks(read_document("é😀: {日本: x}\n", SOURCE)["é😀"]) == {"日本": (1, 10, 1, 6)}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends(line_end: str) -> None:
    """Files from Windows read the same, with the same places."""
    read = read_document(VALID.replace("\n", line_end).encode(), SOURCE)
    assert read == read_document(VALID, SOURCE)
    assert marks(read) == marks(read_document(VALID, SOURCE))


def test_aliases_become_copies() -> None:
    """Changing one place leaves the others alone; the copy stands where the alias does."""
    read = read_document("a: &a {b: [1, {c: d}]}\ne: *a\nf: [*a]\n", SOURCE)
    read["a"]["b"][1]["c"] = "changed"
    read["a"]["b"].append(2)
    assert read["e"] == {"b": [1, {"c": "d"}]}
    assert read["f"] == [{"b": [1, {"c": "d"}]}]
    assert read["e"].mark.place() == Place("service.yaml", 2, 4)
    assert marks(read["e"]) == {"b": (1, 11, 1, 8)}
    assert read["f"].marks[0].place() == Place("service.yaml", 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 12)),
        "a0: &a0 {k: v}\n"
        + "".join(
            f"a{n}: &a{n} {{{', '.join(f'k{k}: *a{n - 1}' for k in range(8))}}}\n" for n in range(1, 12)
        ),
        "a: &a " + "x" * 500_000 + "\nb: [*a, *a, *a]\n",
        "a: &a x\nb: [" + "*a, " * 20_000 + "]\n",
    ],
    ids=["lists", "maps", "long text", "many"],
)
def test_alias_bombs(text: str) -> None:
    """A few lines that stand for gigabytes are refused before they are expanded."""
    with pytest.raises(YamlError) as caught:
        read_document(text, SOURCE)
    (problem,) = caught.value.problems
    assert "expand to more than 1048576 characters" in problem.message
    assert problem.hint == "write the values out, or use fewer aliases"


def test_limits() -> None:
    """A hundred levels and a mebibyte are read."""
    assert read_document("a: " + "[" * 99 + "]" * 99, SOURCE)
    text = b"a: " + b"x" * (1024 * 1024 - 3)
    assert len(read_document(text, SOURCE)["a"]) == 1024 * 1024 - 3


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "x: ",
        "&a ",
        "! ",
        "'",
        '"',
        "{a,",
        "[],",
        "\n",
        "#\t\n",
        "---\n",
        "*a ",
        "|",
        "%",
        "\\",
        "- - a\n",
    ],
)
def test_hostile_repetition(text: str) -> None:
    """Whatever repeats for 200 kB ends quickly, read or refused."""
    for prefix in ("", "a: ", "a: [", "a: '"):
        content = prefix + text * (200_000 // len(text))
        outcome(content)
        with suppress(YamlError):
            read_documents(content, SOURCE)


@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    """Arbitrary bytes are read, or refused at a place."""
    check_outcome(content)


@given(
    st.lists(
        st.sampled_from((*FRAGMENTS, "[", "]", "{", "}", ",", "&a", "*a", "<<", "a: ", "b", '"', "'")),
        max_size=15,
    )
)
def test_any_pieces(pieces: list[str]) -> None:
    """So is whatever YAML's own signs can be put together to."""
    check_outcome("".join(pieces))


@given(st.data())
def test_mutations_of_a_valid_file(data: st.DataObject) -> None:
    """Inserting, removing and moving pieces gives success or a located error; what is accepted all readers read alike."""
    text = VALID
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        match data.draw(st.sampled_from(("insert", "remove", "copy"))):
            case "insert":
                text = text[:start] + data.draw(st.sampled_from(FRAGMENTS)) + text[start:]
            case "remove":
                text = text[:start] + text[end:]
            case _:
                to = data.draw(st.integers(0, len(text)))
                text = text[:to] + text[start:end] + text[to:]
    check_outcome(text)


def outcome(text: str | bytes) -> Map | tuple[Problem, ...]:
    """Give what is read, or the problems; anything else that is raised fails the test."""
    try:
        return read_document(text, SOURCE)
    except YamlError as error:
        return error.problems


def check_outcome(text: str | bytes) -> None:
    """Read; demand places of what is refused, and the readers' agreement on what is accepted."""
    read = outcome(text)
    if isinstance(read, tuple):
        assert read
        for problem in read:
            assert problem.place is not None
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert "\n" not in problem.message + problem.hint
        return
    assert same(plain(read), yaml.load(text, yaml.CSafeLoader))
    try:
        other = yaml_1_2(text.decode() if isinstance(text, bytes) else text)
    except RuamelError:
        # A reader that refuses aloud misleads nobody.
        return
    assert same(plain(read), other)


@given(st.dictionaries(keys, values, max_size=4))
def test_own_output_reads_back(value: dict[str, Any]) -> None:
    """What we write, we read, unless it holds what users' files may not."""
    read = outcome(document(value))
    if isinstance(read, tuple):
        assert all("control character" in found.message or "beyond" in found.message for found in read)
        return
    assert same(plain(read), value)


def test_expansion_of_a_short_form() -> None:
    """Every key of the long form stands where the short form did; what has places keeps them."""
    mark = Mark(SOURCE, 3, 7, 3, 1)
    inner = read_document("x: 1\n", SOURCE)
    made = Map.of({"a": 1, "b": {"c": [2, {"d": 3}]}, "e": inner}, mark)
    assert made == {"a": 1, "b": {"c": [2, {"d": 3}]}, "e": {"x": 1}}
    assert made.marks == {"a": mark, "b": mark, "e": mark}
    assert made["b"]["c"].marks == [mark, mark]
    assert made["b"]["c"][1].marks == {"d": mark}
    assert made["e"] is inner


def test_places_travel() -> None:
    """Values copied, or sent to another process, keep their places."""
    read = read_document(VALID, SOURCE)
    for other in (copy.deepcopy(read), pickle.loads(pickle.dumps(read))):  # noqa: S301 - our own bytes
        assert other == read
        assert other.marks == read.marks
        assert isinstance(other["list"], Seq)
        assert other["list"].marks == read["list"].marks


# Text, then what PyYAML 6.0.3 (YAML 1.1), ruamel.yaml 0.19 (YAML 1.2) and the API server's reader
# (sigs.k8s.io/yaml 1.6.0 on go.yaml.in/yaml/v2 2.4.2, as JSON) make of it. The last column was read off
# a program that calls YAMLToJSONStrict.
FACTS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("y", "y", "y", True),
    ("Y", "Y", "Y", True),
    ("yes", True, "yes", True),
    ("yEs", "yEs", "yEs", "yEs"),
    ("oN", "oN", "oN", "oN"),
    ("on", True, "on", True),
    ("True", True, True, True),
    ("tRUE", "tRUE", "tRUE", "tRUE"),
    ("true", True, True, True),
    ("~", None, None, None),
    ("Null", None, None, None),
    ("nULL", "nULL", "nULL", "nULL"),
    ("null", None, None, None),
    ("012", 10, 12, 10),
    ("-012", -10, -12, -10),
    ("08", "08", 8, 8),
    ("0o17", "0o17", 15, 15),
    ("0O17", "0O17", "0O17", 15),
    ("0x1F", 31, 31, 31),
    ("0X1F", "0X1F", "0X1F", 31),
    ("0b11", 3, 3, 3),
    ("1_000", 1000, 1000, 1000),
    ("_1", "_1", "_1", "_1"),
    ("22:22", 1342, "22:22", "22:22"),
    ("1:30", 90, "1:30", "1:30"),
    ("2024-1-1", "2024-1-1", "2024-1-1", "2024-1-1"),
    ("1e3", "1e3", 1000.0, 1000),
    ("1e+3", "1e+3", 1000.0, 1000),
    ("1.5e3", "1.5e3", 1500.0, 1500),
    ("1.5e+3", 1500.0, 1500.0, 1500),
    (".5", 0.5, 0.5, 0.5),
    ("-.5", "-.5", -0.5, -0.5),
    ("+.5", "+.5", 0.5, 0.5),
    ("5.", 5.0, 5.0, 5),
    (".5e3", ".5e3", ".5e3", 500),
    (".5e+3", 500.0, 500.0, 500),
    ("00.5", 0.5, 0.5, 0.5),
    ("01.5", 1.5, 1.5, 1.5),
    ("+5", 5, 5, 5),
    ("-0", 0, 0, 0),
    ("-0.0", -0.0, -0.0, 0),
    ("+1.5", 1.5, 1.5, 1.5),
    ("1.10", 1.1, 1.1, 1.1),
    ("1_000.5", 1000.5, 1000.5, 1000.5),
    ("9007199254740992", 9007199254740992, 9007199254740992, 9007199254740992),
    ("1.2.3", "1.2.3", "1.2.3", "1.2.3"),
    ("100m", "100m", "100m", "100m"),
    ("25%", "25%", "25%", "25%"),
    ("8080:80", "8080:80", "8080:80", "8080:80"),
    ("1e400", "1e400", float("inf"), "1e400"),
    ("0x1p-2", "0x1p-2", "0x1p-2", "0x1p-2"),
    ("a:b", "a:b", "a:b", "a:b"),
    ("a#b", "a#b", "a#b", "a#b"),
)


@pytest.mark.parametrize(("text", "old", "new", "api_server"), FACTS)
def test_what_readers_see(text: str, old: Any, new: Any, api_server: Any) -> None:
    """A word that readers see differently is a trap; one that is no trap they all see alike."""
    assert same(yaml_1_1(f"a: {text}\n")["a"], old)
    assert same(yaml_1_2(f"a: {text}\n")["a"], new)
    found = resolve(text)
    if isinstance(found, Trap):
        return
    assert same(found, old)
    assert same(found, new)
    # JSON knows one kind of number.
    assert found == api_server
    assert isinstance(found, str) == isinstance(api_server, str)


@pytest.mark.parametrize("text", ["=", "<<", ".inf", ".nan"])
def test_what_some_reader_cannot_read(text: str) -> None:
    """PyYAML fails on the first two, JSON on the others."""
    assert isinstance(resolve(text), Trap)
