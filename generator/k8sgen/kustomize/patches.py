"""The patch that makes one rendered object from another of the same kind and name.

A strategic merge patch where kustomize then gives exactly the wanted object, else a JSON Patch (RFC 6902).
What kustomize does with a strategic merge patch, as `tests/kustomize` compares it with the real one:

- a key that is null goes away, so no patch can set null;
- items that a patch of a keyed list names come first, in the patch's order; `$patch: delete` drops one;
- `$patch: replace` in a map, or as an item of its own in a keyed list, puts the patch's content in place of
  what is there; in one of the items of a keyed list it is lost;
- a scalar keeps the quotes of the one it replaces, so that a number put for quoted text becomes text.

For a JSON Patch it reads the object through floating point numbers, which hold every integer that specs may.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from k8sgen.kustomize.merge_lists import Keys, Merging, merging_of
from k8sgen.yamltext.scalars import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIRECTIVE: Final = "$patch"
_ABSENT: Final = object()


class _ReplaceError(Exception):
    """The map around this value can only be replaced as a whole."""


class _UnsayableError(Exception):
    """A strategic merge patch cannot say this, or kustomize may not do what it says."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A strategic merge patch (a map) or a JSON Patch (a list of operations)."""

    content: dict[str, Any] | list[dict[str, Any]]

    @property
    def is_json(self) -> bool:
        """Whether it is a JSON Patch, of which kustomize must be told the target."""
        return isinstance(self.content, list)


def patch_between(base: dict[str, Any], wanted: dict[str, Any]) -> Patch | None:
    """What makes `wanted` from `base`, two objects of the same apiVersion, kind and name; None if they are equal.

    A strategic merge patch cannot change the namespace: kustomize puts back the one that was there.
    """
    if same(base, wanted):
        return None
    if base["metadata"].get("namespace") != wanted["metadata"].get("namespace"):
        return Patch(list(operations(base, wanted)))
    merging = merging_of(wanted)
    try:
        _keep_apart(base, merging)
        changed = _map(base, wanted, merging)
    except (_ReplaceError, _UnsayableError):
        return Patch(list(operations(base, wanted)))
    return Patch(
        identity(base) | {"metadata": identity(base)["metadata"] | changed.pop("metadata", {})} | changed
    )


def identity(obj: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an object by which kustomize finds it."""
    names = {key: obj["metadata"][key] for key in ("name", "namespace") if key in obj["metadata"]}
    return {"apiVersion": obj["apiVersion"], "kind": obj["kind"], "metadata": names}


def deletion(obj: Mapping[str, Any]) -> Patch:
    """The patch that drops an object."""
    return Patch({**identity(obj), DIRECTIVE: "delete"})


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same types, all the way down."""
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and one.keys() == other.keys()
            and all(same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _map(base: dict[str, Any], wanted: dict[str, Any], merging: Merging | None) -> dict[str, Any]:
    """The changes of one map."""
    if DIRECTIVE in base or DIRECTIVE in wanted:
        raise _UnsayableError
    changes: dict[str, Any] = {}
    for key, value in wanted.items():
        old = base.get(key, _ABSENT)
        if not same(old, value):
            changes[key] = _value(old, value, key, merging)
    return changes | {key: None for key in base if key not in wanted}


def _value(old: Any, new: Any, key: str, merging: Merging | None) -> Any:
    """The change of one value of a map."""
    below = merging and merging.below(key)
    if new is None:
        raise _UnsayableError
    if isinstance(old, dict) and isinstance(new, dict):
        try:
            return _map(old, new, below)
        except _ReplaceError:
            return {DIRECTIVE: "replace", **_whole(new, below)}
    if isinstance(old, list) and isinstance(new, list):
        return _list(old, new, merging.keys.get(key) if merging else None, below)
    if old is _ABSENT:
        return _whole(new, below, merging.keys.get(key) if merging else None)
    if isinstance(old, (dict, list)) or isinstance(new, (dict, list)) or old is None:
        raise _ReplaceError
    if isinstance(old, str) and not isinstance(new, str) and (scalar(old)[:1] == '"' or "\n" in old):
        raise _ReplaceError
    return new


def _list(old: list[Any], new: list[Any], keys: Keys | None, merging: Merging | None) -> list[Any]:
    """The change of a list; `keys` is None where it is replaced as a whole."""
    if merging is None or keys == ():
        raise _UnsayableError
    if keys is None:
        return deepcopy(new)
    if not new:
        raise _ReplaceError
    _keep_apart(new, merging, keys)
    try:
        if len(keys) == 1:
            return _items(old, new, keys[0], merging)
    except _ReplaceError:
        pass
    return [{DIRECTIVE: "replace"}, *_whole(new, merging, keys)]


def _items(old: list[Any], new: list[Any], key: str, merging: Merging) -> list[Any]:
    """The changes of a keyed list, item by item."""
    before = {item[key]: item for item in old}
    changes = []
    for item in new:
        name = item[key]
        change = _map(before[name], item, merging) if name in before else _whole(item, merging)
        changes.append({key: name} | change)
    names = [item[key] for item in new]
    kept = [name for name in before if name in names]
    said = _fewest(names, kept, [len(change) > 1 or change[key] not in before for change in changes])
    return changes[:said] + [{key: name, DIRECTIVE: "delete"} for name in before if name not in names]


def _fewest(names: list[str], kept: list[str], changed: list[bool]) -> int:
    """How many items, from the first on, a patch must name so that the list gets the order of `names`."""
    return next(
        count
        for count in range(len(names) + 1)
        if not any(changed[count:]) and names[count:] == [name for name in kept if name not in names[:count]]
    )


def _whole(value: Any, merging: Merging | None, keys: Keys | None = None) -> Any:
    """A value that a patch brings as a whole: kustomize merges it with itself, which must leave it as it is."""
    _keep_apart(value, merging, keys, nulls=False)
    return deepcopy(value)


def _keep_apart(value: Any, merging: Merging | None, keys: Keys | None = None, *, nulls: bool = True) -> None:
    """Refuse a value that kustomize would change by merging it with nothing, or with itself.

    It merges every keyed list of an object that it patches, also those of which a patch says nothing: items
    that it takes for one another become one. `nulls` says whether null may stand outside of such lists.
    """
    if value is None and not nulls:
        raise _UnsayableError
    if isinstance(value, dict):
        if DIRECTIVE in value:
            raise _UnsayableError
        for name, item in value.items():
            _keep_apart(
                item,
                merging and merging.below(name),
                merging.keys.get(name) if merging else None,
                nulls=nulls,
            )
    elif isinstance(value, list) and merging is not None and keys is not None:
        if not _apart(value, keys):
            raise _UnsayableError
        for item in value:
            _keep_apart(item, merging, nulls=nulls)


def _apart(items: list[Any], keys: Keys) -> bool:
    """Whether the merge keys tell the items of a list from each other, however many of the keys count."""
    if not keys:
        return all(isinstance(item, str) for item in items) and len(set(items)) == len(items)
    kinds = (str, int) if len(keys) > 1 else (str,)
    if not all(
        isinstance(item, dict) and isinstance(item.get(keys[0]), kinds) and item[keys[0]] != ""
        for item in items
    ):
        return False
    first = {str(item[keys[0]]) for item in items}
    whole = {tuple(str(item.get(key)) for key in keys) for item in items}
    complete = all(isinstance(item.get(key), str) and item[key] for item in items for key in keys[1:])
    return len(first) == len(items) or (complete and len(whole) == len(items))


def operations(base: Any, wanted: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """The operations of a JSON Patch that makes `wanted` from `base`."""
    if same(base, wanted):
        return
    if isinstance(base, dict) and isinstance(wanted, dict):
        for key in base:
            if key not in wanted:
                yield {"op": "remove", "path": f"{path}/{_escaped(key)}"}
        for key, value in wanted.items():
            at = f"{path}/{_escaped(key)}"
            if base.get(key) is None:
                if key not in base or value is not None:
                    yield {"op": "add", "path": at, "value": deepcopy(value)}
            else:
                yield from operations(base[key], value, at)
    elif isinstance(base, list) and isinstance(wanted, list) and len(base) == len(wanted):
        for index, (old, new) in enumerate(zip(base, wanted, strict=True)):
            yield from operations(old, new, f"{path}/{index}")
    else:
        yield {"op": "replace", "path": path, "value": deepcopy(wanted)}


def _escaped(key: str) -> str:
    """A key as part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1")
