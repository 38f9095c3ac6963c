"""Prints values into the output, and remembers what each came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from k8sgen.yamltext.scalars import scalar
from k8sgen.yamltext.write import block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.resolve.derivation import Derivation

MARK = "\0"
"""Stands before each printed value until origins are read; no value holds it, for YAML cannot."""

Path = tuple[Any, ...]
"""Keys of the spec; the first may be a `Derived`, for values that come out of a derivation."""


class Derived:
    """A derived value that was printed: its derivation, and what that was asked about."""

    __slots__ = ("arguments", "derivation")

    def __init__(self, derivation: Derivation[..., Any], arguments: tuple[Any, ...]) -> None:
        self.derivation = derivation
        self.arguments = arguments


class Printer:
    """The record of one rendering: for each mark in the text, in order, where its value came from."""

    __slots__ = ("derivations", "records")

    def __init__(self, derivations: dict[str, Derivation[..., Any]]) -> None:
        self.records: list[tuple[Path, Path, Sequence[str | int] | None]] = []
        self.derivations = derivations


def print_scalar(value: Any, printer: Printer, base: Path, tail: Path) -> str:
    """A field as one scalar; `base` and `tail` together are its path in the spec."""
    if value is None:
        raise LookupError(".".join(str(key) for key in base + tail) + " is printed and not given")
    printer.records.append((base, tail, None))
    return MARK + scalar(value)


def print_block(value: Any, printer: Printer, base: Path, tail: Path, indent: int) -> str:
    """A field as a block on lines of its own."""
    printer.records.append((base, tail, keys_of(value)))
    return MARK + block(plain(value), indent)[indent:]


def keys_of(value: Any) -> Sequence[str | int]:
    """The keys of a map or the places of a list: a block may stand among keys that are not its own."""
    if isinstance(value, BaseModel):
        value = plain(value)
    if isinstance(value, dict):
        return list(value)
    return range(len(value)) if isinstance(value, (list, tuple)) else ()


def call(name: str, printer: Printer, *arguments: Any) -> Any:
    """A derived value."""
    return printer.derivations[name](*arguments)


def print_call(name: str, printer: Printer, *arguments: Any) -> str:
    """A derived value as one scalar."""
    derivation = printer.derivations[name]
    printer.records.append(((Derived(derivation, arguments),), (), None))
    return MARK + scalar(derivation(*arguments))


def print_call_block(name: str, printer: Printer, indent: int, *arguments: Any) -> str:
    """A derived value as a block on lines of its own."""
    derivation = printer.derivations[name]
    value = derivation(*arguments)
    printer.records.append(((Derived(derivation, arguments),), (), keys_of(value)))
    return MARK + block(plain(value), indent)[indent:]


def derived_path(name: str, printer: Printer, *arguments: Any) -> Path:
    """The path of a name that holds a derived value."""
    return (Derived(printer.derivations[name], arguments),)


def plain(value: Any) -> Any:
    """A value of the spec as maps, lists and scalars, keys in code-point order: the file's order never matters."""
    if isinstance(value, BaseModel):
        return value.model_dump(by_alias=True, exclude_none=True)
    if isinstance(value, dict):
        return {key: plain(value[key]) for key in sorted(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def by_key(entries: dict[str, Any] | None) -> list[tuple[str, Any]]:
    """The entries of a map in code-point order of their keys, as Go ranges over a map."""
    return [(key, entries[key]) for key in sorted(entries)] if entries else []


def by_index(items: list[Any] | None, base: Path, tail: Path) -> list[tuple[Path, Any]]:
    """The items of a list, each with its path."""
    return [((*base, *tail, index), item) for index, item in enumerate(items or ())]


def join_path(base: Path, tail: Path, key: Any) -> Path:
    """The path of an entry of a map."""
    return (*base, *tail, key)


def is_given(value: Any) -> bool:
    """Whether a value is there and not null."""
    return value is not None
