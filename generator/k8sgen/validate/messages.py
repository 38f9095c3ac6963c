"""What the schema engine found, said in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from k8sgen.validate.violation import Violation, nearest, quoted, type_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema_rs import ValidationError

    from k8sgen.validate.violation import Pointer

TYPE_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "null",
    "number": "a number",
    "object": "a map",
    "string": "text",
}
MOST_KNOWN_FIELDS = 8


def violations(schema: Mapping[str, Any], error: ValidationError) -> Iterator[Violation]:
    """One engine error as violations, one for each unknown field; `schema` is what was compiled."""
    pointer = cast("Pointer", tuple(error.instance_path))
    kind, value = error.kind.as_dict(), error.instance
    match error.kind.name:
        case "additionalProperties":
            known = _node(schema, error.schema_path[:-1]).get("properties", {})
            for field in kind["unexpected"]:
                yield Violation((*pointer, field), f'unknown field "{field}"', known_field_hint(field, known))
        case "required":
            field = kind["property"]
            yield Violation((*pointer, field), f'"{field}" is missing', f"write {field}")
        case "type":
            yield wrong_type(pointer, value, [str(word) for word in kind["types"]])
        case "enum":
            allowed = [str(option) for option in kind["options"] if option is not None]
            yield Violation(pointer, f"{quoted(value)} is not allowed here", f"write {listed(allowed)}")
        case "minimum" | "maximum" as bound:
            side = "at least" if bound == "minimum" else "at most"
            yield Violation(pointer, f"{quoted(value)} is out of range, it must be {side} {kind['limit']}")
        case "pattern":
            yield Violation(pointer, f"{quoted(value)} does not match {kind['pattern']}")
        case "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" as bound:
            side = "at least" if bound.startswith("min") else "at most"
            unit = {"Length": "characters", "Items": "items", "Properties": "entries"}[bound[3:]]
            yield Violation(pointer, f"{quoted(value)} must have {side} {kind['limit']} {unit}")
        case _:
            yield Violation(pointer, error.message[:1].lower() + error.message[1:])


def wrong_type(pointer: Pointer, value: Any, types: list[str]) -> Violation:
    """A value of another YAML type than the field has."""
    expected = listed([TYPE_WORDS[word] for word in types if word != "null"])
    message = f"{quoted(value)} is {type_name(value)}, expected {expected}"
    hint = ""
    if isinstance(value, str) and "integer" in types and value.lstrip("-").isdigit():
        hint = f"write {value} without quotes"
    elif isinstance(value, bool | int | float) and "string" in types:
        hint = f"write {quoted(quoted(value))}"
    elif isinstance(value, str) and value.lower() in {"true", "false"} and "boolean" in types:
        hint = f"write {value.lower()} without quotes"
    return Violation(pointer, message, hint)


def known_field_hint(field: str, known: Mapping[str, Any]) -> str:
    """Which field was meant, or which fields there are."""
    if meant := nearest(field, known):
        return f'did you mean "{meant}"?'
    if not known or len(known) > MOST_KNOWN_FIELDS:
        return "remove it"
    return f"the fields here are {', '.join(sorted(known))}"


def listed(words: list[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else "nothing"


def _node(schema: Mapping[str, Any], path: list[str | int]) -> Mapping[str, Any]:
    """The part of the schema at an engine's schema path, which already names `$defs` for references."""
    node: Any = schema
    for step in path:
        node = node[step]
    return cast("Mapping[str, Any]", node)
