"""Users' YAML, with the place of every value, refused where its readers would differ.

YAML 1.1 and 1.2 readers and the API server read the same text differently, and most keep the last of
two equal keys without a word. What is accepted here means the same to all of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from k8sgen.errors import Place, Problem, YamlError
from k8sgen.yamltext.characters import MOST_PROBLEMS, decoded, place_at
from k8sgen.yamltext.places import Map, Mark, Seq, Source
from k8sgen.yamltext.plain import Trap, resolve
from k8sgen.yamltext.scalars import quoted, scalar
from k8sgen.yamltext.syntax import explain

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DEEPEST", "Map", "Mark", "Seq", "Source", "read_document", "read_documents"]

DEEPEST: Final = 100
LARGEST_EXPANSION: Final = 1024 * 1024
"""What all aliases of a file may add, in characters of text, with each value counted as a line of 100."""

_VALUE_WEIGHT: Final = 100
_LONGEST_SHOWN: Final = 40

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_document(text: str | bytes, source: Source) -> Map:
    """Read the one map that `text` holds.

    Raises YamlError with every problem that can be told apart in one reading.
    """
    documents = _Reader(decoded(text, source), source, several=False).read()
    if not documents:
        raise YamlError(
            Problem("the document is empty", Place(source.file, 1, 1), 'write "key: value" lines')
        )
    return documents[0]


def read_documents(text: str | bytes, source: Source) -> list[Map]:
    """Read the maps of all documents that `text` holds; empty documents are left out.

    Raises YamlError like `read_document`.
    """
    return _Reader(decoded(text, source), source, several=True).read()


def _shown(text: str) -> str:
    """Give `text` in double quotes, cut to what fits a message."""
    return quoted(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")


class _StopError(Exception):
    """Reading on would tell nothing new."""


class _TooLargeError(Exception):
    """Aliases expand to more than we accept."""


class _Reader:
    """One walk over libyaml's events, without recursion, that builds values and gathers problems."""

    def __init__(self, text: str, source: Source, *, several: bool) -> None:
        self.text = text
        self.source = source
        self.several = several
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, Mark]] = {}
        self.budget = LARGEST_EXPANSION
        # The collection being filled, those around it with their pending keys, and the pending key.
        self.holder: Map | Seq | None = None
        self.around: list[tuple[Map | Seq | None, str | None, int, int]] = []
        self.key: str | None = None
        self.key_line = 0
        self.key_column = 0
        self.root: Any = None
        self.root_place = Place(source.file, 1, 1)
        self.documents: list[Map] = []
        self.started = 0
        # The extent of each scalar, wanted only where the text has tabs.
        self.extents: list[tuple[int, int]] | None = [] if "\t" in text else None
        self.parser = CParser(text.encode())

    def read(self) -> list[Map]:
        # What libyaml's events hold is not in the stubs of PyYAML.
        takers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self.take_scalar,
            MappingStartEvent: self.open,
            SequenceStartEvent: self.open,
            MappingEndEvent: self.close,
            SequenceEndEvent: self.close,
            AliasEvent: self.take_alias,
            DocumentStartEvent: self.start_document,
            DocumentEndEvent: self.end_document,
        }
        next_event = self.parser.get_event
        try:
            next_event()
            while type(event := next_event()) is not StreamEndEvent:
                takers[type(event)](event)
            self.find_tabs()
        except _StopError:
            pass
        except YAMLError as error:
            self.problems.append(explain(error, self.text, self.source.file))
        except UnicodeError:
            # A tag may spell bytes as %XX that are no UTF-8, which libyaml hands on unchecked.
            place = Place(self.source.file, 1, 1)
            self.problems.append(Problem("a tag that is not UTF-8", place, "remove the tag"))
        if self.problems:
            raise YamlError(*self.problems)
        return self.documents

    def complain(self, mark: Any, message: str, hint: str, *also: tuple[Place, str]) -> None:
        place = Place(self.source.file, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(message, place, hint, also))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopError

    def take_scalar(self, event: Any) -> None:
        start = event.start_mark
        text: str = event.value
        value: Any = text
        if self.extents is not None:
            self.extents.append((start.index, event.end_mark.index))
            if not event.style and "\t" in text:
                self.complain(
                    start, f"a tab in the unquoted text {_shown(text)}", f"quote it: {_shown(text)}"
                )
        if event.tag is not None:
            self.refuse_tag(event)
        elif not event.style:
            value = resolve(text)
        elif event.style == '"' and _CONTROL.search(text):
            code = ord(_CONTROL.findall(text)[0])
            self.complain(start, f"the text holds the control character U+{code:04X}", "remove it")
        if self.key is None and type(self.holder) is Map:
            self.take_key(event, value, self.holder)
            return
        written = ""
        if type(value) is Trap:
            self.refuse_word(start, text, value)
            value = text
        elif type(value) is float:
            written = text
        mark = self.mark(start, written)
        if event.anchor is not None:
            self.set_anchor(event, value, mark)
        self.put(value, mark)

    def take_key(self, event: Any, value: Any, holder: Map) -> None:
        """Take a key, of which the readers see `value`."""
        start = event.start_mark
        text: str = event.value
        if not event.style and (type(value) is not str or text == "<<"):
            self.refuse_key(event, value)
        if text in holder:
            first = (holder.marks[text].key_place(), "set here first")
            self.complain(start, f"{_shown(text)} is set twice", "keep one of the two", first)
        self.key = text
        line = self.key_line = start.line + 1
        column = self.key_column = start.column + 1
        if event.anchor is not None:
            self.set_anchor(event, text, Mark(self.source, line, column, line, column))

    def mark(self, start: Any, written: str = "") -> Mark:
        line = start.line + 1
        column = start.column + 1
        if self.key is None:
            return Mark(self.source, line, column, line, column, written)
        return Mark(self.source, line, column, self.key_line, self.key_column, written)

    def put(self, value: Any, mark: Mark) -> None:
        holder = self.holder
        if type(holder) is Map:
            if self.key is None:
                # A map, list or alias stood where a key belongs, and was refused there.
                self.key = "?"
                self.key_line = mark.line
                self.key_column = mark.column
                return
            holder[self.key] = value
            holder.marks[self.key] = mark
            self.key = None
        elif type(holder) is Seq:
            holder.append(value)
            holder.marks.append(mark)
        else:
            self.root = value
            self.root_place = mark.place()

    def refuse_key(self, event: Any, value: Any) -> None:
        """Refuse a key that some reader would not take for text."""
        start = event.start_mark
        text: str = event.value
        if text == "<<":
            self.complain(start, 'the merge key "<<" is unknown to YAML 1.2 readers', self.written_out())
        elif text == "" and event.tag is None:
            self.complain(start, 'a key is missing before ":"', 'write the key, or "" for the empty text')
        elif type(value) is Trap:
            self.complain(start, f"the key {_shown(text)} {value.reason}", f"quote it: {_shown(text)}")
        elif type(value) is not str:
            kind = "null" if value is None else "true or false" if type(value) is bool else "a number"
            self.complain(start, f"the key {text} is {kind}, not text", f"quote it: {_shown(text)}")

    def refuse_word(self, start: Any, text: str, trap: Trap) -> None:
        hint = f"quote it: {_shown(text)}"
        if trap.instead:
            hint = f"write {trap.instead}, or {hint}"
        self.complain(start, f"{_shown(text)} {trap.reason}", hint)

    def refuse_tag(self, event: Any) -> None:
        tag: str = event.tag
        standard = "tag:yaml.org,2002:"
        written = f"!!{tag.removeprefix(standard)}" if tag.startswith(standard) else tag
        hint = "leave it out"
        if type(event) is ScalarEvent and written in ("!!str", "!"):
            hint = f"leave it out and quote the text: {_shown(event.value)}"
        self.complain(event.start_mark, f"the tag {_shown(written)} is not read alike by all readers", hint)

    def written_out(self) -> str:
        """Say what to write in place of a merge key, whose value comes next."""
        following: Any = self.parser.peek_event()
        if type(following) is not AliasEvent or following.anchor not in self.anchors:
            return "write the merged keys out in its place"
        value, mark = self.anchors[following.anchor]
        if not isinstance(value, Map) or not value:
            return "write the merged keys out in its place"
        pairs = [f"{scalar(name)}: {_brief(held)}" for name, held in islice(value.items(), 5)]
        if len(value) > len(pairs):
            pairs.append("…")
        return f"in its place write out what &{following.anchor} (line {mark.line}) holds: {', '.join(pairs)}"

    def open(self, event: Any) -> None:
        if event.tag is not None:
            self.refuse_tag(event)
        start = event.start_mark
        if len(self.around) >= DEEPEST:
            self.complain(start, f"maps and lists are nested more than {DEEPEST} deep", "nest them less")
            raise _StopError
        if type(self.holder) is Map and self.key is None:
            message = "a map or list stands where a key belongs"
            # "{{ x }}" is one mistake, not two.
            if not (self.problems and self.problems[-1].message == message):
                self.complain(start, message, 'put text that starts with "{" or "[" in quotes')
        mark = self.mark(start)
        made: Map | Seq = Map((), None, mark) if type(event) is MappingStartEvent else Seq((), None, mark)
        if event.anchor is not None:
            self.set_anchor(event, made, mark)
        self.around.append((self.holder, self.key, self.key_line, self.key_column))
        self.holder = made
        self.key = None

    def close(self, _: Any) -> None:
        made = self.holder
        self.holder, self.key, self.key_line, self.key_column = self.around.pop()
        if made is not None and made.mark is not None:
            self.put(made, made.mark)

    def take_alias(self, event: Any) -> None:
        start = event.start_mark
        name: str = event.anchor
        value: Any = None
        if type(self.holder) is Map and self.key is None:
            self.complain(start, f"the alias *{name} stands where a key belongs", "write the key out")
        if name not in self.anchors:
            self.complain(
                start,
                f"the alias *{name} has no anchor &{name} before it",
                f'put text that starts with "*" in quotes: "*{name}"',
            )
        else:
            anchored, _ = self.anchors[name]
            if anchored is self.holder or any(anchored is holder for holder, *_ in self.around):
                self.complain(start, f"the alias *{name} stands inside what it names", "write the value out")
            else:
                value = self.expand(anchored, start, name)
        mark = self.mark(start)
        if isinstance(value, (Map, Seq)):
            value.mark = mark
        self.put(value, mark)

    def set_anchor(self, event: Any, value: Any, mark: Mark) -> None:
        name: str = event.anchor
        if name in self.anchors:
            first = (self.anchors[name][1].place(), "set here first")
            self.complain(event.start_mark, f"the anchor &{name} is set twice", "give it another name", first)
        self.anchors[name] = (value, mark)

    def expand(self, anchored: Any, start: Any, name: str) -> Any:
        if self.budget < 0:
            return None
        try:
            return self.copied(anchored)
        except _TooLargeError:
            self.complain(
                start,
                f"the aliases up to *{name} expand to more than {LARGEST_EXPANSION} characters",
                "write the values out, or use fewer aliases",
            )
            return None

    def copied(self, value: Any) -> Any:
        """Copy what an alias stands for, so that changes of one place leave the others alone."""
        self.budget -= _VALUE_WEIGHT + (len(value) if type(value) is str else 0)
        if self.budget < 0:
            raise _TooLargeError
        if type(value) is Map:
            copy = Map((), dict(value.marks), value.mark)
            for name, held in value.items():
                self.budget -= len(name)
                copy[name] = self.copied(held)
            return copy
        if type(value) is Seq:
            return Seq([self.copied(held) for held in value], list(value.marks), value.mark)
        return value

    def start_document(self, event: Any) -> None:
        self.started += 1
        if self.started > 1 and not self.several:
            hint = 'keep one document in a file and leave this "---" out'
            self.complain(event.start_mark, "a second document starts here", hint)
            raise _StopError
        self.root = None
        self.anchors = {}

    def end_document(self, _: Any) -> None:
        root = self.root
        if type(root) is Map:
            self.documents.append(root)
        elif root is not None and not self.problems:
            kinds = {Seq: "a list", str: "text", bool: "true or false"}
            kind = kinds.get(type(root), "a number")
            place = self.root_place
            self.problems.append(
                Problem(f"the document is {kind}, not a map", place, 'write "key: value" lines')
            )

    def find_tabs(self) -> None:
        """Refuse tabs between values; inside text and comments they are harmless."""
        if self.extents is None:
            return
        text = self.text
        starts = [start for start, _ in self.extents]
        for match in re.finditer("\t", text):
            index = match.start()
            nearest = bisect_right(starts, index) - 1
            end = self.extents[nearest][1] if nearest >= 0 else 0
            line_start = text.rfind("\n", 0, index) + 1
            if index < end or "#" in text[max(end, line_start) : index]:
                continue
            hint = 'separate with spaces; a tab inside text stands as "\\t" in double quotes'
            self.problems.append(
                Problem("a tab where spaces are expected", place_at(text, index, self.source), hint)
            )
            if len(self.problems) >= MOST_PROBLEMS:
                break
        self.problems.sort(key=lambda problem: (problem.place is None, problem.place))


def _brief(value: Any) -> str:
    if isinstance(value, (Map, Seq)):
        return "…"
    shown = scalar(value)
    return shown if len(shown) <= _LONGEST_SHOWN else "…"
