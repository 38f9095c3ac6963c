"""A value of an object together with its place, so that a rule reads like the field it guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.validate.violation import Violation, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from k8sgen.validate.violation import Pointer


class Node:
    """One value; steps into absent or ill-typed values give absent nodes, so rules need no guards.

    All nodes of an object share the root's list of what was found. A node knows its holder rather
    than its whole place, since most nodes are never reported.
    """

    __slots__ = ("_holder", "_key", "found", "value")

    _holder: Node | None
    _key: str | int
    found: list[Violation]
    value: Any

    def __init__(self, value: Any) -> None:
        self.value = value
        self._holder = None
        self._key = ""
        self.found = []

    def __getitem__(self, key: str) -> Node:
        value = self.value
        return _inside(self, key, value.get(key) if isinstance(value, dict) else None)

    def given(self, *keys: str) -> list[Node]:
        """The fields among these that are there; what is absent costs next to nothing."""
        value, found = self.value, []
        if isinstance(value, dict):
            for key in keys:
                inner = value.get(key)
                if inner is not None:
                    found.append(_inside(self, key, inner))
        return found

    @property
    def key(self) -> str | int:
        """The last step of the pointer."""
        return self._key

    def has(self, *keys: str) -> bool:
        """Whether one of these fields is there."""
        value = self.value
        if isinstance(value, dict):
            for key in keys:
                if value.get(key) is not None:
                    return True
        return False

    @property
    def pointer(self) -> Pointer:
        """Where the value stands, or would stand."""
        return () if self._holder is None else (*self._holder.pointer, self._key)

    def at(self, path: tuple[str, ...]) -> Node:
        """The node at the end of a path of keys."""
        node = self
        for key in path:
            node = node[key]
        return node

    def items(self) -> Iterator[Node]:
        """The items of a list; null among them is read as empty text or as an empty map."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield _inside(self, index, _empty_like(self.value) if value is None else value)

    def entries(self) -> Iterator[tuple[str, Node]]:
        """The entries of a map."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield str(key), _inside(self, str(key), value)

    def keys(self) -> list[str]:
        """The keys of a map whose values are there."""
        return [key for key, node in self.entries() if node.present]

    @property
    def present(self) -> bool:
        """Whether there is a value; null is absent, as the API server reads it."""
        return self.value is not None

    @property
    def filled(self) -> bool:
        """Whether there is a value that Go would not call empty: no empty text, list or map, no zero."""
        return bool(self.value)

    @property
    def count(self) -> int:
        """How many items a list has."""
        return len(self.value) if isinstance(self.value, list) else 0

    @property
    def texts(self) -> set[str]:
        """The texts in a list."""
        return {item.text for item in self.items()}

    @property
    def text(self) -> str:
        """The value if it is text, else nothing."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def integer(self) -> int | None:
        """The value if it is an integer."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    @property
    def root(self) -> Node:
        """The whole object."""
        node = self
        while node._holder is not None:
            node = node._holder
        return node

    @property
    def holder(self) -> Node:
        """What holds the value."""
        return self if self._holder is None else self._holder

    def refuse(self, message: str, hint: str = "", field: Pointer = ()) -> None:
        """Report this place; `field` is how the server calls it, where that is another place."""
        self.found.append(Violation(self.pointer, message, hint, (field,) if field else ()))

    def also(self, start: int, *fields: Pointer) -> None:
        """Say that the server names these places too for what was found since `start`, a length of `found`."""
        for index in range(start, len(self.found)):
            found = self.found[index]
            self.found[index] = found._replace(fields=(*(found.fields or (found.pointer,)), *fields))

    def refuse_value(self, message: str, hint: str = "", field: Pointer = ()) -> None:
        """Report this place with its value before the message."""
        self.refuse(f"{quoted(self.value)} {message}", hint, field)

    def require(self, hint: str = "", field: Pointer = ()) -> bool:
        """Report it when nothing is there; whether something is."""
        if not self.filled:
            problem = "empty" if self.present else "missing"
            self.refuse(f'"{self.pointer[-1]}" is {problem}', hint or f"write {self.pointer[-1]}", field)
        return self.filled

    def one_of(self, *allowed: str, empty: bool = True, absent: bool = True, field: Pointer = ()) -> None:
        """Report text that is none of these; an absent value is fine where it is defaulted."""
        if (absent and self.value is None) or (empty and self.value == ""):
            return
        if self.value not in allowed:
            message = (
                f'"{self._key}" is missing'
                if self.value is None
                else f"{quoted(self.value)} is not allowed here"
            )
            self.refuse(message, f"write {' or '.join(allowed)}", field)

    def only_once(self, seen: set[str], problem: str, field: Pointer = ()) -> None:
        """Report text that was seen before, else remember it."""
        if self.text in seen:
            self.refuse_value(problem, "change or remove one", field)
        seen.add(self.text)

    def between(self, low: int, high: int) -> None:
        """Report an integer outside these bounds."""
        if self.integer is not None and not low <= self.integer <= high:
            self.refuse_value(f"is out of range, it must be {low} to {high}")

    def required_between(self, low: int, high: int) -> None:
        """Report an integer that is missing or outside these bounds."""
        if self.value is None:
            self.require()
        else:
            self.between(low, high)

    def at_most(self, high: int) -> None:
        """Report an integer above this."""
        if self.integer is not None and self.integer > high:
            self.refuse_value(f"is out of range, it must be {high} or less")

    def at_least(self, low: int) -> None:
        """Report an integer below this."""
        if self.integer is not None and self.integer < low:
            self.refuse_value(f"is out of range, it must be {low} or more")

    def named(self, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """Report text that a rule of `names` has a reason against."""
        if isinstance(self.value, str) and (reason := rule(self.value)):
            self.refuse_value(reason, field=field)

    def required_name(self, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """Report a name that is missing, or that a rule of `names` has a reason against."""
        if self.require(field=field):
            self.named(rule, field)


def _inside(holder: Node, key: str | int, value: Any) -> Node:
    """A node in another: hundreds are made for an object, at a third less than a constructor takes."""
    node = _new(Node)
    node.value = value
    node._holder = holder  # noqa: SLF001 - it is the constructor
    node._key = key  # noqa: SLF001 - it is the constructor
    node.found = holder.found
    return node


_new = object.__new__


def _empty_like(items: list[Any]) -> Any:
    """What Go reads null as in a list of these items."""
    return "" if any(isinstance(item, str) for item in items) else {}
