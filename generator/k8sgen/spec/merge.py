"""How layers become one spec: JSON Merge Patch (RFC 7386), the same as Helm's merge of values.

Each layer is in long form before it is merged (`k8sgen.spec.expand`), so a later layer says all
that its short form stands for, and nothing else.
"""

from __future__ import annotations

from typing import Any

from k8sgen.yamltext.read import Map

WHOLE = frozenset({"patches"})
"""Top-level maps whose entries are replaced whole: nulls inside a patch belong to the patch."""


def merge_layers(layers: list[Map]) -> Map:
    """All layers, lowest first, as one map that knows the place of each of its keys."""
    result = Map()
    for layer in layers:
        result = merge(result, layer, WHOLE)
    result.mark = None  # no one layer is the place of what no layer says
    return result


def merge(lower: Map, upper: Map, whole: frozenset[str] = frozenset()) -> Map:
    """`upper` over `lower`: maps merge, lists and scalars replace, null removes."""
    result = Map(lower)
    result.mark = upper.mark or lower.mark
    marks = result.marks = dict(lower.marks)
    for key, value in upper.items():
        mark = upper.marks.get(key)
        if value is None:
            result.pop(key, None)
            marks.pop(key, None)
            continue
        result[key] = value
        if isinstance(value, Map):
            found = lower.get(key)
            below = found if isinstance(found, Map) else Map()
            result[key] = merge_entries(below, value) if key in whole else merge(below, value)
        if mark is not None:
            marks[key] = mark
    return result


def merge_entries(lower: Map, upper: Map) -> Map:
    """`upper` over `lower`, each entry as one value."""
    result = Map(lower)
    result.mark = upper.mark or lower.mark
    result.marks = dict(lower.marks)
    for key, value in upper.items():
        if value is None:
            result.pop(key, None)
            result.marks.pop(key, None)
            continue
        result[key] = value
        if key in upper.marks:
            result.marks[key] = upper.marks[key]
    return result


def look_up(values: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path, or None."""
    for key in path:
        if isinstance(values, dict):
            values = values.get(key)
        elif isinstance(values, list) and isinstance(key, int) and key < len(values):
            values = values[key]
        else:
            return None
    return values
