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
    than its whole place, since most nodes are never reported. Most fields of an object are absent or
    right, and a look at the plain value costs a tenth of a step into it: rules look into `map` before they
    step, and ask the holder for a rule about one field, as in `port.check_between(1, 65535, "port")`.
    """

    __slots__ = ("_holder", "_key", "found", "map", "value")

    _holder: Node | None
    _key: str | int
    found: list[Violation]
    map: dict[str, Any]
    """The value if it is a map, else an empty one; not to be changed."""
    value: Any

    def __init__(self, value: Any) -> None:
        self.value = value
        self.map = value if isinstance(value, dict) else _EMPTY
        self._holder = None
        self._key = ""
        self.found = []

    def __getitem__(self, key: str) -> Node:
        return _inside(self, key, self.map.get(key))

    def given(self, *keys: str) -> list[Node]:
        """The fields among these that are there."""
        fields, found = self.map, []
        for key in keys:
            if key in fields and fields[key] is not None:
                found.append(_inside(self, key, fields[key]))  # noqa: PERF401 - a comprehension is one call more
        return found

    @property
    def key(self) -> str | int:
        """The last step of the pointer."""
        return self._key

    def has(self, *keys: str) -> bool:
        """Whether one of these fields is there."""
        fields = self.map
        for key in keys:  # noqa: SIM110 - any() of a generator takes twice as long
            if key in fields and fields[key] is not None:
                return True
        return False

    @property
    def pointer(self) -> Pointer:
        """Where the value stands, or would stand."""
        return () if self._holder is None else (*self._holder.pointer, self._key)

    def text_of(self, key: str) -> str:
        """A field if it is text, else nothing."""
        value = self.map.get(key)
        return value if isinstance(value, str) else ""

    def integer_of(self, key: str) -> int | None:
        """A field if it is an integer."""
        value = self.map.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def map_of(self, key: str) -> dict[str, Any]:
        """A field if it is a map, else an empty one; not to be changed."""
        value = self.map.get(key)
        return value if isinstance(value, dict) else _EMPTY

    def items(self) -> list[Node]:
        """The items of a list; null among them is read as empty text or as an empty map."""
        found: list[Node] = []
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                found.append(_inside(self, index, _empty_like(self.value) if value is None else value))
        return found

    def entries(self, unless: Callable[[str, Any], bool] | None = None) -> Iterator[tuple[str, Node]]:
        """The entries of a map; `unless` says of which plain ones there is no need."""
        for key, value in self.map.items():
            if unless is None or not unless(str(key), value):
                yield str(key), _inside(self, str(key), value)

    def keys(self) -> list[str]:
        """The keys of a map whose values are there."""
        return [str(key) for key, value in self.map.items() if value is not None]

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
        if self.value:
            return True
        problem = "empty" if self.present else "missing"
        self.refuse(f'"{self.pointer[-1]}" is {problem}', hint or f"write {self.pointer[-1]}", field)
        return False

    def one_of(self, *allowed: str, empty: bool = True, absent: bool = True, field: Pointer = ()) -> None:
        """Report text that is none of these; an absent value is fine where it is defaulted."""
        if self.value in allowed:
            return
        if not (absent and self.value is None) and not (empty and self.value == ""):
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
        number = self.integer
        if number is not None and not low <= number <= high:
            self.refuse_value(f"is out of range, it must be {low} to {high}")

    def required_between(self, low: int, high: int) -> None:
        """Report an integer that is missing or outside these bounds."""
        if self.value is None:
            self.require()
        else:
            self.between(low, high)

    def at_most(self, high: int) -> None:
        """Report an integer above this."""
        number = self.integer
        if number is not None and number > high:
            self.refuse_value(f"is out of range, it must be {high} or less")

    def at_least(self, low: int) -> None:
        """Report an integer below this."""
        number = self.integer
        if number is not None and number < low:
            self.refuse_value(f"is out of range, it must be {low} or more")

    def named(self, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """Report text that a rule of `names` has a reason against."""
        value = self.value
        if isinstance(value, str) and (reason := rule(value)):
            self.refuse_value(reason, field=field)

    def required_name(self, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """Report a name that is missing, or that a rule of `names` has a reason against."""
        if self.require(field=field):
            self.named(rule, field)

    def require_field(self, key: str, hint: str = "", field: Pointer = ()) -> bool:
        """`require` of a field."""
        return bool(self.map.get(key)) or self[key].require(hint, field)

    def check_once(self, key: str, seen: set[str], problem: str, field: Pointer = ()) -> None:
        """`only_once` of a field."""
        text = self.text_of(key)
        if text in seen:
            self[key].only_once(seen, problem, field)
        seen.add(text)

    def check_between(self, low: int, high: int, *keys: str) -> None:
        """`between` of fields."""
        fields = self.map
        for key in keys:
            if key in fields and isinstance(fields[key], int) and not low <= fields[key] <= high:
                self[key].between(low, high)

    def require_between(self, low: int, high: int, key: str) -> None:
        """`required_between` of a field."""
        value = self.map.get(key)
        if value is None or (isinstance(value, int) and not low <= value <= high):
            self[key].required_between(low, high)

    def check_at_least(self, low: int, *keys: str) -> None:
        """`at_least` of fields."""
        fields = self.map
        for key in keys:
            if key in fields and isinstance(fields[key], int) and fields[key] < low:
                self[key].at_least(low)

    def check_one_of(
        self, key: str, *allowed: str, empty: bool = True, absent: bool = True, field: Pointer = ()
    ) -> None:
        """`one_of` of a field."""
        value = self.map.get(key)
        if not (absent and value is None) and value not in allowed:
            self[key].one_of(*allowed, empty=empty, absent=absent, field=field)

    def check_name(self, key: str, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """`named` of a field."""
        value = self.map.get(key)
        if isinstance(value, str) and rule(value):
            self[key].named(rule, field)

    def check_names(self, key: str, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """`named` of each item of a field."""
        value = self.map.get(key)
        for text in value if isinstance(value, list) else ():
            if text is None or (isinstance(text, str) and rule(text)):
                for item in self[key].items():
                    item.named(rule, field)
                return

    def require_name(self, key: str, rule: Callable[[str], str], field: Pointer = ()) -> None:
        """`required_name` of a field."""
        value = self.map.get(key)
        if not value or (isinstance(value, str) and rule(value)):
            self[key].required_name(rule, field)


def _inside(holder: Node, key: str | int, value: Any) -> Node:
    """A node in another: hundreds are made for an object, at a third less than a constructor takes."""
    node = _new(Node)
    node.value = value
    node.map = value if isinstance(value, dict) else _EMPTY
    node._holder = holder  # noqa: SLF001 - it is the constructor
    node._key = key  # noqa: SLF001 - it is the constructor
    node.found = holder.found
    return node


_new = object.__new__
_EMPTY: dict[str, Any] = {}


def _empty_like(items: list[Any]) -> Any:
    """What Go reads null as in a list of these items."""
    return "" if any(isinstance(item, str) for item in items) else {}
