"""Changes of a rendered object that the user wrote: JSON Merge Patch (RFC 7386) and JSON Patch (RFC 6902)."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from k8sgen.errors import Problem, SpecError
from k8sgen.render.origins import Origins, PlaceOrigin
from k8sgen.spec.problems import quoted
from k8sgen.yamltext.read import Map, Mark, Seq

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.yamltext.scan import Pointer


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
    import jsonpatch
    import jsonpointer

    result: Any = deepcopy(obj)
    for index, operation in enumerate(operations):
        mark = (
            operations.marks[index] if isinstance(operations, Seq) and index < len(operations.marks) else None
        )
        place = mark.place() if mark else None
        try:
            result = jsonpatch.JsonPatch([copied(operation)]).apply(result)
            touched = touched_pointer(result, operation)
        except jsonpatch.JsonPatchTestFailed as error:
            found = jsonpointer.resolve_pointer(result, operation["path"], None)
            raise SpecError(
                Problem(
                    f'patch "{name}", operation {index + 1} tests {operation["path"]} for '
                    f"{quoted(operation['value'])}, and that is {quoted(found)}",
                    place,
                    "compare with the object as it is rendered without the patch",
                )
            ) from error
        except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException, TypeError) as error:
            raise SpecError(
                Problem(
                    f'patch "{name}", operation {index + 1} ({quoted(operation)}): {str(error).lower()}',
                    place,
                    "see RFC 6902, and compare with the object as it is rendered without the patch",
                )
            ) from error
        if place and touched is not None:
            origins.places[touched] = PlaceOrigin(place, f'patch "{name}"')
    if not isinstance(result, dict):
        raise SpecError(
            Problem(f'patch "{name}" leaves no object', None, "patch the parts of the object, not its root")
        )
    return result


def touched_pointer(patched: Any, operation: dict[str, Any]) -> Pointer | None:
    """The pointer that an operation set, with numbers for places in lists; None when it set nothing."""
    from jsonpointer import JsonPointer

    if operation["op"] in {"remove", "test"}:
        return None
    pointer: list[str | int] = []
    here = patched
    for key in JsonPointer(operation["path"]).parts:
        if isinstance(here, list):
            place = len(here) - 1 if key == "-" else int(key)
            pointer.append(place)
            here = here[place]
        else:
            pointer.append(key)
            here = here.get(key) if isinstance(here, dict) else None
    return tuple(pointer)


def copied(value: Any) -> Any:
    """Maps and lists anew, so that the spec's own stay as they are; keys in code-point order."""
    if isinstance(value, dict):
        return {key: copied(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value
