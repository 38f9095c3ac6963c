"""The examples show what they say they show."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.errors import Place
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from k8sgen.spec.fields import Type, fields_of
from k8sgen.spec.load import load_spec
from k8sgen.spec.service_spec import Spec

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[1] / "examples"
Path_ = tuple[str, ...]


def field_paths(type_: Type, path: Path_ = ()) -> Iterator[Path_]:
    """Every field of the spec; `*` stands for a name."""
    if type_.item is not None:
        yield from field_paths(type_.item, (*path, "*"))
    if type_.model is not None:
        either = {key for group in type_.model.either for key in group}
        for field in fields_of(type_.model).values():
            if field.key not in either:
                yield (*path, field.key)
            yield from field_paths(field.type, (*path, field.key))


def used_paths(value: object, path: Path_, type_: Type) -> Iterator[Path_]:
    """The fields that a spec uses."""
    if type_.model is not None and isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from used_paths(item, (*path, key), fields_of(type_.model)[key].type)
    elif type_.item is not None and isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from used_paths(item, (*path, "*"), type_.item)


def test_full_uses_every_field_of_the_spec() -> None:
    """Apart from the other branches of an either/or, and fields of the same part shown elsewhere in it."""
    file = EXAMPLES / "full" / "service.yaml"
    builder = Builder(Options())
    loaded = load_spec(builder.document(SpecFile(file, "service.yaml")))
    assert loaded.start == Place("service.yaml", 1, 1)
    used = set(used_paths(loaded.values, (), Type("model", model=Spec)))
    used_parts = {(path[-2:] if len(path) > 1 and path[-2] != "*" else path[-1:]) for path in used} | {
        path[-1:] for path in used
    }
    missing = [
        path
        for path in field_paths(Type("model", model=Spec))
        if path not in used and path[-1:] not in used_parts
    ]
    assert missing == []
