"""What the models say about themselves: the fields of the spec by path, for everybody who walks it."""

from __future__ import annotations

import types
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import PydanticUndefined

from k8sgen.spec.model import DERIVED, KUBERNETES, REASON, Model

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["required", "optional", "default", "derived"]
Shape = Literal["scalar", "model", "map", "list", "any"]


@dataclass(frozen=True, slots=True)
class Type:
    """The shape of a value: a scalar, a part of the spec, or a map or list of such; `any` is Kubernetes' own."""

    shape: Shape
    model: type[Model] | None = None
    item: Type | None = None
    scalars: tuple[type, ...] = ()
    pattern: str = attribute(default="", compare=False)
    """What a text must match; two types that differ in it alone are the same to templates."""


ANY = Type("any")


@dataclass(frozen=True, slots=True)
class SpecField:
    """One field of a model, under the key that the user writes."""

    key: str
    name: str
    kind: Kind
    type: Type
    description: str
    default: Any = None
    reason: str = ""
    derivation: str = ""
    kubernetes: str = ""
    """The published definition of what the field holds (see `k8sgen.spec.model.KUBERNETES`)."""


@cache
def fields_of(model: type[Model]) -> Mapping[str, SpecField]:
    """The fields of a model by key: its own in the order in which they are declared, then those it inherits."""
    result = {}
    own = [name for name in model.__annotations__ if name in model.model_fields]
    for name in dict.fromkeys((*own, *model.model_fields)):
        info = model.model_fields[name]
        extra: dict[str, Any] = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        has_default = info.default is not PydanticUndefined or info.default_factory is not None
        value = info.get_default(call_default_factory=True, validated_data={}) if has_default else None
        if not has_default:
            kind: Kind = "required"
        elif DERIVED in extra:
            kind = "derived"
        else:
            kind = "optional" if value is None else "default"
        key = info.alias or name
        result[key] = SpecField(
            key=key,
            name=name,
            kind=kind,
            type=type_of(info.annotation, pattern_of(info.metadata)),
            description=info.description or "",
            default=value,
            reason=extra.get(REASON, ""),
            derivation=extra.get(DERIVED, ""),
            kubernetes=extra.get(KUBERNETES, ""),
        )
    return result


def pattern_of(metadata: Any) -> str:
    """The pattern among pydantic's metadata of a field or an Annotated, or nothing."""
    found = [getattr(item, "pattern", None) or pattern_of(getattr(item, "metadata", ())) for item in metadata]
    return next((pattern for pattern in found if pattern), "")


def type_of(annotation: Any, pattern: str = "") -> Type:
    """The shape that a type annotation of a model describes; `pattern` is one said outside of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return type_of(get_args(annotation)[0], pattern_of(get_args(annotation)[1:]) or pattern)
    if origin in {Union, types.UnionType}:
        members = [type_of(member, pattern) for member in get_args(annotation) if member is not type(None)]
        if len(members) == 1:
            return members[0]
        scalars = tuple(dict.fromkeys(scalar for member in members for scalar in member.scalars))
        return Type(
            "scalar", scalars=scalars, pattern=next((each.pattern for each in members if each.pattern), "")
        )
    if origin is Literal:
        return Type("scalar", scalars=tuple(dict.fromkeys(type(choice) for choice in get_args(annotation))))
    if origin is dict:
        return Type("map", item=type_of(get_args(annotation)[1]))
    if origin is list:
        return Type("list", item=type_of(get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Type("model", model=annotation)
    if annotation in {str, int, bool}:
        return Type("scalar", scalars=(annotation,), pattern=pattern if annotation is str else "")
    return ANY


def field_at(model: type[Model], path: tuple[str, ...]) -> SpecField | None:
    """The field at a path of the spec; map keys are passed over. None when the spec has no such field."""
    found = descend(model, path)
    return found[0] if found else None


def type_at(model: type[Model], path: tuple[str, ...]) -> Type | None:
    """The type of what stands at a path, entries of maps and lists included. None when nothing may."""
    found = descend(model, path)
    return found[1] if found else None


def descend(model: type[Model], path: tuple[str, ...]) -> tuple[SpecField | None, Type] | None:
    """The last field on the way to a path, and the type of what stands there."""
    field: SpecField | None = None
    here = Type("model", model=model)
    for key in path:
        if here.shape == "model" and here.model is not None:
            field = fields_of(here.model).get(key)
            if field is None:
                return None
            here = field.type
        elif here.shape in {"map", "list"} and here.item is not None:
            here = here.item
        elif here.shape != "any":
            return None
    return field, here
