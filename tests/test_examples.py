"""The examples show what they say they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.load import load_spec
from k8sgen.spec.model import Model
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[1] / "examples"
Field = tuple[str, str]

LEFT_OUT: dict[Field, str] = {
    ("Port", "hostPort"): "Pod Security refuses it under restricted",
    ("Expose", "ingressClassName"): "the other branch, gateway, is shown",
    ("Host", "tls"): "with a gateway, certificates belong to the Gateway",
    ("Tls", "secretName"): "with a gateway, certificates belong to the Gateway",
}
"""Fields that the example leaves out, each with what it cannot stand beside."""


def fields_below(type_: Type) -> Iterator[Field]:
    """Every field of the spec, as its part and its key; one of each either/or is enough."""
    if type_.item is not None:
        yield from fields_below(type_.item)
    if type_.model is not None:
        for field in fields_of(type_.model).values():
            yield part_of(type_.model, field.key), field.key
            yield from fields_below(field.type)


def part_of(model: type[Model], key: str) -> str:
    """The part of the spec that declares a field first: a sidecar shares most of its fields with the main container."""
    declaring = [
        base
        for base in model.__mro__
        if issubclass(base, Model) and base is not Model and key in fields_of(base)
    ]
    return declaring[-1].__name__


def used(value: object, type_: Type) -> Iterator[Field]:
    """The fields that a spec uses."""
    if type_.model is not None and isinstance(value, dict):
        for key, item in value.items():
            yield part_of(type_.model, key), key
            yield from used(item, fields_of(type_.model)[key].type)
    elif type_.item is not None and isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from used(item, type_.item)


def other_branches(type_: Type) -> Iterator[Field]:
    """Every field that is one branch of an either/or, and the fields below it."""
    if type_.item is not None:
        yield from other_branches(type_.item)
    if type_.model is not None:
        branches = {key for group in type_.model.either for key in group}
        for field in fields_of(type_.model).values():
            if field.key in branches - {"gateway", "ingressClassName"}:
                yield part_of(type_.model, field.key), field.key
                yield from fields_below(field.type)
            else:
                yield from other_branches(field.type)


def test_full_uses_every_field_of_the_spec() -> None:
    """Once each, apart from what cannot stand beside the rest."""
    file = EXAMPLES / "full" / "service.yaml"
    loaded = load_spec(Builder(Options()).document(SpecFile(file, "service.yaml")))
    whole = Type("model", model=Spec)
    missing = set(fields_below(whole)) - set(used(loaded.values, whole))
    assert missing - set(other_branches(whole)) == set(LEFT_OUT)
