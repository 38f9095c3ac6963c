"""`--set PATH=VALUE`: one value from the command line as a layer of its own."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.spec.fields import Type, type_at
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.plain import LARGEST_INTEGER
from k8sgen.yamltext.read import DEEPEST, Map, Mark, Source

LONGEST_SHOWN = 80

UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""What files may not hold either: control characters, and bytes of an argument that are no UTF-8."""

DIGITS = re.compile(r"-?[0-9]+")
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,15}")


def option_layer(option: str) -> Map:
    """The layer of one `--set PATH=VALUE`. Raises SpecError."""
    place = Place(f"--set {shown(option)}", 0, 0)
    path_part, equals, text = option.partition("=")
    path = split_path(path_part)
    if not equals or not all(path) or path_part.endswith("\\"):
        raise SpecError(Problem("is not PATH=VALUE", place, "write it like --set image.tag=1.4.2"))
    if UNREADABLE.search(option):
        raise SpecError(
            Problem("holds a control character or bytes that are not UTF-8", place, "leave it out")
        )
    mark = Mark(Source(place.file, Path()), 0, 0, 0, 0)
    value = typed_value(path, text, mark)
    layer = Map()
    for key in reversed(path):
        value = layer = Map.of({key: value}, mark)
    return layer


def shown(option: str) -> str:
    """An option as it may stand in a message: nothing that a terminal would obey, and not too long."""
    text = UNREADABLE.sub("\ufffd", option).replace("\n", "\\n")
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def split_path(text: str) -> list[str]:
    r"""The keys of a path; `\.` is a dot inside a key, and `\\` a backslash."""
    keys, key, escaped = [], "", False
    for character in text:
        if escaped:
            key, escaped = key + character, False
        elif character == "\\":
            escaped = True
        elif character == ".":
            keys.append(key)
            key = ""
        else:
            key += character
    return [*keys, key]


def typed_value(path: list[str], text: str, mark: Mark) -> Any:
    """The value of an option as the field's type reads it: text as it stands, maps and lists as JSON."""
    if text == "null":
        return None
    type_ = type_at(Spec, tuple(path)) or Type("any")
    if type_.scalars == (str,):
        return text
    if text[:1] in {"{", "["}:
        return json_value(text, mark)
    if text in {"true", "false"}:
        return text == "true"
    if WHOLE_NUMBER.fullmatch(text) and abs(int(text)) <= LARGEST_INTEGER:
        return int(text)
    if type_.scalars == (int,) and DIGITS.fullmatch(text):
        raise SpecError(
            Problem(
                f"{shown(text)} is not a whole number up to {LARGEST_INTEGER}",
                mark.place(),
                "write a smaller one",
            )
        )
    return text


def json_value(text: str, mark: Mark) -> Any:
    """A map or list as JSON. Raises SpecError for what a file may not hold either."""
    place = mark.place()
    try:
        value = json.loads(text, object_pairs_hook=lambda pairs: without_repeats(pairs, place))
        return marked(value, mark)
    except RecursionError as error:
        raise SpecError(Problem(f"the value is deeper than {DEEPEST} levels", place)) from error
    except ValueError as error:
        short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
        hint = """maps and lists are written as JSON, as in --set 'resources.limits={"memory":"1Gi"}'"""
        raise SpecError(Problem(f"{short} is not JSON", place, hint)) from error


def without_repeats(pairs: list[tuple[str, Any]], place: Place) -> dict[str, Any]:
    """A JSON object, which most readers take the last of two equal keys of."""
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise SpecError(Problem(f"the key {json.dumps(twice)} is given twice", place, "keep one of them"))
    return result


def marked(value: Any, mark: Mark, depth: int = 1) -> Any:
    """Plain data as Maps that all stand at one place. Raises SpecError for what a file may not hold."""
    place = mark.place()
    if depth > DEEPEST:
        raise SpecError(Problem(f"the value is deeper than {DEEPEST} levels", place))
    if isinstance(value, dict):
        for key in value:
            marked(key, mark, depth)
        return Map.of({key: marked(item, mark, depth + 1) for key, item in value.items()}, mark)
    if isinstance(value, list):
        return [marked(item, mark, depth + 1) for item in value]
    if isinstance(value, str) and UNREADABLE.search(value):
        raise SpecError(Problem(f"{json.dumps(value)} holds a control character", place, "leave it out"))
    if isinstance(value, float) and not math.isfinite(value):
        raise SpecError(Problem(f"{value} is not a number that YAML can hold", place))
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise SpecError(
            Problem(f"{value} is beyond 2^53, and some readers would round it", place, "quote it")
        )
    return value
