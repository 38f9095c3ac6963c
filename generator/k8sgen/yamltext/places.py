"""Values that know where they stand: dicts and lists with the place of every key and item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from k8sgen.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class Source(NamedTuple):
    """The file a value comes from: its name as the user gave it, and the directory paths in it start from."""

    file: str
    directory: Path


class Mark(NamedTuple):
    """Where a value and its key stand; lines and columns count from 1, columns in characters.

    A list item has no key, so its key place is its own. `text` is the number as written, when Python
    would print it otherwise (`1.10`), and else empty.
    """

    source: Source
    line: int
    column: int
    key_line: int
    key_column: int
    text: str = ""

    def place(self) -> Place:
        """Give the place of the value."""
        return Place(self.source.file, self.line, self.column)

    def key_place(self) -> Place:
        """Give the place of the key."""
        return Place(self.source.file, self.key_line, self.key_column)


class Map(dict[str, Any]):
    """A dict whose `marks` hold the place of each key and value, and whose `mark` holds its own."""

    __slots__ = ("mark", "marks")

    def __init__(
        self,
        values: Mapping[str, Any] | Iterable[tuple[str, Any]] = (),
        marks: dict[str, Mark] | None = None,
        mark: Mark | None = None,
    ) -> None:
        super().__init__(values)
        self.marks: dict[str, Mark] = {} if marks is None else marks
        self.mark = mark

    @classmethod
    def of(cls, values: Mapping[str, Any], mark: Mark) -> Self:
        """Make a map that stands at `mark` with every key in it, for what a short form expands to.

        Plain maps and lists inside are marked alike; those that have marks keep them.
        """
        held = {name: _placed(value, mark) for name, value in values.items()}
        return cls(held, dict.fromkeys(held, mark), mark)


class Seq(list[Any]):
    """A list whose `marks` hold the place of each item, and whose `mark` holds its own."""

    __slots__ = ("mark", "marks")

    def __init__(
        self,
        values: Iterable[Any] = (),
        marks: list[Mark] | None = None,
        mark: Mark | None = None,
    ) -> None:
        super().__init__(values)
        self.marks: list[Mark] = [] if marks is None else marks
        self.mark = mark


def _placed(value: Any, mark: Mark) -> Any:
    if isinstance(value, (Map, Seq)):
        return value
    if isinstance(value, dict):
        return Map.of(value, mark)
    if isinstance(value, list):
        return Seq((_placed(item, mark) for item in value), [mark] * len(value), mark)
    return value
