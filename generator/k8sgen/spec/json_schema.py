"""The JSON Schemas of service.yaml and k8sgen.yaml, with every short form, for editors and for people.

They describe what one file may say: any part may be left to another layer, so that nothing is
required but the name, and null is allowed wherever it removes something.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from k8sgen.spec.fields import fields_of
from k8sgen.spec.model import DERIVED, KUBERNETES, REASON, Model
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PARTIAL = "Partial"
"""The definition of a spec in which everything may be left out: a layer."""


def service_schema() -> dict[str, Any]:
    """The schema of service.yaml."""
    definitions, partial = spec_definitions()
    return {
        "$schema": DIALECT,
        "title": "service.yaml of k8sgen",
        "description": "One service, from which k8sgen renders its Kubernetes manifests.",
        **partial,
        "required": ["name"],
        "$defs": definitions,
    }


def settings_schema() -> dict[str, Any]:
    """The schema of k8sgen.yaml."""
    definitions, partial = spec_definitions()
    schema = Settings.model_json_schema(by_alias=True)
    properties = schema["properties"]
    definitions[PARTIAL] = {**partial, "description": "A partial spec: any field of service.yaml."}
    version = {**properties["kubernetesVersion"]}
    properties["defaults"] = {
        "$ref": f"#/$defs/{PARTIAL}",
        "description": fields_of(Settings)["defaults"].description,
    }
    properties["environments"] = {
        "type": "object",
        "description": fields_of(Settings)["environments"].description,
        "additionalProperties": {
            **partial,
            "properties": {**without(partial["properties"], "environments"), "kubernetesVersion": version},
        },
    }
    return {
        "$schema": DIALECT,
        "title": "k8sgen.yaml",
        "description": "What an organisation or a repository says for all of its services.",
        **tidy({key: value for key, value in schema.items() if key not in {"title", "description"}}),
        "$defs": definitions,
    }


def spec_definitions() -> tuple[dict[str, Any], dict[str, Any]]:
    """The definitions of the parts of the spec, and the schema of a spec that leaves out what it likes."""
    schema = tidy(Spec.model_json_schema(by_alias=True))
    definitions: dict[str, Any] = schema.pop("$defs")
    models = {model.__name__: model for model in subclasses(Model)}
    for name, definition in definitions.items():
        definitions[name] = with_short_forms(models[name], definition)
    partial = without(schema, "required", "title", "description")
    properties = partial["properties"] = with_port(partial["properties"])
    properties["environments"] = {
        "type": "object",
        "description": "By environment, a partial spec that is merged over this one.",
        "additionalProperties": {
            "type": ["object", "null"],
            "properties": {key: reference(key) for key in properties if key not in {"version", "name"}},
            "additionalProperties": False,
        },
    }
    return definitions, partial


def reference(key: str) -> dict[str, Any]:
    """The same field of the spec itself."""
    return {"$ref": f"#/properties/{key}"}


def with_short_forms(model: type[Model], definition: dict[str, Any]) -> dict[str, Any]:
    """A part of the spec in its long form or any of its short ones."""
    long = without(definition, "required")
    if "image" in long["properties"] and "ports" in long["properties"]:
        long["properties"] = with_port(long["properties"])
    if model.__name__ == "File":
        long["properties"]["fromFile"] = {
            "type": "string",
            "description": "File to read the content from, beside the spec.",
        }
    if not model.short_forms:
        return long
    description = long.pop("description", "")
    return {"description": description, "anyOf": [*model.short_forms, long]}


def with_port(properties: dict[str, Any]) -> dict[str, Any]:
    """The fields of a container with `port`, the short form of its one port."""
    port = {"$ref": "#/$defs/Port", "description": "`port: N` is `ports: {http: N}`."}
    return {
        **{key: value for key, value in properties.items() if key != "ports"},
        "port": port,
        "ports": properties["ports"],
    }


def tidy(schema: Any) -> Any:
    """A schema without generated titles and our own marks; null is allowed for entries of maps, numbers for quantities."""
    if isinstance(schema, list):
        return [tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result: dict[str, Any] = {
        key: {name: tidy(item) for name, item in value.items()}
        if key in {"properties", "$defs"}
        else tidy(value)
        for key, value in schema.items()
        if key not in {"title", DERIVED, KUBERNETES, REASON} or not isinstance(value, str)
    }
    if isinstance(how := schema.get(DERIVED), str):
        result["description"] = f"{result.get('description', '')} Derived unless given: {how}.".strip()
    if isinstance(reason := schema.get(REASON), str) and "description" in result:
        result["description"] += f" The default: {reason}."
    for key in ("additionalProperties", "patternProperties"):
        inner = result.get(key)
        if isinstance(inner, dict) and inner:
            patterned = key == "patternProperties"
            result[key] = (
                {name: or_null(item) for name, item in inner.items()} if patterned else or_null(inner)
            )
    if str(result.get("pattern", "")).startswith("^[+-]?([0-9]+|"):
        return {"anyOf": [result, {"type": "number"}]}
    return result


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that also allows null, which removes the entry that a lower layer has."""
    return {"anyOf": [schema, {"type": "null"}]}


def without(schema: dict[str, Any], *keys: str) -> dict[str, Any]:
    """A copy that lacks some keys."""
    return {key: value for key, value in schema.items() if key not in keys}


def subclasses(model: type[Model]) -> Iterator[type[Model]]:
    """Every model below one."""
    for inner in model.__subclasses__():
        yield inner
        yield from subclasses(inner)
