"""What a model says of a value it refuses, in the words of the person who wrote the value."""

from __future__ import annotations

import json
import re
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Place, Problem
from k8sgen.spec.examples import CONTAINERS, EXAMPLES
from k8sgen.spec.fields import ANY, Type, field_at, fields_of, type_at
from k8sgen.spec.grammar import GRAMMARS, Grammar
from k8sgen.spec.merge import look_up
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings import Settings
from k8sgen.spec.unknown import CLOSE, hint_of, nearest
from k8sgen.yamltext.read import Map, Mark, Seq, Source, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import ValidationError

    from k8sgen.spec.model import Model

Path = tuple[str | int, ...]


def quoted(value: Any) -> str:
    """A value as it may stand in a message: short, on one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]


def path_text(path: Path) -> str:
    """`ports.http.port`; keys that hold dots or slashes stand in brackets."""
    text = ""
    for key in path:
        if isinstance(key, int) or "." in key or "/" in key or not key:
            text += f"[{key}]"
        else:
            text += f".{key}" if text else key
    return text


def mark_at(values: Any, path: Path) -> Mark | None:
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
    told: set[tuple[Place, str]] = set()
    for path, details in by_path(error, values).items():
        detail = min(details, key=vagueness)
        at_key = detail["type"] == "extra_forbidden" or is_key(detail)
        mark = mark_at(values, path)
        place = (mark.key_place() if at_key else mark.place()) if mark else fallback
        if detail["type"] == "missing":
            place = place if len(path) > 1 else fallback
        elif (once := (place, f"{detail['type']} {detail['input']!r}")) in told:
            continue  # a short form that stands for several fields is wrong once
        else:
            told.add(once)
        problem = describe(detail, path, model, place, values)
        if problem is not None:
            yield problem


def by_path(error: ValidationError, values: Map) -> dict[Path, list[Any]]:
    """What the model says of each path; of a value that may have several types it says something for each."""
    found: dict[Path, list[Any]] = {}
    for detail in error.errors(include_url=False):
        path = data_path(detail, values)
        if detail["type"] == "missing":
            path = (*path, str(detail["loc"][-1]))
        found.setdefault(path, []).append(detail)
    return found


def vagueness(detail: Any) -> int:
    """That a value has another type says less than what is wrong with it as the type it has."""
    return int(detail["type"].endswith("_type") or detail["type"] == "int_from_float")


def is_key(detail: Any) -> bool:
    """Whether the key of a map is refused, not the value."""
    return bool(detail["loc"] and detail["loc"][-1] == "[key]" and detail["type"] != "extra_forbidden")


def data_path(detail: Any, values: Any) -> Path:
    """The path in the data, without the names of union branches."""
    path: list[str | int] = []
    here = values
    for key in detail["loc"][:-1] if is_key(detail) else detail["loc"]:
        if isinstance(here, dict) and key in here:
            path.append(key)
            here = here[key]
        elif isinstance(here, list) and isinstance(key, int):
            path.append(key)
            here = here[key] if key < len(here) else None
    return tuple(path)


def describe(detail: Any, path: Path, model: type[Model], place: Place, values: Map) -> Problem | None:
    """One problem in house style, or None where another problem says it."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    where = path_text(path)
    texts = tuple(str(key) for key in path)
    if kind == "extra_forbidden":
        return unknown_key(path, model, place, values)
    if kind == "missing":
        return Problem(f"{where} is missing", place, missing_hint(texts, model))
    if is_key(detail):
        return wrong_text(f"{path_text(path[:-1])}: {quoted(path[-1])}", kind, context, place)
    if kind in {"string_pattern_mismatch", "string_too_short", "string_too_long"}:
        return wrong_text(f"{where} ({quoted(value)})", kind, context, place)
    if kind in {"greater_than_equal", "less_than_equal"}:
        word, end, bound = (
            ("below", "least", context["ge"]) if "ge" in context else ("above", "most", context["le"])
        )
        return Problem(f"{where} ({value}) is {word} {bound}", place, f"write a number of at {end} {bound}")
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'|([0-9]+)", context["expected"])
        names = [text or number for text, number in choices]
        close = nearest(str(value), names, CLOSE)
        return Problem(
            f"{where} ({quoted(value)}) is not {'one of ' if len(names) > 1 else ''}{listed(names)}",
            place,
            f"did you mean {close}?" if close else "",
        )
    if kind == "too_short":
        return Problem(f"{where} is empty", place, "give at least one entry")
    return wrong_type(path, value, model, place)


def wrong_text(what: str, kind: str, context: dict[str, Any], place: Place) -> Problem:
    """A text, of a value or a key, that is too long or short or breaks the grammar of its field."""
    if kind == "string_too_long":
        return Problem(f"{what} is longer than {context['max_length']} characters", place, "shorten it")
    if kind == "string_too_short":
        return Problem(f"{what} is empty", place, "write a text, or leave the line out")
    grammar = GRAMMARS.get(context["pattern"])
    if grammar is None:
        return Problem(f"{what} does not have the right form", place, f"it must match {context['pattern']}")
    return Problem(f"{what} is not {grammar.noun}", place, as_in(grammar))


def as_in(grammar: Grammar) -> str:
    """A grammar's rule with its sample, unless that is a whole digest."""
    return f"{grammar.rule}, as in {grammar.sample}" if len(grammar.sample) < 30 else grammar.rule


def wrong_type(path: Path, value: Any, model: type[Model], place: Place) -> Problem:
    """A value of another YAML type than the field has."""
    type_ = type_at(model, tuple(str(key) for key in path)) or ANY
    found = f"{path_text(path)} ({quoted(value)}) is {type_name(value)}"
    return Problem(
        f"{found}, and must be {wanted(type_)}", place, type_hint(path, value, type_, model, place)
    )


def wanted(type_: Type) -> str:
    """What may stand where a value of this type is read."""
    if type_.model is not None:
        return listed([*(word for form in type_.model.short_forms for word in form_words(form)), "a map"])
    if type_.shape == "scalar":
        choice = len(type_.scalars) > 1 and type_.pattern in GRAMMARS
        text = GRAMMARS[type_.pattern].noun if choice else "text"
        names = {str: text, int: "a whole number", bool: "true or false"}
        return listed([names[scalar] for scalar in sorted(type_.scalars, key=[int, str, bool].index)])
    return {"map": "a map", "list": "a list"}.get(type_.shape, "another type")


def form_words(form: dict[str, Any]) -> Iterator[str]:
    """A short form, given as its JSON Schema, in words."""
    if "enum" in form:
        yield from form["enum"]
        return
    kinds = form.get("type", [])
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind == "string":
            yield GRAMMARS[form["pattern"]].noun if form.get("pattern") in GRAMMARS else "text"
        elif kind == "boolean":
            yield from ("true", "false")
        elif kind == "integer":
            yield "a whole number"


def type_hint(path: Path, value: Any, type_: Type, model: type[Model], place: Place) -> str:
    """How to write a value of the type that is wanted."""
    example = example_of(path, model)
    if not place.line and (isinstance(value, dict) or type_.shape in {"map", "list", "model"}):
        return option_hint(path, value, example)
    numbers = int in type_.scalars or (
        type_.model is not None and any(form.get("type") == "integer" for form in type_.model.short_forms)
    )
    if numbers and isinstance(value, str) and re.fullmatch(r"0o?[0-7]{1,9}", value):
        return f"write it in decimal: {int(value.removeprefix('0o'), 8)} is {value} in octal"
    if numbers and isinstance(value, str) and (match := re.fullmatch(r"([0-9]+)( ?%| ?[A-Za-z]+)?", value)):
        return f"write the number alone: {match[1]}" if match[2] else f"write it without quotes: {value}"
    if (
        type_.item
        and type_.item.shape == "scalar"
        and isinstance(value, (str, bool, int, float))
        and type_.shape == "list"
    ):
        text = str(value) if re.fullmatch(r"[\w./-]+", str(value)) else json.dumps(value)
        return f"write a list: `{last_key(path)}[{text}]`"
    if example:
        return f"write it like `{last_key(path)}{example}`"
    if str in type_.scalars and isinstance(value, (bool, int, float)):
        return quote_hint(value, type_)
    if type_.shape == "list":
        return "begin each entry with `- `"
    if type_.shape in {"map", "model"} and isinstance(value, list):
        return "write each entry under its name, without `- `"
    return "write its keys on the lines below, indented" if type_.shape in {"map", "model"} else ""


def quote_hint(value: bool | float, type_: Type) -> str:
    """How to write a number or a boolean as the text that is wanted, where it can be one."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    grammar = GRAMMARS.get(type_.pattern)
    if grammar is not None and not re.search(type_.pattern, text):
        return as_in(grammar)
    return f'quote it: "{text}"' + (", with the digits as they were" if isinstance(value, float) else "")


def option_hint(path: Path, value: Any, example: str) -> str:
    """How to write a map or list on the command line."""
    if isinstance(value, dict) and value:
        return "a dot inside a key is written `\\.`; a whole map or list is written as JSON"
    if not example:
        return "maps and lists are written as JSON"
    source = Source("", FilePath())
    sample = read_document(f"value: {example}", source)["value"]
    text = sample if isinstance(sample, str) else json.dumps(sample)
    keys = (str(key).replace("\\", "\\\\").replace(".", "\\.") for key in path)
    return f"write it like --set '{'.'.join(keys)}={text}'"


def example_of(path: Path, model: type[Model]) -> str:
    """How the field at a path is written, or nothing."""
    if model is not Spec:
        return ""
    here, keys = Type("model", model=model), []
    for key in path:
        inside = here.shape in {"map", "list"}
        keys.append("*" if inside else str(key))
        field = fields_of(here.model).get(str(key)) if here.model else None
        here = (here.item if inside else field.type if field else None) or ANY
    if keys[:1] and keys[0] in CONTAINERS and len(keys) > 2:
        keys = keys[2:]
    return EXAMPLES.get(".".join(keys), "")


def last_key(path: Path) -> str:
    """What stands before a value on its line."""
    return "- " if isinstance(path[-1], int) else f"{path[-1]}: "


def type_name(value: Any) -> str:
    """What a YAML reader takes a value for."""
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    names: dict[type, str] = {dict: "a map", list: "a list", str: "text"}
    return next((name for type_, name in names.items() if isinstance(value, type_)), "null")


def unknown_key(path: Path, model: type[Model], place: Place, values: Map) -> Problem | None:
    """A key that nothing reads. A `port` that is still there was not expanded, since `ports` stands in its way."""
    above = look_up(values, path[:-1])
    holder = type_at(model, tuple(str(key) for key in path[:-1]))
    if (
        path[-1] == "port"
        and holder
        and holder.model
        and "ports" in fields_of(holder.model)
        and "ports" in above
    ):
        return port_twice(path, above, place)
    file = "k8sgen.yaml" if model is Settings else "the spec"
    hint = hint_of(tuple(str(key) for key in path), model)
    if not place.line and len(path) > 1 and type_at(model, tuple(str(key) for key in path[:-2])) != holder:
        hint += "; a dot inside a key is written `\\.`" if "did you mean" not in hint else ""
    return Problem(f"{path_text(path)} is not a field of {file}", place, hint)


def port_twice(path: Path, above: Any, place: Place) -> Problem | None:
    """`port` beside `ports.http`: both name the same port. Where `ports` is no map, that is said instead."""
    ports = above["ports"]
    if not isinstance(ports, dict):
        return None
    mark = mark_at(ports, ("http",))
    both = f"{path_text(path)} and {path_text((*path[:-1], 'ports', 'http'))}"
    return Problem(
        f"{both} are both given, and name the same port",
        place,
        "remove one of them",
        ((mark.key_place(), "ports.http"),) if mark else (),
    )


def missing_hint(path: tuple[str, ...], model: type[Model]) -> str:
    """What to add for a field that must be given."""
    if example := example_of(path, model):
        return f"add `{path[-1]}: {example}`"
    field = field_at(model, path)
    description = field.description.rstrip(".") if field else ""
    return f"add `{path[-1]}: …`: {description[:1].lower()}{description[1:]}" if description else ""


def listed(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    words = list(dict.fromkeys(words))
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
