"""Changes of a rendered object that the user wrote: JSON Merge Patch (RFC 7386) and JSON Patch (RFC 6902)."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Problem, SpecError
from k8sgen.render.origins import Origins, PlaceOrigin, Pointer
from k8sgen.yamltext.read import Map, Mark, Seq

if TYPE_CHECKING:
    from collections.abc import Iterator


def merge_patch(target: Any, patch: Any) -> Any:
    """RFC 7386: maps merge, null removes, everything else replaces."""
    if not isinstance(patch, dict):
        return copied(patch)
    result = dict(target) if isinstance(target, dict) else {}
    for key in sorted(patch):
        if patch[key] is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), patch[key])
    return result


def patched_places(patch: Any, mark: Mark | None, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Mark]]:
    """The pointers that a merge patch sets, each with its place."""
    if isinstance(patch, Map):
        for key, value in patch.items():
            if value is not None:
                yield from patched_places(value, patch.marks.get(key, mark), (*pointer, key))
    elif isinstance(patch, Seq):
        for index, value in enumerate(patch):
            yield from patched_places(
                value, patch.marks[index] if index < len(patch.marks) else mark, (*pointer, index)
            )
        if mark is not None:
            yield pointer, mark
    elif mark is not None:
        yield pointer, mark


def apply_patch(
    name: str, obj: dict[str, Any], patch: Any, mark: Mark | None, origins: Origins
) -> dict[str, Any]:
    """An object with one patch applied; origins name the places of the patch. Raises SpecError."""
    if isinstance(patch, list):
        return json_patch(name, obj, patch, origins)
    for pointer, place in patched_places(patch, mark):
        origins.places[pointer] = PlaceOrigin(place.place(), f'patch "{name}"')
    result: dict[str, Any] = merge_patch(obj, patch)
    return result


def json_patch(name: str, obj: dict[str, Any], operations: list[Any], origins: Origins) -> dict[str, Any]:
    """RFC 6902, operation by operation. Raises SpecError at the operation that cannot be done."""
    result: Any = deepcopy(obj)
    for index, operation in enumerate(operations):
        mark = (
            operations.marks[index] if isinstance(operations, Seq) and index < len(operations.marks) else None
        )
        place = mark.place() if mark else None
        try:
            result, touched = one_operation(result, operation)
        except PatchError as error:
            raise SpecError(
                Problem(
                    f'patch "{name}", operation {index + 1}: {error}',
                    place,
                    "see RFC 6902; compare with the rendered object",
                )
            ) from error
        if place and touched is not None:
            origins.places[touched] = PlaceOrigin(place, f'patch "{name}"')
    if not isinstance(result, dict):
        raise SpecError(
            Problem(f'patch "{name}" leaves no object', None, "patch the parts of the object, not its root")
        )
    return result


class PatchError(Exception):
    """An operation that cannot be done."""


def one_operation(root: Any, operation: Any) -> tuple[Any, Pointer | None]:
    """Do one operation; return the new object and the pointer it set."""
    if not isinstance(operation, dict):
        raise PatchError("is not a map")
    kind, path = operation.get("op"), operation.get("path")
    if not isinstance(path, str):
        raise PatchError("path is missing")
    keys = parse_pointer(path)
    if kind in {"add", "replace", "test"} and "value" not in operation:
        raise PatchError("value is missing")
    if kind == "test":
        if find(root, keys) != operation["value"]:
            raise PatchError(f"test of {path} failed")
        return root, None
    if kind == "remove":
        return edit(root, keys, None, "remove"), None
    if kind in {"add", "replace"}:
        return edit(root, keys, copied(operation["value"]), kind), real_pointer(root, keys)
    if kind in {"move", "copy"}:
        source = operation.get("from")
        if not isinstance(source, str):
            raise PatchError("from is missing")
        value = copied(find(root, parse_pointer(source)))
        if kind == "move":
            root = edit(root, parse_pointer(source), None, "remove")
        return edit(root, keys, value, "add"), real_pointer(root, keys)
    raise PatchError(f'op ("{kind}") is not one of add, remove, replace, move, copy, test')


def parse_pointer(path: str) -> list[str]:
    """The keys of a JSON pointer (RFC 6901)."""
    if path and not path.startswith("/"):
        raise PatchError(f'path "{path}" does not start with /')
    return [key.replace("~1", "/").replace("~0", "~") for key in path.split("/")[1:]]


def find(root: Any, keys: list[str]) -> Any:
    """What stands at a pointer."""
    for key in keys:
        root = step(root, key)
    return root


def step(here: Any, key: str) -> Any:
    """What stands one key further."""
    if isinstance(here, dict) and key in here:
        return here[key]
    if isinstance(here, list) and key.isdigit() and int(key) < len(here):
        return here[int(key)]
    raise PatchError(f'there is no "{key}"')


def edit(root: Any, keys: list[str], value: Any, kind: str) -> Any:
    """The root with one place added, replaced or removed."""
    if not keys:
        return value
    parent = find(root, keys[:-1])
    key = keys[-1]
    if isinstance(parent, list):
        index = len(parent) if key == "-" and kind == "add" else int(key) if key.isdigit() else -1
        if not 0 <= index <= len(parent) - (0 if kind == "add" else 1):
            raise PatchError(f'the list has no place "{key}"')
        if kind == "add":
            parent.insert(index, value)
        elif kind == "replace":
            parent[index] = value
        else:
            del parent[index]
    elif isinstance(parent, dict):
        if kind != "add" and key not in parent:
            raise PatchError(f'there is no "{key}"')
        if kind == "remove":
            del parent[key]
        else:
            parent[key] = value
    else:
        raise PatchError(f'"{keys[-2] if len(keys) > 1 else ""}" is neither a map nor a list')
    return root


def real_pointer(root: Any, keys: list[str]) -> Pointer:
    """A pointer with numbers for places in lists."""
    pointer: list[str | int] = []
    for key in keys:
        if isinstance(root, list):
            index = len(root) - 1 if key == "-" else int(key)
            pointer.append(index)
            root = root[index] if index < len(root) else None
        else:
            pointer.append(key)
            root = root.get(key) if isinstance(root, dict) else None
    return tuple(pointer)


def copied(value: Any) -> Any:
    """Maps and lists anew, so that the spec's own stay as they are; keys in code-point order."""
    if isinstance(value, dict):
        return {key: copied(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value
