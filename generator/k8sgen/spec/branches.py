"""Either/or: parts of the spec of which one branch may be given, checked once the layers are merged."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Place, Problem
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.problems import listed, mark_at, path_text

SETTINGS_NAME = "k8sgen.yaml"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.spec.model import Model
    from k8sgen.yamltext.read import Map


def check_branches(values: Map, model: type[Model], fallback: Place) -> Iterator[Problem]:
    """Every part that has two branches of an either/or, or none where one is needed."""
    yield from walk(values, Type("model", model=model), (), values, fallback)


def walk(
    value: Any, type_: Type, path: tuple[str | int, ...], values: Map, fallback: Place
) -> Iterator[Problem]:
    """The checks of one value and of all below it."""
    if type_.shape == "model" and type_.model is not None and isinstance(value, dict):
        yield from check_model(value, type_.model, path, values, fallback)
        fields = fields_of(type_.model)
        for key, item in value.items():
            field = fields.get(key)
            if field is not None and has_branches(field.type):
                yield from walk(item, field.type, (*path, key), values, fallback)
    elif type_.shape == "map" and isinstance(value, dict) and type_.item is not None:
        for key, item in value.items():
            yield from walk(item, type_.item, (*path, key), values, fallback)
    elif type_.shape == "list" and isinstance(value, list) and type_.item is not None:
        for index, item in enumerate(value):
            yield from walk(item, type_.item, (*path, index), values, fallback)


def check_model(
    value: dict[str, Any], model: type[Model], path: tuple[str | int, ...], values: Map, fallback: Place
) -> Iterator[Problem]:
    """The either/ors of one part."""
    where = path_text(path)
    for group in model.either:
        given = [key for key in group if value.get(key) is not None]
        if len(given) > 1:
            marks = {key: mark_at(values, (*path, key)) for key in given}
            places = {key: mark.key_place() if mark else fallback for key, mark in marks.items()}
            first, *_, last = sorted(given, key=lambda key: layer_order(places[key]))
            yield Problem(
                f"{where} has both {first} and {last}, and may have one",
                places[last],
                f"remove the one you do not mean; in a later layer write `{first}: null`",
                ((places[first], first),),
            )
    for group in model.required_one:
        if not any(value.get(key) is not None for key in group):
            mark = mark_at(values, path)
            yield Problem(
                f"{where} says nothing",
                mark.key_place() if mark else fallback,
                f"give {listed(group[:6])}",
            )


def layer_order(place: Place) -> tuple[int, int, int]:
    """Where a place stands among the layers: k8sgen.yaml, the spec with its environments at the end, options."""
    layer = 0 if PurePath(place.file).name == SETTINGS_NAME else 1 if place.line else 2
    return (layer, place.line, place.column)


@cache
def has_branches(type_: Type) -> bool:
    """Whether anything at or below a type has an either/or."""
    if type_.item is not None:
        return has_branches(type_.item)
    if type_.model is None:
        return False
    return bool(type_.model.either) or any(
        has_branches(field.type) for field in fields_of(type_.model).values()
    )
