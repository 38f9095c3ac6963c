"""From the short forms that people write to the long form that is merged, rendered and shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Problem
from k8sgen.spec.fields import SpecField, Type, fields_of
from k8sgen.yamltext.read import Map, Mark, Seq

if TYPE_CHECKING:
    from k8sgen.spec.model import Model


def expand(layer: Map, model: type[Model], problems: list[Problem]) -> Map:
    """A layer in long form. Unknown keys and wrong types stay as they are: the merged spec reports them.

    A null on a field that has a constant default is reported here, since merging would hide it.
    """
    result = expand_value(layer, Type("model", model=model), layer.mark, "", problems)
    return result if isinstance(result, Map) else layer


def expand_value(value: Any, type_: Type, mark: Mark | None, path: str, problems: list[Problem]) -> Any:
    """`value` in the long form of its type; `mark` is where it stands."""
    if type_.shape == "model" and type_.model is not None:
        return expand_model(value, type_.model, mark, path, problems)
    if type_.shape == "map" and isinstance(value, dict) and type_.item is not None:
        if not reaches_model(type_.item):
            return value
        return same_place(
            value,
            {
                key: None
                if item is None
                else expand_value(
                    item,
                    type_.item,
                    value.marks.get(key) if isinstance(value, Map) else mark,
                    f"{path}{key}.",
                    problems,
                )
                for key, item in value.items()
            },
        )
    if (
        type_.shape == "list"
        and isinstance(value, list)
        and type_.item is not None
        and reaches_model(type_.item)
    ):
        marks = value.marks if isinstance(value, Seq) else [mark] * len(value)
        items = Seq(
            expand_value(item, type_.item, marks[index], f"{path}{index}.", problems)
            for index, item in enumerate(value)
        )
        items.marks, items.mark = [each for each in marks if each is not None], mark
        return items
    return value


def expand_model(
    value: Any, model: type[Model], mark: Mark | None, path: str, problems: list[Problem]
) -> Any:
    """One part of the spec in long form, and all the parts below it."""
    expanded = model.expand(value)
    if not isinstance(expanded, dict):
        return expanded
    source: Map = expanded if isinstance(expanded, Map) else Map(expanded)
    if source.mark is None:
        source.mark = mark
    if mark is not None:
        for key in source:
            source.marks.setdefault(key, mark)
    fields = fields_of(model)
    result = None
    for key, item in source.items():
        field = fields.get(key)
        if field is None:
            continue
        if item is None:
            refuse_null(field, source.marks.get(key), path + key, problems)
        elif field.type.shape not in {"scalar", "any"}:
            long = expand_value(item, field.type, source.marks.get(key), f"{path}{key}.", problems)
            if long is not item:
                result = same_place(source, {}) if result is None else result
                result[key] = long
    return source if result is None else result


def refuse_null(field: SpecField, mark: Mark | None, path: str, problems: list[Problem]) -> None:
    """A field with a constant default cannot be removed, only set."""
    if field.kind == "default":
        problems.append(
            Problem(
                f"{path} is null, but it has a default and cannot be removed",
                mark.place() if mark else None,
                "set another value, or leave the line out to keep what is below",
            )
        )


def same_place(value: dict[str, Any], items: dict[str, Any]) -> Map:
    """A copy of `value` with some of its items replaced, every key where it stood."""
    result = Map(value)
    if isinstance(value, Map):
        result.mark, result.marks = value.mark, dict(value.marks)
    result.update(items)
    return result


@cache
def reaches_model(type_: Type) -> bool:
    """Whether a value of this type holds a part of the spec, which may have a short form."""
    return type_.shape == "model" or (type_.item is not None and reaches_model(type_.item))
