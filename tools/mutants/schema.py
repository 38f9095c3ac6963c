"""A mutation that knows the published schemas: a field that the object does not have, with some value."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.validate.definitions import NEWEST, Definitions
from mutants import values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

TEXTS = (
    *values.WORDS, "a", "a.b", "a/b", "A", "", "Foo", "x" * 64, "1", "/a", "../a", "10.0.0.1", "1Gi", "example.com/a", "true", "a b",
    "2026-01-01T00:00:00Z",
)  # fmt: skip
UNASKED = frozenset(
    ("status", "managedFields", "creationTimestamp", "deletionTimestamp", "namespace", "selfLink")
)
"""Not asked about: the server overwrites them, or what they mean depends on the cluster."""


@cache
def definitions(api_version: str, kind: str) -> tuple[dict[str, Any], str]:
    """The definitions that a kind reaches, and the name of its own."""
    known = Definitions(NEWEST)
    name = known.definition_of(api_version, kind)
    if not name:  # a custom resource
        return {}, ""
    return json.loads(known.schema(name))["$defs"], name


def field_added(random: Random, obj: Any) -> bool:
    """A field of the schema that was absent, or another value for it, small or with a map of its own."""
    known, name = definitions(obj["apiVersion"], obj["kind"])
    if not name:
        return False
    choices = [
        (holder, key, schema)
        for holder, properties in _maps(obj, {"$ref": f"#/$defs/{name}"}, known)
        for key, schema in properties.items()
        if key not in holder and key not in UNASKED
    ]
    if not choices:
        return False
    holder, key, schema = random.choice(choices)
    holder[key] = _value(random, schema, known, 0)
    return True


def _maps(
    value: Any, schema: dict[str, Any], known: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every map of an object with the fields it may have."""
    schema = _resolved(schema, known)
    if isinstance(value, dict) and "properties" in schema:
        yield value, schema["properties"]
        for key, inner in value.items():
            if key in schema["properties"]:
                yield from _maps(inner, schema["properties"][key], known)
    elif isinstance(value, list) and "items" in schema:
        for inner in value:
            yield from _maps(inner, schema["items"], known)


def _resolved(schema: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = known[schema["$ref"].removeprefix("#/$defs/")]
    return schema


def _value(random: Random, schema: dict[str, Any], known: dict[str, Any], depth: int) -> Any:
    """A value of the type that a schema asks for, filled to a small depth."""
    schema = _resolved(schema, known)
    given = schema.get("type", "object")
    types = [word for word in (given if isinstance(given, list) else [given]) if word != "null"]
    match random.choice(types or ["string"]):
        case "boolean":
            return random.random() < 0.5
        case "integer":
            return random.choice((0, 1, 2, 5, 60, 100, -1, 65536))
        case "number":
            return random.choice((0, 1, 0.5, -1))
        case "string":
            return random.choice(TEXTS)
        case "array":
            count = random.choice((0, 1, 1, 2))
            return [_value(random, schema.get("items", {}), known, depth + 1) for _ in range(count)]
    properties = schema.get("properties", {})
    if not properties:
        return {random.choice(TEXTS) or "a": random.choice(TEXTS) for _ in range(random.choice((0, 1, 2)))}
    wanted = [key for key in properties if key in schema.get("required", ())]
    others = [key for key in properties if key not in wanted]
    wanted += random.sample(others, min(len(others), random.choice((0, 1, 1, 2)))) if depth < 4 else []
    return {key: _value(random, properties[key], known, depth + 1) for key in wanted}
