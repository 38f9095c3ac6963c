"""What a model says of a value it refuses, in the words of the person who wrote the value."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from k8sgen.errors import Place, Problem
from k8sgen.spec.fields import Type, field_at, fields_of
from k8sgen.spec.model import Model
from k8sgen.yamltext.read import Map, Mark, Seq


def quoted(value: Any) -> str:
    """A value as it may stand in a message: short, on one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]  # noqa: PLR2004


def path_text(path: tuple[str | int, ...]) -> str:
    """`ports.http.port`; keys that hold dots or slashes stand in brackets."""
    text = ""
    for key in path:
        if isinstance(key, int) or "." in key or "/" in key or not key:
            text += f"[{key}]"
        else:
            text += f".{key}" if text else key
    return text


def mark_at(values: Any, path: tuple[str | int, ...]) -> Mark | None:
    """The mark of the value at a path, or of the nearest part above it that has one."""
    found: Mark | None = getattr(values, "mark", None)
    for key in path:
        if isinstance(values, Map) and isinstance(key, str):
            found = values.marks.get(key, found)
            values = values.get(key)
        elif isinstance(values, Seq) and isinstance(key, int) and key < len(values):
            found = values.marks[key] if key < len(values.marks) else found
            values = values[key]
        else:
            break
    return found


def problems_of(
    error: ValidationError, values: Map, model: type[Model], fallback: Place
) -> Iterator[Problem]:
    """Each thing a model refuses, once, with its place."""
    seen: set[tuple[str | int, ...]] = set()
    for detail in error.errors(include_url=False):
        path, is_key = data_path(detail["loc"], values)
        kind = detail["type"]
        if kind == "missing":
            path = (*path, str(detail["loc"][-1])) if path[-1:] != (detail["loc"][-1],) else path
        if path in seen:
            continue
        seen.add(path)
        mark = mark_at(values, path)
        at_key = kind == "extra_forbidden" or is_key
        place = (mark.key_place() if at_key else mark.place()) if mark else fallback
        if kind == "missing" and len(path) == 1:
            place = fallback
        yield describe(detail, path, is_key, model, place)


def data_path(loc: tuple[str | int, ...], values: Any) -> tuple[tuple[str | int, ...], bool]:
    """The path in the data, without the names of union branches; and whether the key itself is refused."""
    path: list[str | int] = []
    here = values
    for index, key in enumerate(loc):
        if key == "[key]" and index == len(loc) - 1:
            return tuple(path), True
        if isinstance(here, dict) and key in here:
            path.append(key)
            here = here[key]
        elif isinstance(here, list) and isinstance(key, int):
            path.append(key)
            here = here[key] if key < len(here) else None
    return tuple(path), False


def describe(
    detail: Any, path: tuple[str | int, ...], is_key: bool, model: type[Model], place: Place
) -> Problem:  # noqa: FBT001 - read at one call
    """One problem in house style."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    where = path_text(path)
    texts = tuple(str(key) for key in path)
    field = field_at(model, texts)
    if kind == "missing":
        return Problem(f"{where} is missing", place, field.description if field else "")
    if kind == "extra_forbidden":
        return unknown_key(texts, model, place)
    if is_key:
        return Problem(
            f"{quoted(path[-1])} is not a name that {path_text(path[:-1])} may hold", place, grammar(context)
        )
    if kind in {"string_pattern_mismatch", "string_too_short", "string_too_long"}:
        return Problem(
            f"{where} ({quoted(value)}) {length_or_shape(kind, context)}", place, shape_hint(field, context)
        )
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        word, bound = (
            ("below", context.get("ge", context.get("gt")))
            if kind.startswith("greater")
            else (
                "above",
                context.get("le", context.get("lt")),
            )
        )
        end = "least" if word == "below" else "most"
        return Problem(f"{where} ({value}) is {word} {bound}", place, f"write a number of at {end} {bound}")
    if kind == "literal_error":
        return Problem(
            f"{where} ({quoted(value)}) is not one of {context['expected']}",
            place,
            nearest_hint(value, context),
        )
    if kind == "too_short":
        return Problem(f"{where} is empty", place, "give at least one entry")
    return wrong_type(
        where, value, field.type if field and path and texts[-1] == field.key else None, kind, place
    )


def wrong_type(where: str, value: Any, type_: Type | None, kind: str, place: Place) -> Problem:
    """A value of another YAML type than the field has."""
    wanted = {
        "string_type": "text",
        "int_type": "a whole number",
        "bool_type": "true or false",
        "dict_type": "a map",
        "list_type": "a list",
        "model_type": "a map",
        "model_attributes_type": "a map",
        "int_from_float": "a whole number",
    }.get(kind, "another type")
    if type_ is not None and len(type_.scalars) > 1:
        wanted = " or ".join(
            {str: "text", int: "a whole number", bool: "true or false"}[scalar] for scalar in type_.scalars
        )
    found = type_name(value)
    hint = ""
    if wanted.startswith("text") and not isinstance(value, (dict, list)) and value is not None:
        hint = f'quote it: "{str(value).lower() if isinstance(value, bool) else value}"'
        if isinstance(value, float):
            hint += ", with the digits as they were"
    elif wanted == "a whole number" and isinstance(value, str) and value.isdigit():
        hint = f"write it without quotes: {value}"
    elif wanted == "a list" and not isinstance(value, dict):
        hint = f"write a list: [{value}]"
    elif wanted == "a map":
        hint = "write its keys on the lines below, indented"
    return Problem(f"{where} ({quoted(value)}) is {found}, and must be {wanted}", place, hint)


def type_name(value: Any) -> str:
    """What a YAML reader takes a value for."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    names: dict[type, str] = {dict: "a map", list: "a list", str: "text"}
    return next((name for type_, name in names.items() if isinstance(value, type_)), "null")


def unknown_key(path: tuple[str, ...], model: type[Model], place: Place) -> Problem:
    """A key that nothing reads, with the nearest that something does, and where it would be allowed."""
    parent = field_at(model, path[:-1])
    here = parent_model(path[:-1], model)
    known = list(fields_of(here)) if here else []
    key = path[-1]
    close = difflib.get_close_matches(key, known, 1, 0.7)
    elsewhere = [where for where in places_of(model, key) if where != ".".join(path)]
    if close:
        hint = f"did you mean {close[0]}?"
    elif elsewhere:
        hint = (
            f"it belongs under {elsewhere[0]}"
            if "." in elsewhere[0]
            else f"{elsewhere[0]} belongs at the top of the file"
        )
    elif parent is None:
        hint = "see `k8sgen schema` for every field"
    else:
        hint = "known here: " + ", ".join(known)
    return Problem(f"{path_text(path)} is not a field of the spec", place, hint)


def parent_model(path: tuple[str, ...], model: type[Model]) -> type[Model] | None:
    """The model that holds what stands at a path."""
    here = Type("model", model=model)
    for key in path:
        if here.shape == "model" and here.model is not None and key in fields_of(here.model):
            here = fields_of(here.model)[key].type
        elif here.item is not None:
            here = here.item
        else:
            return None
    return here.model


def places_of(model: type[Model], key: str, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """The paths at which a key is a field, the shortest first."""
    fields = fields_of(model)
    if key in fields:
        yield prefix + key
    if depth < 2:  # noqa: PLR2004 - the spec is two parts deep before maps of names begin
        for name, field in fields.items():
            if field.type.shape == "model" and field.type.model is not None:
                yield from places_of(field.type.model, key, f"{prefix}{name}.", depth + 1)


def length_or_shape(kind: str, context: dict[str, Any]) -> str:
    """What is wrong with a text."""
    if kind == "string_too_long":
        return f"is longer than {context['max_length']} characters"
    return "is empty" if kind == "string_too_short" else "does not have the right form"


def grammar(context: dict[str, Any]) -> str:
    """The rule that a name breaks."""
    if "max_length" in context:
        return f"use at most {context['max_length']} characters"
    return f"it must match {context['pattern']}" if "pattern" in context else ""


def shape_hint(field: Any, context: dict[str, Any]) -> str:
    """What a text must look like."""
    rule = grammar(context)
    description = field.description if field else ""
    return rule or description


def nearest_hint(value: Any, context: dict[str, Any]) -> str:
    """The choice that was probably meant."""
    choices = [
        choice.strip(" '") for choice in str(context.get("expected", "")).replace(" or ", ",").split(",")
    ]
    close = difflib.get_close_matches(str(value), choices, 1, 0.6)
    return f"did you mean {close[0]}?" if close else ""
