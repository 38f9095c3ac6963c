"""Overrides drawn from a chart's own schema, from a seed.

A key to override is walked to through what the chart has; below it a value is drawn from the schema,
or taken from what some spec of the repository says at the same place. What the schema then refuses
is mended: the other branch of an either/or is removed, what is missing is drawn.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator

from k8sgen.spec.merge import merge
from tests.chart.both_sides import as_map
from tests.spec.strategies import FIELD_PATHS, TEXTS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    Path = tuple[str, ...]
    Place = list[str | int]

FIELDS = frozenset(FIELD_PATHS)
REFERENCE = "#/$defs/"
ABSENT = re.compile(r"absent, because (\w+) is given")
MOST_REPAIRS = 12
DEPTH = 5
ANYTHING: tuple[Any, ...] = ("on", 0, 1_000_000, False, ["012"], {"a": "1e3"})
NAMES = ("b-2", "x.example.com", "A_1", "/etc/b/c.yaml", "tier", "example.com/on", "http2", "cpu")


PORT_REFERENCES = frozenset(
    {
        *(("probes", "*", handler, "port") for handler in ("httpGet", "tcpSocket", "grpc")),
        ("shutdown", "preStop", "httpGet", "port"),
        ("service", "ports", "*"),
        ("expose", "hosts", "*", "paths", "*"),
        ("network", "allowFrom", "*", "ports", "*", "port"),
    }
)
"""Where the name of a port is told; most often one that is there."""


class Drawer:
    """Draws overrides for the charts of one schema.

    `pool` has values by their `kin`, as people wrote them.
    """

    def __init__(
        self, schema: dict[str, Any], pool: Mapping[Path, Sequence[Any]], draw: random.Random
    ) -> None:
        self.schema = schema
        self.pool = pool
        self.random = draw
        self.validator = Draft202012Validator(schema)
        self.ports: list[str] = []
        self.keys = sorted(path for path in keys_of(schema, schema, ()) if path[0] != "name")

    def override(self, below: dict[str, Any], wanted: Sequence[Path]) -> dict[str, Any] | None:
        """Values over `below` that say something about these keys; None when the schema refuses them still."""
        drawn: dict[str, Any] = {}
        containers = [below, *(below.get("sidecars") or {}).values()]
        self.ports = sorted({name for container in containers for name in container.get("ports") or {}})
        for path in wanted:
            drawn = over(drawn, self.at(self.schema, merged(below, drawn), path, ()))
        return self.mended(below, pruned(drawn, below))

    def at(self, schema: dict[str, Any], below: Any, path: Path, here: Path) -> Any:
        """What to lay over `below` so that it says something about the rest of a path."""
        schema = self.resolved(schema)
        if not path:
            return self.value(schema, here)
        key, rest = path[0], path[1:]
        if schema.get("type") == "array":
            return [self.whole(schema["items"], rest, (*here, "*"))]
        if not isinstance(below, dict):
            return self.whole(schema, path, here)
        if key == "*":
            name = self.name(schema, below, here)
            inner = inner_of(schema)
            return {name: self.at(inner, below.get(name), rest, (*here, "*"))}
        if not rest and key in below and key not in schema["required"] and self.random.random() < 0.2:
            return {key: None}
        return {key: self.at(schema["properties"][key], below.get(key), rest, (*here, key))}

    def name(self, schema: dict[str, Any], below: dict[str, Any], here: Path) -> str:
        """The key of an entry: most often one that is there."""
        if below and self.random.random() < 0.7:
            return self.random.choice(sorted(below))
        pattern = next(iter(schema["patternProperties"]))
        longest = schema.get("propertyNames", {}).get("maxLength", 63)
        pooled = [name for value in self.pool.get(kin(here), ()) for name in value]
        fitting = [text for text in (*NAMES, *TEXTS, *pooled) if len(text) <= longest and full(pattern, text)]
        chosen: str = self.random.choice(fitting)
        return chosen

    def whole(self, schema: dict[str, Any], path: Path, here: Path) -> Any:
        """A value that is new as a whole, with something at the rest of a path."""
        schema = self.resolved(schema)
        if not path:
            return self.value(schema, here)
        key, rest = path[0], path[1:]
        if schema.get("type") == "array":
            return [self.whole(schema["items"], rest, (*here, "*"))]
        if key == "*":
            return {self.name(schema, {}, here): self.whole(inner_of(schema), rest, (*here, "*"))}
        value = self.required(schema, here, DEPTH)
        value[key] = self.whole(schema["properties"][key], rest, (*here, key))
        return value

    def value(self, schema: dict[str, Any], here: Path, depth: int = DEPTH, pooled: float = 0.6) -> Any:
        """Any value of a schema; with some probability one that people wrote at the same place."""
        if self.ports and kin(here) in PORT_REFERENCES and self.random.random() < 0.8:
            return self.random.choice(self.ports)
        written = self.pool.get(kin(here), ())
        if written and self.random.random() < pooled:
            return self.random.choice(written)
        schema = self.resolved(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice([item for item in schema["enum"] if item is not None])
        if branches := schema.get("anyOf", []) + schema.get("oneOf", []):
            typed = [branch for branch in branches if "type" in branch or "$ref" in branch]
            if typed:
                return self.value(self.random.choice(typed), here, depth)
        kinds = schema.get("type", [])
        kinds = [kind for kind in ([kinds] if isinstance(kinds, str) else kinds) if kind != "null"]
        return self.of_kind(self.random.choice(kinds), schema, here, depth) if kinds else self.anything()

    def anything(self) -> Any:
        """Something, where the schema says nothing."""
        return self.random.choice(ANYTHING)

    def of_kind(self, kind: str, schema: dict[str, Any], here: Path, depth: int) -> Any:
        """A value of one JSON type."""
        if kind == "object":
            return self.object(schema, here, depth)
        if kind == "array":
            least = schema.get("minItems", 0)
            count = max(least, self.random.choice((0, 1, 1, 2))) if depth > 0 else least
            return [self.value(schema["items"], (*here, "*"), depth - 1) for _ in range(count)]
        if kind == "boolean":
            return self.random.random() < 0.5
        if kind == "string":
            return self.text(schema)
        low, high = schema.get("minimum", -(2**31)), schema.get("maximum", 2**31 - 1)
        if self.random.random() < 0.2:
            return max(low, min(1, high))
        usual = [number for number in (0, 1, 2, 3, 5, 10, 30, 60, 443, 8080, 65534) if low <= number <= high]
        return self.random.choice([*usual, low, high] if self.random.random() < 0.2 else usual or [low, high])

    def text(self, schema: dict[str, Any]) -> str:
        """A text, awkward where the schema lets it be."""
        least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
        pattern = schema.get("pattern", "")
        fitting = [text for text in TEXTS if least <= len(text) <= most and full(pattern, text)]
        return self.random.choice(fitting or [""])

    def object(self, schema: dict[str, Any], here: Path, depth: int) -> dict[str, Any]:
        """An object: what it needs, and some of the rest; of a map, a few entries."""
        if "patternProperties" in schema:
            count = self.random.choice((0, 1, 1, 2)) if depth > 0 else 0
            names = {self.name(schema, {}, here) for _ in range(count)}
            inner = inner_of(schema)
            return {name: self.value(inner, (*here, "*"), depth - 1) for name in sorted(names)}
        value = self.required(schema, here, depth)
        others = [key for key in schema.get("properties", {}) if key not in value]
        for key in self.random.sample(others, min(len(others), self.random.choice((0, 1, 1, 2)))):
            if depth > 0:
                value[key] = self.value(schema["properties"][key], (*here, key), depth - 1)
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict) and extra and depth > 0:
            value["tier"] = self.value(extra, (*here, "*"), depth - 1)
        return value

    def required(self, schema: dict[str, Any], here: Path, depth: int) -> dict[str, Any]:
        """What an object needs; where one of several is needed, one of them."""
        needed = list(schema.get("required", ()))
        choices = [branch["required"] for branch in schema.get("anyOf", ()) if "required" in branch]
        if choices:
            needed += self.random.choice(choices)
        properties = schema.get("properties", {})
        return {
            key: self.value(properties[key], (*here, key), depth - 1, 0.95)
            for key in needed
            if key in properties
        }

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema with what it refers to."""
        while "$ref" in schema:
            target: dict[str, Any] = self.schema["$defs"][schema["$ref"].removeprefix(REFERENCE)]
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def mended(self, below: dict[str, Any], drawn: dict[str, Any]) -> dict[str, Any] | None:
        """An override that the schema takes, or None."""
        for _ in range(MOST_REPAIRS):
            values = merged(below, drawn)
            error = next(iter(self.validator.iter_errors(values)), None)
            if error is None:
                return drawn or None
            place: Place = list(error.instance_path)
            reason = ABSENT.search(str(error))
            missing = re.search(r'"([^"]+)" is a required property', str(error))
            if reason:
                mine = look_up(drawn, place) is not None
                drawn = self.without(below, drawn, [*place[:-1], reason[1]] if mine else place)
            elif missing:
                schema = self.schema_at(place)
                if missing[1] not in schema.get("properties", {}):
                    return None
                spot = tuple(str(step) for step in place)
                new = self.value(schema["properties"][missing[1]], (*spot, missing[1]), pooled=0.95)
                drawn = put(drawn, [*place, missing[1]], new)
            else:
                drawn = self.without({}, drawn, place)
        return None

    def without(self, below: dict[str, Any], drawn: dict[str, Any], place: Place) -> dict[str, Any]:
        """An override that says nothing at a place, or null where something is below."""
        if any(isinstance(step, int) for step in place):
            place = place[: next(index for index, step in enumerate(place) if isinstance(step, int))]
        is_below = look_up(below, place) is not None
        result: dict[str, Any] = put(drawn, place, None) if is_below else dropped(drawn, place)
        return result

    def schema_at(self, place: Place) -> dict[str, Any]:
        """The schema of what stands at a place."""
        here = self.resolved(self.schema)
        for step in place:
            if isinstance(step, int):
                here = here["items"]
            else:
                here = here.get("properties", {}).get(step) or inner_of(here)
            here = self.resolved(here)
        return here


def keys_of(schema: dict[str, Any], root: dict[str, Any], path: Path) -> Iterator[Path]:
    """The keys of a schema that are fields of the spec; what is Kubernetes' own is one key."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix(REFERENCE)]
    for key, inner in schema.get("properties", {}).items():
        if (*path, key) in FIELDS:
            yield (*path, key)
            yield from keys_of(inner, root, (*path, key))
    if "items" in schema:
        yield from keys_of(schema["items"], root, (*path, "*"))
    for inner in schema.get("patternProperties", {}).values():
        yield from keys_of(inner, root, (*path, "*"))


def kin(path: Path) -> Path:
    """A path that is the same for places that hold the same: of any container, Service or probe."""
    if path[:1] in {("initContainers",), ("sidecars",)} and path[1:2]:
        path = path[2:]
    if path[:1] == ("services",) and path[1:2]:
        path = ("service", *path[2:])
    return ("probes", "*", *path[2:]) if path[:1] == ("probes",) and path[1:2] else path


def harvest(values: Any, pool: dict[Path, list[Any]], path: Path = ()) -> None:
    """Put values in long form into a pool, whole and in all their parts."""
    pool.setdefault(kin(path), []).append(values)
    if isinstance(values, dict):
        for key, value in values.items():
            inner = (*path, key)
            harvest(value, pool, inner if inner in FIELDS else (*path, "*"))
    elif isinstance(values, list):
        for value in values:
            harvest(value, pool, (*path, "*"))


def inner_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of the entries of a map."""
    inner: dict[str, Any] = next(iter(schema.get("patternProperties", {"": {}}).values()))
    return inner


def full(pattern: str, text: str) -> bool:
    """Whether a text matches as Go and JavaScript see it: `$` is the end."""
    return re.search(pattern, text) is not None and not (pattern.endswith("$") and text.endswith("\n"))


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Values with an override laid over them."""
    return merge(as_map(below), as_map(above))


def over(lower: dict[str, Any], upper: dict[str, Any]) -> dict[str, Any]:
    """Two overrides as one: null stays."""
    result = dict(lower)
    for key, value in upper.items():
        under = result.get(key)
        result[key] = over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return result


def paths_in(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every path of maps in a value."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths_in(item, (*path, key))


def pruned(drawn: dict[str, Any], below: Any) -> dict[str, Any]:
    """An override without nulls for keys that are not there: Helm keeps those."""
    under = below if isinstance(below, dict) else {}
    return {
        key: pruned(value, under.get(key)) if isinstance(value, dict) else value
        for key, value in drawn.items()
        if value is not None or key in under
    }


def look_up(values: Any, place: Place) -> Any:
    """What stands at a place, or None."""
    for step in place:
        if isinstance(values, dict):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values


def put(values: Any, place: Place, value: Any) -> Any:
    """With something at a place."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(values, list) and isinstance(step, int):
        return [put(item, rest, value) if index == step else item for index, item in enumerate(values)]
    under = values if isinstance(values, dict) else {}
    return {**under, step: put(under.get(step), rest, value)}


def dropped(values: dict[str, Any], place: Place) -> dict[str, Any]:
    """Without what stands at a place, and without the maps that are empty then."""
    step, rest = place[0] if place else "", place[1:]
    if step not in values:
        return values
    result = dict(values)
    under = dropped(result[step], rest) if rest and isinstance(result[step], dict) else {}
    if under:
        result[step] = under
    else:
        del result[step]
    return result
