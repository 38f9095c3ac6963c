"""Types of values: of names and fields in templates, of parameters and results of derived values.

They come from the models and from the annotations of the functions, so there is nothing to keep in
step. The check of templates (`k8sgen.render.check`) and the chart (`k8sgen.chart`) read them.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from k8sgen.resolve.derivation import Cluster, Derivation, Release
from k8sgen.spec.fields import ANY, SpecField, Type, fields_of, pattern_of, type_of
from k8sgen.spec.model import Model
from k8sgen.spec.service_spec import Spec

TEXT = Type("scalar", scalars=(str,))
NUMBER = Type("scalar", scalars=(int,))
BOOLEAN = Type("scalar", scalars=(bool,))
SPEC = Type("model", model=Spec)
RELEASE = Type("model", scalars=(Release,))
CLUSTER = Type("model", scalars=(Cluster,))

CONTEXT_TYPES: Mapping[str, Type] = {"spec": SPEC, "release": RELEASE, "cluster": CLUSTER}
"""The names that every template may use."""


@dataclass(frozen=True, slots=True)
class Member:
    """What stands under a key: its type, and whether it is always there."""

    type: Type
    always: bool
    field: SpecField | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What a derived value is asked about, and what it answers; `optional` when that may be None."""

    parameters: tuple[tuple[str, Type], ...]
    returns: Type
    optional: bool = False
    may_be_none: frozenset[str] = frozenset()
    """Parameters that may be handed None."""


@cache
def members(type_: Type) -> Mapping[str, Member]:
    """What a part of the spec, the release or the cluster holds, by the key that a template writes."""
    if type_.shape == "model" and len(type_.scalars) > 1:
        return members_of_either(type_.scalars)
    if type_.model is not None:
        return {
            key: Member(field.type, field.kind in {"required", "default"}, field)
            for key, field in fields_of(type_.model).items()
        }
    if type_.shape == "model":
        record = type_.scalars[0]
        hints = get_type_hints(record)
        return {
            field.name: Member(annotation_type(hints[field.name])[0], always=True)
            for field in dataclasses.fields(record)
        }
    return {}


@cache
def members_of_either(models: tuple[type[Model], ...]) -> Mapping[str, Member]:
    """What one of several models holds; always there is only what all of them always hold."""
    found: dict[str, list[SpecField]] = {}
    for model in models:
        for key, field in fields_of(model).items():
            found.setdefault(key, []).append(field)
    return {
        key: Member(
            union(tuple(field.type for field in fields)),
            always=len(fields) == len(models)
            and all(field.kind in {"required", "default"} for field in fields),
            field=fields[0],
        )
        for key, fields in found.items()
    }


def member(type_: Type, key: str) -> Member | None:
    """What stands under a key; Kubernetes' own objects hold anything. None when the spec has no such field."""
    if type_.shape == "any":
        return Member(ANY, always=False)
    return members(type_).get(key)


def attribute(type_: Type, name: str) -> tuple[str, Member] | None:
    """The key and the member that Python code reads by an attribute's name."""
    for key, found in members(type_).items():
        if (found.field.name if found.field else key) == name:
            return key, found
    return None


def never_has(type_: Type, name: str) -> bool:
    """Whether a model says, by a property that is None, that it lacks what a model beside it has."""
    lacking = getattr(type_.model, name, None) if type_.model is not None else None
    return isinstance(lacking, property) and get_type_hints(lacking.fget).get("return") is type(None)


def annotation_type(annotation: Any) -> tuple[Type, bool]:
    """The type that an annotation describes, and whether it allows None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        type_, optional = annotation_type(inner)
        return dataclasses.replace(type_, pattern=pattern_of(marks) or type_.pattern), optional
    if origin in {Union, types.UnionType}:
        given = [item for item in get_args(annotation) if item is not type(None)]
        inner = tuple(annotation_type(item)[0] for item in given)
        optional = len(given) < len(get_args(annotation))
        return union(inner), optional
    if origin in {dict, Mapping}:
        return Type("map", item=annotation_type(get_args(annotation)[1])[0]), False
    if origin in {list, Sequence, Iterable, tuple}:
        return Type("list", item=annotation_type(get_args(annotation)[0])[0]), False
    if annotation is Release:
        return RELEASE, False
    if annotation is Cluster:
        return CLUSTER, False
    return type_of(annotation), False


def union(inner: tuple[Type, ...]) -> Type:
    """One type for several: of scalars or of models any, of maps and lists their items."""
    distinct = tuple(dict.fromkeys(inner))
    if len(distinct) == 1:
        return distinct[0]
    shapes = {item.shape for item in distinct}
    if shapes == {"scalar"}:
        scalars = tuple(dict.fromkeys(kind for item in distinct for kind in item.scalars))
        return Type(
            "scalar", scalars=scalars, pattern=next((one.pattern for one in distinct if one.pattern), "")
        )
    if shapes == {"model"} and all(item.model for item in distinct):
        models = tuple(
            dict.fromkeys(model for item in distinct for model in (item.scalars or (item.model,)) if model)
        )
        return Type("model", model=models[0], scalars=models)
    if len(shapes) == 1 and all(item.item for item in distinct):
        return Type(distinct[0].shape, item=union(tuple(item.item for item in distinct if item.item)))
    return ANY


@cache
def signature_of(function: Callable[..., Any] | Derivation[..., Any]) -> Signature:
    """The types in a function's annotations, also of those that only a type checker imports."""
    plain = function.function if isinstance(function, Derivation) else function
    hints = get_type_hints(plain, localns=dict(known_names()))
    code = plain.__code__
    parameters = tuple(
        (name, annotation_type(hints.get(name, Any))[0]) for name in code.co_varnames[: code.co_argcount]
    )
    returns, optional = annotation_type(hints.get("return", Any))
    may_be_none = frozenset(name for name, _ in parameters if annotation_type(hints.get(name, Any))[1])
    return Signature(parameters, returns, optional, may_be_none)


@cache
def known_names() -> Mapping[str, Any]:
    """The names that annotations may use without an import at run time."""
    found: dict[str, Any] = {
        "Release": Release,
        "Cluster": Cluster,
        "Mapping": Mapping,
        "Sequence": Sequence,
        "Iterable": Iterable,
    }
    waiting: list[type[Model]] = [Model]
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        waiting.extend(model.__subclasses__())
    return found


def shown(type_: Type) -> str:
    """A type in words, for messages."""
    if type_.shape == "scalar":
        words = {str: "text", int: "a number", bool: "true or false"}
        return " or ".join(words.get(kind, kind.__name__) for kind in type_.scalars) or "a scalar"
    if type_.shape == "model":
        return " or ".join(f"a {model.__name__}" for model in type_.scalars or (type_.model,) if model)
    return {"map": "a map", "list": "a list", "any": "Kubernetes' own"}[type_.shape]


def fits(given: Type, wanted: Type) -> bool:
    """Whether a value of one type may be passed where another is wanted."""
    if "any" in {given.shape, wanted.shape}:
        return True
    if given.shape != wanted.shape:
        return False
    if given.shape == "scalar":
        return set(given.scalars) <= set(wanted.scalars)
    if given.model is not None and wanted.model is not None:
        allowed = wanted.scalars or (wanted.model,)
        return all(issubclass(model, allowed) for model in given.scalars or (given.model,))
    if given.shape == "model":
        return given == wanted
    return given.item is None or wanted.item is None or fits(given.item, wanted.item)
