"""Anybody's manifests, read as the API server reads them, with the place of every value.

The server takes YAML through sigs.k8s.io/yaml, whose words and numbers are those of goyaml.v2
(`resolve.go`): `on` is true, `012` is ten, `22:22` is text, `<<` merges. With `fieldValidation=Strict` it
refuses a key that is set twice. `k8sgen.yamltext.read` is for a service.yaml, of which all readers are to
think alike; here nothing is refused that the server takes.
"""

from __future__ import annotations

import base64
import math
import re
import struct
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from k8sgen.errors import Place, Problem
from k8sgen.yamltext.places import Map, Mark, Seq, Source
from k8sgen.yamltext.syntax import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ALREADY_SET: Final = "already set in map"
"""How the problem of a key that is set twice ends."""

DEEPEST: Final = 100
LARGEST_EXPANSION: Final = 100_000
"""Values that the aliases of a document may add, beyond which the server refuses it as a bomb."""

_SEPARATOR: Final = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_NOTHING: Final = re.compile(
    r"(?:---(?=\s|$))?(?:\s|#[^\n]*)*(?:(?:~|null|Null|NULL)(?=\s|$)(?:\s|#[^\n]*)*)?",
)
"""A document of comments, or of null: it holds nothing."""
_STANDARD: Final = "tag:yaml.org,2002:"

_WORDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
}
_NUMBER_START: Final = frozenset("+-.0123456789")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INTEGER: Final = re.compile(
    r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))",
)
_BASES: Final = (16, 2, 8, 10)
_MOST_FIGURES: Final = 4000
"""Of more, Python makes no number; with leading zeros it may still be a small one."""
_SMALLEST: Final = -(2**63)
_LARGEST: Final = 2**64 - 1
_BEYOND_SINGLE: Final = 2.0**128 - 2.0**103
"""From here a number is rounded to infinity in single precision."""

_FIRST_WITH_EXPONENT: Final = 6
"""The exponent from which Go's shortest `%g` prints one."""


_TYPES: Final[dict[str, type]] = {"int": int, "float": float, "bool": bool, "null": type(None)}


class Document(NamedTuple):
    """One document: its value, where its text starts (a line from 1), and what is wrong with its text."""

    value: Any
    line: int
    problems: tuple[Problem, ...] = ()


def read_served(text: str, source: Source) -> Iterator[Document]:
    """Every document that holds something; one that is not YAML has problems, and the others are read all the same.

    A line that starts with `---` always separates documents, so each can be read by itself.
    """
    for chunk, line in _chunks(text):
        document = _Reader(chunk, source, line).read()
        if document.value is not None or document.problems:
            yield document


def read_one(text: str, source: Source, number: int) -> Any:
    """The value of one of the documents that hold something, None when there are not so many.

    What stands before it is passed over unread, so this is for texts that are known to be sound, without tags.
    """
    for chunk, line in _chunks(text):
        if _NOTHING.fullmatch(chunk):
            continue
        if not number:
            return _Reader(chunk, source, line).read().value
        number -= 1
    return None


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    """The text of each document, with the number of lines before it."""
    starts = [0, *(match.start() for match in _SEPARATOR.finditer(text) if match.start())]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end], text.count("\n", 0, start)


def served_scalar(text: str) -> Any:
    """What the server's YAML reader sees in an unquoted word: text, a number, true, false or null."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    digits = text.replace("_", "") if text[0] != "." else text
    if text[0] != "." and (match := _INTEGER.fullmatch(digits)):
        sign, *parts = match.groups()
        figures, base = next((part, base) for part, base in zip(parts, _BASES, strict=True) if part)
        integer = int(sign + figures, base) if len(figures) <= _MOST_FIGURES else math.inf
        if _SMALLEST <= integer <= (-_SMALLEST - 1 if sign else _LARGEST):
            return integer
    if _FLOAT.fullmatch(digits) and math.isfinite(number := float(digits)):
        return number
    return text


class _Key(NamedTuple):
    """A key that waits for its value."""

    text: str
    line: int
    column: int
    merges: bool = False


class _StopError(Exception):
    """Reading on would tell nothing new."""


class _Reader:
    """One walk over libyaml's events of a document that builds values and gathers problems."""

    def __init__(self, text: str, source: Source, line: int) -> None:
        self.text = text
        self.source = source
        self.line = line
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}
        self.budget = LARGEST_EXPANSION
        self.holder: Map | Seq | None = None
        self.around: list[tuple[Map | Seq | None, _Key | None]] = []
        self.key: _Key | None = None
        self.root: Any = None

    def read(self) -> Document:
        takers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self.take_scalar,
            MappingStartEvent: self.open,
            SequenceStartEvent: self.open,
            MappingEndEvent: self.close,
            SequenceEndEvent: self.close,
            AliasEvent: self.take_alias,
        }
        try:
            parser = CParser(self.text.encode())
            while type(event := parser.get_event()) is not StreamEndEvent:
                if taker := takers.get(type(event)):
                    taker(event)
        except _StopError:
            self.root = None
        except YAMLError as error:
            self.root = None
            self.problems.append(self.moved(explain(error, self.text, self.source.file)))
        except UnicodeError:
            self.root = None
            self.problems.append(Problem("a tag that is not UTF-8", self.place(1, 1), "remove the tag"))
        return Document(self.root, self.line + 1, tuple(self.problems))

    def moved(self, problem: Problem) -> Problem:
        """A problem of this text, in the file."""
        if problem.place is None:
            return problem
        place = problem.place._replace(line=problem.place.line + self.line)
        return problem._replace(place=place)

    def place(self, line: int, column: int) -> Place:
        return Place(self.source.file, line + self.line, column)

    def complain(self, mark: Any, message: str, hint: str) -> None:
        self.problems.append(Problem(message, self.place(mark.line + 1, mark.column + 1), hint))

    def mark(self, start: Any) -> Mark:
        line, column = start.line + 1 + self.line, start.column + 1
        if self.key is None:
            return Mark(self.source, line, column, line, column)
        return Mark(self.source, line, column, self.key.line, self.key.column)

    def take_scalar(self, event: Any) -> None:
        value = self.scalar(event)
        if type(self.holder) is Map and self.key is None:
            self.take_key(event, value)
        else:
            if type(value) is float or (type(value) is int and value >= -_SMALLEST):
                value = self.number(event, float(value))
            self.put(value, self.mark(event.start_mark))
        if event.anchor is not None:
            self.anchors[event.anchor] = value

    def scalar(self, event: Any) -> Any:
        """The value of a scalar with its tag."""
        tag = (event.tag or "").removeprefix(_STANDARD)
        if tag == "binary":
            return self.decoded(event)
        if (tag and tag not in _TYPES) or (event.style and not tag):
            return event.value
        value = served_scalar(event.value)
        if tag == "float" and type(value) is int:
            return float(value)
        if tag and type(value) is not _TYPES[tag]:
            self.complain(event.start_mark, f"{event.value!r} is no !!{tag}", "leave the tag out")
        return value

    def number(self, event: Any, value: float) -> int | float:
        """A number after its way through JSON, in which a whole one is an integer."""
        if not math.isfinite(value):
            self.complain(event.start_mark, f"{event.value} is no number to JSON", "quote it")
        elif value.is_integer() and _SMALLEST <= value < -_SMALLEST:
            return int(value)
        return value

    def decoded(self, event: Any) -> str:
        """What a `!!binary` holds."""
        try:
            return base64.b64decode(event.value, validate=True).decode()
        except ValueError:
            self.complain(event.start_mark, "the text under !!binary is no base64", "leave the tag out")
            return ""

    def take_key(self, event: Any, value: Any) -> None:
        """Take a key; the server turns numbers and truth values back into text."""
        start = event.start_mark
        if value is None or (type(value) is int and value >= -_SMALLEST):
            self.complain(start, f"{'null' if value is None else value} is no key", "quote it")
        text = ("true" if value else "false") if type(value) is bool else str(value)
        if type(value) is float:
            text = single(value)
        merges = event.value == "<<" and not event.style
        self.key = _Key(text, start.line + 1 + self.line, start.column + 1, merges)

    def put(self, value: Any, mark: Mark) -> None:
        holder = self.holder
        if type(holder) is Map:
            if self.key is None:
                self.problems.append(
                    Problem("a map or list stands where a key belongs", mark.place(), "write text as the key")
                )
                raise _StopError
            if self.key.merges:
                self.merge(value, mark, holder)
            else:
                self.add(holder, self.key.text, value, mark)
            self.key = None
        elif type(holder) is Seq:
            holder.append(value)
            holder.marks.append(mark)
        else:
            self.root = value

    def add(self, holder: Map, key: str, value: Any, mark: Mark) -> None:
        """Set a key; the last of two wins, and the server refuses them."""
        if key in holder:
            first = (holder.marks[key].key_place(), "set here first")
            message = f'key "{key}" {ALREADY_SET}'
            self.problems.append(Problem(message, mark.key_place(), "keep one of the two", (first,)))
        holder[key] = value
        holder.marks[key] = mark

    def merge(self, value: Any, mark: Mark, holder: Map) -> None:
        """Lay the entries of one map, or of several, into another: of several the first wins."""
        for merged in reversed(value) if isinstance(value, list) else [value]:
            if not isinstance(merged, Map):
                self.problems.append(Problem("<< merges maps alone", mark.place(), "name an anchor of a map"))
                raise _StopError
            for key, item in merged.items():
                self.add(holder, key, item, mark)

    def open(self, event: Any) -> None:
        if len(self.around) >= DEEPEST:
            self.complain(
                event.start_mark, f"maps and lists are nested more than {DEEPEST} deep", "nest them less"
            )
            raise _StopError
        mark = self.mark(event.start_mark)
        made: Map | Seq = Map((), None, mark) if type(event) is MappingStartEvent else Seq((), None, mark)
        if type(self.holder) is Map and self.key is None:
            self.put(made, mark)
        if event.anchor is not None:
            self.anchors[event.anchor] = made
        self.around.append((self.holder, self.key))
        self.holder, self.key = made, None

    def close(self, _: Any) -> None:
        made = self.holder
        self.holder, self.key = self.around.pop()
        if made is not None and made.mark is not None:
            self.put(made, made.mark)

    def take_alias(self, event: Any) -> None:
        mark = self.mark(event.start_mark)
        if event.anchor not in self.anchors:
            self.complain(
                event.start_mark,
                f"the alias *{event.anchor} has no anchor before it",
                f'put text that starts with "*" in quotes: "*{event.anchor}"',
            )
            raise _StopError
        value = self.anchors[event.anchor]
        if any(value is holder for holder in (self.holder, *(outer for outer, _ in self.around))):
            self.complain(
                event.start_mark, f"the alias *{event.anchor} stands inside what it names", "write it out"
            )
            raise _StopError
        self.budget -= size(value)
        if self.budget < 0:
            self.complain(
                event.start_mark,
                f"the aliases expand to more than {LARGEST_EXPANSION} values",
                "write the values out, or use fewer aliases",
            )
            raise _StopError
        if type(self.holder) is Map and self.key is None:
            self.take_key(event, value)
        else:
            self.put(value, mark)


def single(value: float) -> str:
    """A number as a key: the shortest text of its single precision, as Go's `%g` prints that."""
    if math.isnan(value):
        return ".nan"
    if abs(value) >= _BEYOND_SINGLE:
        return ".inf" if value > 0 else "-.inf"
    packed = struct.pack("f", value)
    shortest = next(
        text for digits in range(9) if struct.pack("f", float(text := f"{value:.{digits}e}")) == packed
    )
    exponent = int(shortest.partition("e")[2])
    if -4 <= exponent < _FIRST_WITH_EXPONENT:
        return format(Decimal(shortest), "f")
    return shortest


def size(value: Any) -> int:
    """How many values there are in a value."""
    if isinstance(value, dict):
        return 1 + sum(size(item) for item in value.values())
    if isinstance(value, list):
        return 1 + sum(size(item) for item in value)
    return 1
