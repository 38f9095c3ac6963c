"""A key that nothing reads: what was probably meant, and where it would be allowed."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from k8sgen.spec.elsewhere import (
    CONTAINER_FIELDS,
    ELSEWHERE,
    HERE,
    OBJECT_ONLY,
    POD_FIELDS,
    SAID,
    SETTINGS_ONLY,
)
from k8sgen.spec.fields import Type, fields_of, type_at
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from k8sgen.spec.model import Model

CLOSE = 0.7
"""From which likeness on a key is taken for a slip: `replica` for replicas, `hostpath` for hostPath."""

DEEPEST = 3
"""How many parts below the top a key is looked for; deeper ones belong to a part that was named."""

FIELDS_IN_A_HINT = 12


def hint_of(path: tuple[str, ...], model: type[Model]) -> str:
    """What to write instead of the unknown key at the end of a path."""
    if model is Settings:
        return settings_hint(path)
    here = type_at(model, path[:-1])
    known = keys_of(here)
    key = path[-1]
    if slip := nearest(key, known, 1.0):
        return f"did you mean {slip}?"
    if said := said_of(path):
        return said
    if key in CONTAINER_FIELDS:
        return f"write it under `container`, as container.{key}"
    if key in POD_FIELDS:
        return f"write it under `pod`, as pod.{key}"
    if field := field_of(path, here):
        return f"write it as {field}"
    if slip := nearest(key, known, CLOSE):
        return f"did you mean {slip}?"
    if found := next(places_of(Type("model", model=model), key), ""):
        return f"{found} belongs at the top of the file" if "." not in found else f"write it as {found}"
    if len(path) > 1 and len(known) <= FIELDS_IN_A_HINT:
        return "known here: " + ", ".join(known)
    return "see `k8sgen schema` for every field"


def keys_of(here: Type | None) -> list[str]:
    """The keys that a part of the spec takes; `port` is the short form of a container's one port."""
    known = list(fields_of(here.model)) if here and here.model else []
    return [*known, "port"] if {"image", "ports"} <= set(known) else known


def settings_hint(path: tuple[str, ...]) -> str:
    """What to write instead of an unknown key of k8sgen.yaml."""
    known = keys_of(type_at(Settings, path[:-1])) or list(fields_of(Settings))
    if slip := nearest(path[-1], known, CLOSE):
        return f"did you mean {slip}?"
    if len(path) == 1 and path[-1] in fields_of(Spec):
        return f"fields of service.yaml stand under `defaults`, as defaults.{path[-1]}"
    return "known here: " + ", ".join(known)


def said_of(path: tuple[str, ...]) -> str:
    """What is said of a key that is no field at all."""
    key = path[-1]
    if len(path) == 1 and key in OBJECT_ONLY:
        return "service.yaml is no Kubernetes object: its fields stand at the top, without apiVersion, kind and spec"
    if key == "kubernetesVersion":
        return "it belongs in k8sgen.yaml, at the top or in an environment there"
    if len(path) == 1 and key in SETTINGS_ONLY:
        return "it belongs in k8sgen.yaml"
    return SAID.get(key, "")


def field_of(path: tuple[str, ...], here: Type | None) -> str:
    """The field that does what a key says, by another name or further down."""
    whole = ".".join(path)
    known = HERE.get(whole) or ELSEWHERE.get(path[-1], "")
    if not known and here is not None:
        below = next(places_of(here, path[-1]), "")
        known = f"{whole.removesuffix(path[-1])}{below}" if below else ""
    return "" if whole.startswith(f"{known}.") else known.replace("*", "NAME")


def nearest(key: str, known: Iterable[str], likeness: float) -> str:
    """The known key that is most like this one, capitals, `_` and `-` aside; or nothing."""
    plain = {plainly(name): name for name in known}
    close = difflib.get_close_matches(plainly(key), plain, 1, likeness)
    return plain[close[0]] if close else ""


def plainly(key: str) -> str:
    """A key without what people spell in several ways."""
    return key.lower().replace("_", "").replace("-", "").strip()


def places_of(type_: Type, key: str) -> Iterator[str]:
    """The paths below a type at which a key is a field, the shortest first; `*` stands for any name."""
    level: list[tuple[str, Type]] = [("", type_)]
    for _ in range(DEEPEST):
        below: list[tuple[str, Type]] = []
        for prefix, here in level:
            fields = fields_of(here.model) if here.model else {}
            if key in fields:
                yield prefix + key
            for name, field in fields.items():
                item, stars = field.type, ""
                while item.item is not None and item.shape == "map":
                    item, stars = item.item, stars + "*."
                below.append((f"{prefix}{name}.{stars}", item))
        level = below
