"""Partial specs in short and long forms, drawn from the models themselves.

A field, type or pattern that is added to a model is drawn from that moment on, and so is a short
form that it names in `short_forms`. Only short keys (`port`, a number as a quantity) are listed by hand.
"""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from k8sgen.spec.container import Container
from k8sgen.spec.env import EnvVar
from k8sgen.spec.expand import expand
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.image import Image
from k8sgen.spec.merge import merge_layers
from k8sgen.spec.model import Model
from k8sgen.spec.probes import Probe
from k8sgen.spec.resources import Resources
from k8sgen.spec.runtime import Jvm, Python
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.volumes import Volume
from k8sgen.yamltext.read import Map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Problem

__all__ = [
    "FIELD_PATHS",
    "SHORT_INSIDE",
    "SPEC",
    "Case",
    "Path",
    "any_cases",
    "as_map",
    "cases_at",
    "fields_hit",
    "filled",
    "long_form",
    "models_below",
    "partial_specs",
]

Path = tuple[str, ...]
"""A field's path; `*` stands for any key of a map and any index of a list."""

LARGEST = 2**53

TEXTS = (
    "",
    "a",
    "b",
    "orders",
    "main-1",
    "x.example.com",
    "*.example.com",
    "team_b",
    "A",
    "HOME",
    "JAVA_TOOL_OPTIONS",
    "/",
    "/a",
    "/etc/app/config.yaml",
    "/data",
    "1",
    "0",
    "8080",
    "012",
    "0x1F",
    "1e3",
    "1_000",
    "22:22",
    ".5",
    "-0",
    "1.10",
    "100m",
    "512Mi",
    "1Gi",
    "2.5",
    "25%",
    "100%",
    "0%",
    "true",
    "false",
    "null",
    "~",
    "yes",
    "on",
    "y",
    "N",
    "=",
    "<<",
    "2001-01-01",
    "- a",
    "a: b",
    "a #b",
    "# c",
    "{{ .Values.a }}",
    "{% if x %}",
    "$(HOME)",
    "&a",
    "*a",
    "!t",
    "@at",
    "'single'",
    '"double"',
    "back\\slash",
    "tab\there",
    " leading",
    "trailing ",
    "two\nlines",
    "two\nlines\n",
    "é",
    "日本",
    "😀",
    "\u2028",
    "\u00a0",
    "<a href='x'>&</a>",
    "---",
    "...",
    "SIGTERM",
    "SIGRTMIN+3",
    "HTTP",
    "HTTPS",
    "ALL",
    "NET_BIND_SERVICE",
    "app.kubernetes.io/name",
    "ghcr.io/acme/orders",
    "localhost:5000/a",
    "1.4.2",
    "sha256:" + "0a" * 32,
    "l" * 63,
    "long " * 40,
    "metadata.name",
    "limits.memory",
    "10.0.0.0/8",
    "http",
    "http2",
)
"""What readers of YAML disagree about, what templates would run, and a few of each grammar of the spec."""

KEYS = ("a", "b", "on", "1", "x.y/z", "<<", "é", "key with space")
"""Keys of Kubernetes' own maps; few, so that two layers meet."""

REFERENCES = (
    "a",
    "a:1.4",
    "ghcr.io/acme/orders:1.4.2",
    "localhost:5000/a/b",
    "a@sha256:" + "0a" * 32,
    "r:5/x:v1@sha256:" + "1b" * 32,
)

OWN_SHORT: dict[type[Model], st.SearchStrategy[Any]] = {
    Image: st.sampled_from(REFERENCES),
    Probe: st.one_of(st.booleans(), st.sampled_from(["/", "/healthz", "/a b"])),
}
"""Short forms of which a JSON Schema says too little; all others are drawn from `short_forms`."""

SHORT_INSIDE: dict[type[Model], dict[str, st.SearchStrategy[Any]]] = {
    Container: {"port": st.sampled_from([80, 8080, LARGEST])},
    Resources: {
        key: st.dictionaries(
            st.sampled_from(["cpu", "memory"]), st.sampled_from([0, 1, 2, 0.5, 0.25, "1Gi"]), max_size=2
        )
        for key in ("requests", "limits")
    },
    Volume: {"size": st.sampled_from([1, 1073741824, "1Gi"])},
    Jvm: {"heap": st.sampled_from([1, 1073741824, "1Gi"])},
    Python: {"workerMemory": st.sampled_from([1, 134217728, "128Mi"])},
    EnvVar: {"value": st.one_of(st.booleans(), st.integers(-3, 3))},
}
"""By model, keys that may hold something short, or that are short for another key."""


def models_below(model: type[Model]) -> Iterator[type[Model]]:
    """A model and all that its fields lead to, each once."""
    seen, waiting = set(), [model]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        yield here
        for field in fields_of(here).values():
            type_: Type | None = field.type
            while type_ is not None and type_.item is not None:
                type_ = type_.item
            if type_ is not None and type_.model is not None:
                waiting.append(type_.model)


def paths_below(type_: Type, prefix: Path = ()) -> Iterator[Path]:
    """Every field below a type."""
    if type_.item is not None and type_.shape in {"map", "list"}:
        yield from paths_below(type_.item, (*prefix, "*"))
    if type_.model is None:
        return
    for key, field in fields_of(type_.model).items():
        yield (*prefix, key)
        yield from paths_below(field.type, (*prefix, key))


SPEC = Type("model", model=Spec)

FIELD_PATHS: tuple[Path, ...] = tuple(path for path in paths_below(SPEC) if path[0] != "patches")
"""All fields of a spec but patches, which are no values of a chart and merge by a rule of their own."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an annotation asks of a scalar or of the size of a list or map."""

    pattern: str = ""
    min_length: int = 0
    max_length: int = 1000
    lowest: int = -LARGEST
    highest: int = LARGEST

    def but(self, metadata: Any) -> Bounds:
        """These bounds, narrowed by pydantic's metadata of a field or an Annotated."""
        found = {
            ours: getattr(item, theirs)
            for item in metadata
            for theirs, ours in (
                ("pattern", "pattern"),
                ("min_length", "min_length"),
                ("max_length", "max_length"),
                ("ge", "lowest"),
                ("le", "highest"),
            )
            if getattr(item, theirs, None) is not None
        }
        mine = {
            name: getattr(self, name) for name in ("pattern", "min_length", "max_length", "lowest", "highest")
        }
        return Bounds(**{**mine, **found})


@cache
def texts(bounds: Bounds) -> st.SearchStrategy[str]:
    """Texts within bounds: those of the list above that fit, else any that match the pattern."""
    fitting = [
        text
        for text in TEXTS
        if bounds.min_length <= len(text) <= bounds.max_length
        and re.search(bounds.pattern, text)
        and not (bounds.pattern and text.endswith("\n"))
    ]
    return st.sampled_from(fitting) if fitting else st.from_regex(bounds.pattern, fullmatch=True)


@cache
def kubernetes_values(depth: int = 3) -> st.SearchStrategy[Any]:
    """A piece of Kubernetes' own API: any JSON without null."""
    leaves = st.one_of(
        st.sampled_from(TEXTS),
        st.booleans(),
        st.sampled_from([0, -1, 1, 1_000_000, LARGEST, -LARGEST, 0.5, 1e-07, 1.5e21]),
    )
    if depth == 0:
        return leaves
    below = kubernetes_values(depth - 1)
    return st.one_of(
        leaves, st.lists(below, max_size=2), st.dictionaries(st.sampled_from(KEYS), below, max_size=3)
    )


@cache
def kubernetes_objects() -> st.SearchStrategy[dict[str, Any]]:
    """A map of Kubernetes' own API."""
    return st.dictionaries(st.sampled_from(KEYS), kubernetes_values(2), max_size=3)


def values_of(annotation: Any, bounds: Bounds, must: Path, depth: int) -> st.SearchStrategy[Any]:
    """Values of an annotation, short or long; with the path `must` inside when it is not empty."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        metadata = [
            item
            for each in arguments[1:]
            for item in (each.metadata if isinstance(each, FieldInfo) else [each])
        ]
        return values_of(arguments[0], bounds.but(metadata), must, depth)
    if origin in {Union, types.UnionType}:
        members = [member for member in arguments if member is not types.NoneType]
        return st.one_of([values_of(member, bounds, must, depth) for member in members])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is dict:
        return maps_of(arguments[0], arguments[1], must, depth)
    if origin is list:
        items = values_of(arguments[0], Bounds(), must[1:], depth - 1)
        smallest = max(bounds.min_length if bounds.min_length < 10 else 0, 1 if must else 0)
        return st.lists(items, min_size=smallest, max_size=max(smallest, 2))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return parts_of(annotation, must, depth)
    if annotation is Any:
        return kubernetes_values()
    return scalars_of(annotation, bounds)


def scalars_of(annotation: Any, bounds: Bounds) -> st.SearchStrategy[Any]:
    """Texts, booleans, and integers at the edges of their bounds."""
    if annotation is str:
        return texts(bounds)
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        edges = {bounds.lowest, min(bounds.lowest + 1, bounds.highest), bounds.highest}
        usual = {number for number in (0, 1, 2, 30, 1_000_000) if bounds.lowest <= number <= bounds.highest}
        return st.sampled_from(sorted(edges | usual))
    raise NotImplementedError(f"no strategy for {annotation!r}: add one to {__name__}")


def maps_of(key: Any, value: Any, must: Path, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """Maps of names, with few names so that two layers meet."""
    if value is Any:
        return kubernetes_objects()
    arguments = get_args(key) if get_origin(key) is Annotated else (key,)
    metadata = [
        item for each in arguments[1:] for item in (each.metadata if isinstance(each, FieldInfo) else [each])
    ]
    bounds = Bounds().but(metadata)
    fitting = [
        text for text in TEXTS if text and len(text) <= bounds.max_length and re.search(bounds.pattern, text)
    ]
    names = st.sampled_from(fitting[:4]) if bounds.pattern else st.sampled_from(KEYS)
    values = values_of(value, Bounds(), must[1:], depth - 1)
    return st.dictionaries(names, values, min_size=1 if must else 0, max_size=2)


@cache
def parts_of(model: type[Model], must: Path, depth: int) -> st.SearchStrategy[Any]:
    """A part of the spec: its short form, or a map of some of its fields in either form."""
    long = field_maps(model, must, depth)
    own = next((OWN_SHORT[base] for base in model.__mro__ if base in OWN_SHORT), None)
    short = [own] if own is not None else [short_values(form) for form in model.short_forms]
    return long if must or not short else st.one_of(*short, long)


def short_values(form: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values of a short form that is given as its JSON Schema."""
    if "enum" in form:
        return st.sampled_from(form["enum"])
    kinds = [form["type"]] if isinstance(form["type"], str) else form["type"]
    bounds = Bounds(
        pattern=form.get("pattern", ""),
        lowest=form.get("minimum", -LARGEST),
        highest=form.get("maximum", LARGEST),
    )
    types_of = {"string": str, "integer": int, "boolean": bool}
    return st.one_of([scalars_of(types_of[kind], bounds) for kind in kinds])


@st.composite
def field_maps(draw: st.DrawFn, model: type[Model], must: Path = (), depth: int = 4) -> dict[str, Any]:
    """Some fields of a model; the field that `must` begins with, all the way down; either/ors are not kept."""
    fields, short, result = fields_of(model), short_inside(model), {}
    if must:
        result[must[0]] = draw(field_values(model, must[0], must[1:], depth))
    if depth > 0:
        for key in draw(some_keys(model, 3 if must else 2)):
            if key in result:
                continue
            if key in short and (key not in fields or draw(st.booleans())):
                result[key] = draw(short[key])
            elif key in fields:
                result[key] = draw(field_values(model, key, (), depth - 1))
    return result


@cache
def short_inside(model: type[Model]) -> dict[str, st.SearchStrategy[Any]]:
    """The short forms that may stand under keys of a model."""
    return {key: strategy for base in model.__mro__ for key, strategy in SHORT_INSIDE.get(base, {}).items()}


@cache
def some_keys(model: type[Model], most: int) -> st.SearchStrategy[list[str]]:
    """A few keys of a model."""
    keys = [key for key in (*fields_of(model), *short_inside(model)) if key != "patches"]
    return st.lists(st.sampled_from(keys), max_size=most, unique=True)


@cache
def field_values(model: type[Model], key: str, must: Path, depth: int) -> st.SearchStrategy[Any]:
    """Values of one field."""
    info = model.model_fields[fields_of(model)[key].name]
    return values_of(info.annotation, Bounds().but(info.metadata), must, depth)


@cache
def partial_specs(must: Path = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Partial specs as a person writes them; with a field that must be there."""
    return field_maps(Spec, must)


@dataclass(frozen=True, slots=True)
class Case:
    """Two layers in long form: what stands in a chart, and what is laid over it."""

    lower: Map
    upper: Map


def cases_at(path: Path) -> st.SearchStrategy[Case]:
    """Layers that meet at a field."""
    return cases(partial_specs(path), st.one_of(partial_specs(path), partial_specs(), st.just({})), path)


def any_cases() -> st.SearchStrategy[Case]:
    """Layers that meet where chance has it, at one field at least."""
    return st.sampled_from(FIELD_PATHS).flatmap(cases_at)


@st.composite
def cases(
    draw: st.DrawFn,
    lower: st.SearchStrategy[dict[str, Any]],
    upper: st.SearchStrategy[dict[str, Any]],
    path: Path,
) -> Case:
    """Below from one to three layers merged; above one that may remove what is there, most often at `path`."""
    below = merge_layers([long_form(layer) for layer in draw(st.lists(lower, min_size=1, max_size=3))])
    above = draw(upper)
    removable = list(removable_paths(below, SPEC))
    for target in removable:
        if matches(target, path) and draw(st.booleans()):
            above = with_null(above, target)
    if removable:
        for target in draw(st.lists(st.sampled_from(removable), max_size=2)):
            above = with_null(above, target)
    return Case(below, long_form(above))


def fields_hit(value: Any, type_: Type, path: Path = (), *, removed: bool = False) -> set[Path]:
    """The fields that a layer in long form says something about; with `removed`, those that it removes."""
    hit: set[Path] = set()
    if isinstance(value, dict):
        fields = fields_of(type_.model) if type_.model else {}
        for key, item in value.items():
            field = fields.get(key)
            below = field.type if field else type_.item
            here = (*path, key if type_.model else "*")
            if field and (item is None) == removed:
                hit.add(here)
            if below is not None:
                hit |= fields_hit(item, below, here, removed=removed)
    elif isinstance(value, list) and type_.item is not None:
        for item in value:
            hit |= fields_hit(item, type_.item, (*path, "*"), removed=removed)
    return hit


def filled(value: dict[str, Any], type_: Type) -> dict[str, Any]:
    """A merged spec with its constant defaults, as values.yaml holds it."""
    result = dict(value)
    for key, field in fields_of(type_.model).items() if type_.model else ():
        if field.kind == "default" and field.type.model is not None:
            result[key] = filled(result.get(key, {}), field.type)
        elif field.kind == "default":
            result.setdefault(key, field.default)
        elif isinstance(result.get(key), dict) and field.type.model is not None:
            result[key] = filled(result[key], field.type)
    return result


def long_form(layer: dict[str, Any]) -> Map:
    """A layer as `load_spec` expands it. What is drawn here breaks no rule of layers."""
    problems: list[Problem] = []
    result = expand(as_map(layer), Spec, problems)
    assert not problems, problems
    return result


def as_map(value: Any) -> Any:
    """Plain data as the reader gives it, all maps as Map."""
    if isinstance(value, dict):
        return Map((key, as_map(item)) for key, item in value.items())
    return [as_map(item) for item in value] if isinstance(value, list) else value


def removable_paths(value: Any, type_: Type, path: Path = ()) -> Iterator[Path]:
    """Every key that a later layer may remove: all but the fields that have a constant default."""
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        below = type_.item or Type("any")
        if type_.model is not None:
            field = fields_of(type_.model).get(key)
            if field is None:
                continue
            below = field.type
            if field.kind != "default":
                yield (*path, key)
        else:
            yield (*path, key)
        yield from removable_paths(item, below, (*path, key))


def matches(path: Path, pattern: Path) -> bool:
    """Whether a path is that of a field."""
    return len(path) == len(pattern) and all(
        part in {"*", key} for key, part in zip(path, pattern, strict=True)
    )


def with_null(layer: dict[str, Any], path: Path) -> dict[str, Any]:
    """A layer that also removes what is at a path; unchanged where it says something short above that path."""
    key, rest = path[0], path[1:]
    if not rest:
        return {**layer, key: None}
    below = layer.get(key, {})
    return {**layer, key: with_null(below, rest)} if isinstance(below, dict) else layer
