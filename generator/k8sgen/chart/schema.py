"""values.schema.json: what may stand in the values of a chart, so that Helm refuses what `render` would.

It is the long form of the models alone, closed to unknown keys. What is always there is required, for
null removes a key before Helm looks at the schema. Both Helms read draft 2020-12; patterns are kept to
what Go, Python and JavaScript read alike. Kubernetes' own objects are checked by the published schemas
of the chart's version, of which only what is reached is embedded.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.chart.usage import ENTRY, Usage
from k8sgen.chart.values import left_out
from k8sgen.resolve.passthrough import CONTAINER_PLACES, POD_PLACES
from k8sgen.spec.fields import SpecField, Type, fields_of
from k8sgen.spec.json_schema import DIALECT, without
from k8sgen.spec.model import WHOLE
from k8sgen.spec.service_spec import Spec
from k8sgen.validate.definitions import REFERENCE, Definitions
from k8sgen.yamltext.plain import LARGEST_INTEGER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from k8sgen.chart.usage import Path
    from k8sgen.chart.values import OwnValue
    from k8sgen.spec.model import Model

TEXT = "text"
NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""Helm's toYaml prints nothing at all for a block that holds DEL or a C1 control character."""

MOST_NAMED = 6
"""Branches of an either/or that are named one by one; of more, a pattern names them."""

PLACES: Mapping[str, Mapping[str, str]] = {
    "io.k8s.api.core.v1.Container": CONTAINER_PLACES,
    "io.k8s.api.core.v1.PodSpec": POD_PLACES,
}
"""Objects of which a spec holds but some fields: a rule refuses the others and names their places."""


def values_schema(
    usage: Usage, own: Sequence[OwnValue], minor: int, *, generic: bool = False
) -> dict[str, Any]:
    """The schema of the values that a chart for Kubernetes 1.`minor` carries."""
    writer = SchemaWriter(usage, minor)
    whole = writer.model(Spec, (), left_out(generic=generic))
    for value in own:
        whole["properties"][value.key] = own_schema(value)
        whole["required"].append(value.key)
    whole["properties"]["global"] = {
        "type": "object",
        "description": "What a parent chart says to all of its charts.",
    }
    return {"$schema": DIALECT, **whole, "$defs": dict(sorted(writer.definitions.items()))}


def own_schema(value: OwnValue) -> dict[str, Any]:
    """The schema of a value that only a chart has."""
    if value.choices:
        return {"description": value.description, "type": "string", "enum": list(value.choices)}
    if value.key.endswith("Override"):
        return {
            "description": value.description,
            "type": "string",
            "pattern": "^([a-z]([-a-z0-9]*[a-z0-9])?)?$",
            "maxLength": 63,
        }
    return {"description": value.description, "type": "string", "minLength": 1, "maxLength": 512}


class SchemaWriter:
    """Writes the schema of one chart; `definitions` gathers what is referred to by name."""

    def __init__(self, usage: Usage, minor: int) -> None:
        self.usage = usage
        self.published = Definitions(minor)
        self.definitions: dict[str, Any] = {TEXT: {"pattern": NO_CONTROLS}}

    def model(self, model: type[Model], path: Path, skipped: frozenset[str] = frozenset()) -> dict[str, Any]:
        """A part of the spec, closed to what the chart does not carry."""
        fields = [
            field
            for field in fields_of(model).values()
            if field.key not in skipped and self.usage.has((*path, field.key))
        ]
        carried = [field.key for field in fields]
        required = [field.key for field in fields if field.kind in {"required", "default"}]
        one_of = [group for group in model.required_one if any(key in carried for key in group)]
        branches = [[key for key in group if key in carried] for group in one_of]
        required += [group[0] for group in branches if len(group) == 1 and group[0] not in required]
        schema: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "required": required,
            "properties": {field.key: self.field(model, field, (*path, field.key)) for field in fields},
        }
        if several := [group for group in branches if len(group) > 1]:
            schema["anyOf"] = [{"required": [key]} for key in several[0]]
        if excluded := dict(exclusions([[key for key in group if key in carried] for group in model.either])):
            schema["dependentSchemas"] = excluded
        return schema

    def field(self, model: type[Model], field: SpecField, path: Path) -> dict[str, Any]:
        """One field with its description."""
        raw = without(not_null(raw_properties(model)[field.key]), "description")
        return {"description": described(field), **self.value(field.type, raw, field.kubernetes, path)}

    def value(self, type_: Type, raw: dict[str, Any], kubernetes: str, path: Path) -> dict[str, Any]:
        """The schema of a type; `raw` is pydantic's, of which bounds and patterns are kept."""
        if type_.model is not None:
            return self.part(type_.model, path)
        if type_.shape == "map" and type_.item is not None:
            return self.map(type_.item, raw, kubernetes, path)
        if type_.shape == "list" and type_.item is not None:
            if self.stays_empty(type_.item, path):
                return {"type": "array", "maxItems": 0}
            items = self.value(type_.item, not_null(raw.get("items", {})), kubernetes, (*path, ENTRY))
            return {**without(raw, "items"), "items": items}
        return scalar(raw)

    def part(self, model: type[Model], path: Path) -> dict[str, Any]:
        """A part of the spec; in a chart that carries everything, each stands once, under its name."""
        if self.usage.paths is not None:
            return self.model(model, path)
        if model.__name__ not in self.definitions:
            self.definitions[model.__name__] = {}
            self.definitions[model.__name__] = self.model(model, path)
        return {"$ref": REFERENCE + model.__name__}

    def map(self, item: Type, raw: dict[str, Any], kubernetes: str, path: Path) -> dict[str, Any]:
        """A map of names, whose keys have a grammar, too.

        A key outside of it is an additional property: of `propertyNames`, Helm names the key with a wrong place.
        """
        if item.shape == "any":
            return self.kubernetes(kubernetes) if kubernetes else {"type": "object"}
        if self.stays_empty(item, path):
            return {"type": "object", "maxProperties": 0}
        names = dict(raw.get("propertyNames", {}))
        ((pattern, of_pattern),) = raw["patternProperties"].items()
        if not safe(pattern):
            names["$ref"] = REFERENCE + TEXT
        inner = self.value(item, not_null(of_pattern), kubernetes, (*path, ENTRY))
        return {
            **without(raw, "propertyNames", "patternProperties", "additionalProperties"),
            **({"propertyNames": names} if names else {}),
            "patternProperties": {pattern: inner},
            "additionalProperties": False,
        }

    def stays_empty(self, item: Type, path: Path) -> bool:
        """Whether nobody has an entry here, so that the chart knows no field of one."""
        return item.shape != "any" and not self.usage.has((*path, ENTRY))

    def kubernetes(self, name: str) -> dict[str, Any]:
        """An object of Kubernetes' own, by its published definition or a property of one."""
        if name == WHOLE:
            return WHOLE_OBJECT
        definition, _, key = name.partition("#")
        try:
            whole: dict[str, Any] = json.loads(self.published.schema(definition))["$defs"]
        except KeyError:  # younger than the chart's version: a rule says so
            return {"type": "object"}
        if key:
            found = whole[definition]["properties"].get(key)
            if found is None:
                return absent(f"Kubernetes 1.{self.published.minor} has no {key}")
            self.embed(found, whole)
            return {"type": "object", **found}
        if definition in PLACES:
            return {"type": "object", **self.beside(whole[definition], PLACES[definition], whole)}
        reference = {"$ref": REFERENCE + definition}
        self.embed(reference, whole)
        return {"type": "object", **reference}

    def beside(
        self, definition: dict[str, Any], places: Mapping[str, str], whole: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The fields of an object that have no place of their own in the spec; the others are left to the rule."""
        properties = {
            key: {} if key in places else checked_texts(value)
            for key, value in definition["properties"].items()
        }
        self.embed(properties, whole)
        return {"additionalProperties": False, "properties": properties}

    def embed(self, schema: Any, whole: Mapping[str, Any]) -> None:
        """Take in the definitions that a published schema refers to."""
        for name in references(schema):
            if name not in self.definitions and name in whole:
                self.definitions[name] = checked_texts(whole[name])
                self.embed(whole[name], whole)


WHOLE_OBJECT = {
    "type": "object",
    "required": ["apiVersion", "kind", "metadata"],
    "properties": {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"type": "string", "minLength": 1}},
        },
    },
}
"""What makes an object one; the rest is checked by the cluster, which knows its kind."""


@cache
def whole_schema() -> Mapping[str, Any]:
    """What pydantic says of the whole spec; it takes as long for a part that holds most of the others."""
    return Spec.model_json_schema(by_alias=True)


def raw_properties(model: type[Model]) -> Mapping[str, Any]:
    """What pydantic says of each field, without titles and our own marks."""
    schema = whole_schema()
    properties: Mapping[str, Any] = (schema if model is Spec else schema["$defs"][model.__name__])[
        "properties"
    ]
    return properties


def not_null(raw: Any) -> dict[str, Any]:
    """Without the null that says that a field may be absent: Helm takes such a key away first."""
    if not isinstance(raw, dict):
        return {}
    kept = without(raw, "title", "default", "x-derived", "x-reason", "x-kubernetes")
    branches = [branch for branch in kept.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        return {**without(kept, "anyOf"), **branches[0]}
    return {**kept, "anyOf": branches} if branches else kept


def scalar(raw: dict[str, Any]) -> dict[str, Any]:
    """A scalar: text holds no control characters, and a number is one that both Helms keep."""
    if "anyOf" in raw:
        return {**raw, "anyOf": [scalar(branch) for branch in raw["anyOf"]]}
    if raw.get("type") == "string" and "enum" not in raw and "const" not in raw:
        return raw if safe(raw.get("pattern", "")) else {**raw, "$ref": REFERENCE + TEXT}
    if raw.get("type") == "integer":
        return {"minimum": -LARGEST_INTEGER, "maximum": LARGEST_INTEGER, **raw}
    return raw


def safe(pattern: str) -> bool:
    """Whether a pattern lists the characters that it takes, to the end of the text."""
    return pattern.endswith("$") and "[^" not in pattern


def described(field: SpecField) -> str:
    """The description of a field, with how it is derived or why its default is what it is."""
    text = field.description
    if field.derivation:
        text += f" Derived unless given: {field.derivation}."
    return f"{text} The default: {field.reason}." if field.reason else text


def exclusions(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """For each key of an either/or, that none of the keys after it stands beside it.

    An impossible constant makes Helm print the sentence; `false` would make it say "false schema".
    """
    found: dict[str, dict[str, Any]] = {}
    for group in groups:
        for index, key in enumerate(group):
            others = group[index + 1 :]
            refused = absent(f"{key} is given")
            if len(others) > MOST_NAMED:
                names = f"^({'|'.join(others)})$"
                found.setdefault(key, {}).setdefault("patternProperties", {})[names] = refused
            elif others:
                found.setdefault(key, {}).setdefault("properties", {}).update(dict.fromkeys(others, refused))
    return iter(found.items())


def absent(reason: str) -> dict[str, Any]:
    """A value that may not be there, with a message that says why."""
    return {"const": f"absent, because {reason}"}


def references(schema: Any) -> Iterator[str]:
    """The names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(target := schema.get("$ref"), str):
            yield target.removeprefix(REFERENCE)
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from references(item)


def checked_texts(schema: Any) -> Any:
    """A published schema in which text holds no control characters."""
    if isinstance(schema, list):
        return [checked_texts(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: checked_texts(value) for key, value in schema.items()}
    types = schema.get("type")
    if isinstance(types, (str, list)) and "string" in types and "enum" not in schema:
        result["$ref"] = REFERENCE + TEXT
    return result
