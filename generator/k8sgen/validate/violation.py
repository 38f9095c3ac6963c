"""What is wrong with an object, and where in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPE_NAMES = {
    bool: "a boolean",
    dict: "a map",
    float: "a number",
    int: "an integer",
    list: "a list",
    str: "text",
}
LONGEST_VALUE = 60

Pointer = tuple[str | int, ...]


class Violation(NamedTuple):
    """One broken rule: the value's place in the object, what is wrong with it, how to mend it.

    The place of something missing is where it would stand, so a pointer may end in keys that the
    object does not have. `fields` is set where the API server calls that place otherwise (by what holds
    it, by another name) or names more places, those of its own defaults and of what follows from it.
    """

    pointer: Pointer
    message: str
    hint: str = ""
    fields: tuple[Pointer, ...] = ()

    def __str__(self) -> str:
        return f"{path_text(self.pointer)}: {self.message}"


def path_text(pointer: Pointer) -> str:
    """The pointer as Kubernetes prints field paths: `spec.containers[0].env`, `metadata.labels[app.k/x]`."""
    text = ""
    for step in pointer:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step and step.replace("-", "").replace("_", "").isalnum():
            text += f".{step}" if text else step
        else:
            text += f"[{step}]"
    return text or "the object"


def quoted(value: Any) -> str:
    """The value as a reader would write it in JSON, cut where it grows long."""
    import json

    text = json.dumps(value, ensure_ascii=False, default=str)
    if len(text) <= LONGEST_VALUE:
        return text
    return text[: LONGEST_VALUE - 2] + ('…"' if text[0] == '"' else "…")


def type_name(value: Any) -> str:
    """What kind of value stands there, in words."""
    if value is None:
        return "null"
    for kind, name in TYPE_NAMES.items():
        if isinstance(value, kind):
            return name
    return f"a {type(value).__name__}"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was most likely meant to be, or nothing."""
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.7)
    return by_lower[found[0]] if found else ""
