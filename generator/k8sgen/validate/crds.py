"""Custom resources: schemas from CustomResourceDefinitions and from JSON Schema files.

A CRD's structural schema becomes a strict JSON Schema, as the API server applies it with
`fieldValidation=Strict`: an object with properties takes no others, unless it preserves unknown
fields. Rules written in CEL (`x-kubernetes-validations`) and the uniqueness of list-map keys are
not checked. A null is taken as absent wherever the field is not required.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.validate.definitions import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

KindName = tuple[str, str]
GATEWAY_API = "gateway.networking.k8s.io"
SHIPPED = {
    f"{GATEWAY_API}/v1 HTTPRoute": f"httproute-{GATEWAY_API}-v1.json",
    f"{GATEWAY_API}/v1 GRPCRoute": f"grpcroute-{GATEWAY_API}-v1.json",
    f"{GATEWAY_API}/v1 ParentReference": f"parentreference-{GATEWAY_API}-v1.json",
}
PRESERVE = "x-kubernetes-preserve-unknown-fields"
KEPT = (
    "enum", "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", "maxItems", "minItems",
    "maxLength", "minLength", "maxProperties", "minProperties", "pattern", "uniqueItems",
)  # fmt: skip
TEXTS = {"type": ["object", "null"], "additionalProperties": {"type": ["string", "null"]}}
METADATA = {
    "type": ["object", "null"],
    "properties": {
        **{
            name: {"type": ["string", "null"]}
            for name in ("name", "generateName", "namespace", "uid", "selfLink")
        },
        **{
            name: {"type": ["string", "null"]}
            for name in ("resourceVersion", "creationTimestamp", "deletionTimestamp")
        },
        **{name: {"type": ["integer", "null"]} for name in ("generation", "deletionGracePeriodSeconds")},
        "labels": TEXTS,
        "annotations": TEXTS,
        "finalizers": {"type": ["array", "null"], "items": {"type": "string"}},
        "ownerReferences": {"type": ["array", "null"]},
        "managedFields": {"type": ["array", "null"]},
    },
    "additionalProperties": False,
}


@cache
def shipped_schema(name: str) -> str | None:
    """The text of a schema that comes with k8sgen: `gateway.networking.k8s.io/v1 HTTPRoute`."""
    file = SHIPPED.get(name)
    if file is None:
        return None
    from k8sgen.assets import read_text

    return read_text("schemas", f"crds/{file}")


def schemas_of(crd: Mapping[str, Any]) -> dict[KindName, dict[str, Any]]:
    """A strict JSON Schema for each served version of a CustomResourceDefinition (apiextensions v1)."""
    spec = crd["spec"]
    kind = spec["names"]["kind"]
    return {
        (f"{spec['group']}/{version['name']}", kind): whole_object(
            version["schema"]["openAPIV3Schema"], f"{spec['group']}/{version['name']}", kind
        )
        for version in spec["versions"]
        if version.get("served", True) and version.get("schema")
    }


def whole_object(schema: Mapping[str, Any], api_version: str, kind: str) -> dict[str, Any]:
    """The strict schema of an object of this kind."""
    strict_schema = strict(schema)
    strict_schema.setdefault("properties", {}).update(
        {"apiVersion": {"enum": [api_version]}, "kind": {"enum": [kind]}, "metadata": METADATA}
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **strict_schema}


def strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A structural schema as a JSON Schema that refuses unknown fields."""
    kept = _bounded({key: schema[key] for key in KEPT if key in schema})
    if schema.get("x-kubernetes-int-or-string"):
        kept["type"] = ["integer", "string"]
    elif "type" in schema:
        kept["type"] = schema["type"]
    if schema.get("format") in BOUNDS:
        low, high = BOUNDS[schema["format"]]
        kept["minimum"] = max(low, kept.get("minimum", low))
        kept["maximum"] = min(high, kept.get("maximum", high))
    required = schema.get("required", [])
    properties = {
        name: strict(inner) if name in required else nullable(strict(inner))
        for name, inner in schema.get("properties", {}).items()
    }
    if schema.get("x-kubernetes-embedded-resource"):
        properties |= {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": METADATA}
    if properties:
        kept["properties"] = properties
        kept["additionalProperties"] = bool(schema.get(PRESERVE))
    if isinstance(schema.get("additionalProperties"), dict):
        kept["additionalProperties"] = nullable(strict(schema["additionalProperties"]))
    if "items" in schema:
        kept["items"] = strict(schema["items"])
    if required:
        kept["required"] = required
    kept |= _logic(schema)
    return nullable(kept) if schema.get("nullable") else kept


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with null allowed."""
    widened = dict(schema)
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        widened["type"] = sorted({*types, "null"})
    if "enum" in schema and None not in schema["enum"]:
        widened["enum"] = [*schema["enum"], None]
    return widened


def _logic(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The any/all/one/not parts, which in a structural schema say nothing about unknown fields."""
    if schema.get("x-kubernetes-int-or-string"):
        return {}
    kept: dict[str, Any] = {
        key: [_plain(part) for part in schema[key]] for key in ("allOf", "anyOf", "oneOf") if key in schema
    }
    if "not" in schema:
        kept["not"] = _plain(schema["not"])
    return kept


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    kept = _bounded({key: schema[key] for key in (*KEPT, "type", "required") if key in schema})
    if "properties" in schema:
        kept["properties"] = {name: _plain(inner) for name, inner in schema["properties"].items()}
    if isinstance(schema.get("items"), dict):
        kept["items"] = _plain(schema["items"])
    return kept | _logic(schema)


def _bounded(kept: dict[str, Any]) -> dict[str, Any]:
    """The same with bounds as JSON Schema has them: in a CRD `exclusiveMaximum: true` is about `maximum`."""
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(kept.get(exclusive), bool) and kept.pop(exclusive) and bound in kept:
            kept[exclusive] = kept.pop(bound)
    return kept


def read_directories(directories: Iterable[Path]) -> dict[KindName, dict[str, Any]]:
    """Every CRD and JSON Schema file in these directories, not in their subdirectories.

    Raises SpecError with the file's name for one that cannot be read.
    """
    found: dict[KindName, dict[str, Any]] = {}
    for directory in directories:
        if not directory.is_dir():
            raise SpecError(
                Problem(f'"{directory}" is not a directory', hint="name a directory of CRDs under `schemas`")
            )
        for file in sorted(directory.iterdir()):
            if file.suffix in {".yaml", ".yml", ".json"}:
                found |= _read_file(file)
    return found


def _read_file(file: Path) -> dict[KindName, dict[str, Any]]:
    import yaml

    try:
        documents = [
            document for document in yaml.load_all(file.read_text("utf-8"), yaml.CSafeLoader) if document
        ]
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SpecError(Problem(f"not a readable schema file: {error}", Place(str(file), 1, 1))) from error
    found: dict[KindName, dict[str, Any]] = {}
    for document in documents:
        try:
            if document.get("kind") == "CustomResourceDefinition":
                found |= schemas_of(document)
            elif "properties" in document:
                found |= _json_schema(document)
        except (AttributeError, KeyError, TypeError) as error:
            hint = "a schema file holds CustomResourceDefinitions of apiextensions.k8s.io/v1 or a JSON Schema"
            raise SpecError(
                Problem(f"not a CRD as expected: {error!r}", Place(str(file), 1, 1), hint)
            ) from error
    return found


def _json_schema(document: dict[str, Any]) -> dict[KindName, dict[str, Any]]:
    """A JSON Schema of one kind, which says its apiVersion and kind by enum, const or group-version-kind."""
    if names := document.get("x-kubernetes-group-version-kind"):
        group, version, kind = (names[0][part] for part in ("group", "version", "kind"))
        return {(f"{group}/{version}" if group else version, kind): document}
    api_version, kind = (_only_value(document["properties"][part]) for part in ("apiVersion", "kind"))
    return {(api_version, kind): document}


def _only_value(schema: Mapping[str, Any]) -> str:
    return str(schema["const"] if "const" in schema else next(value for value in schema["enum"] if value))
