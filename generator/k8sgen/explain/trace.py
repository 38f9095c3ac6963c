"""Which fields of the spec a derivation reads: found out by letting it read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.spec.fields import fields_of
from k8sgen.spec.model import Model

if TYPE_CHECKING:
    from k8sgen.render.printer import Derived

SpecPath = tuple[str, ...]


class Traced:
    """A part of the spec that notes which of its fields are read."""

    def __init__(self, part: Model, path: SpecPath, seen: dict[SpecPath, Any]) -> None:
        object.__setattr__(self, "_part", part)
        object.__setattr__(self, "_path", path)
        object.__setattr__(self, "_seen", seen)

    def __getattr__(self, name: str) -> Any:
        part: Model = object.__getattribute__(self, "_part")
        path: SpecPath = object.__getattribute__(self, "_path")
        seen: dict[SpecPath, Any] = object.__getattribute__(self, "_seen")
        field = next((field for field in fields_of(type(part)).values() if field.name == name), None)
        value = getattr(part, name)
        return value if field is None else traced(value, (*path, field.key), seen)


def traced(value: Any, path: SpecPath, seen: dict[SpecPath, Any]) -> Any:
    """A value of the spec that notes what is read of it; scalars and Kubernetes' own are noted at once."""
    if isinstance(value, Model):
        return Traced(value, path, seen)
    if isinstance(value, dict) and any(isinstance(item, Model) for item in value.values()):
        return {key: traced(item, (*path, key), seen) for key, item in value.items()}
    seen.setdefault(path, value)
    return value


def fields_read(derived: Derived, owners: dict[int, SpecPath]) -> dict[SpecPath, Any]:
    """The fields that a derived value was computed from, with their values; `owners` gives parts their paths.

    A field that nobody gave is noted as None: its absence decided too.
    """
    seen: dict[SpecPath, Any] = {}
    arguments = [
        Traced(argument, owners[id(argument)], seen)
        if isinstance(argument, Model) and id(argument) in owners
        else argument
        for argument in derived.arguments
    ]
    derived.derivation.function(*arguments)
    return seen


def parts_by_id(value: Any, path: SpecPath = ()) -> dict[int, SpecPath]:
    """The path of every part of a spec, by its identity."""
    found: dict[int, SpecPath] = {}
    if isinstance(value, Model):
        found[id(value)] = path
        for field in fields_of(type(value)).values():
            found.update(parts_by_id(getattr(value, field.name), (*path, field.key)))
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, Model):
                found.update(parts_by_id(item, (*path, key)))
    return found


def given_path(derived: Derived, owners: dict[int, SpecPath]) -> SpecPath:
    """The field that would take the place of a derived value, or that it speaks for; () when there is none."""
    if derived.derivation.field:
        return derived.derivation.field
    if not derived.derivation.given or not derived.arguments:
        return ()
    owner = owners.get(id(derived.arguments[0]))
    return () if owner is None else (*owner, *derived.derivation.given.split("."))
