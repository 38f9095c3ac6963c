"""Fields that an object uses and the target version has switched off.

Such a field is in the schema, is accepted, and is dropped: a sidecar without its `restartPolicy` is
an init container that never ends. `k8sgen.features` holds the table and its sources.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from k8sgen.features import FEATURES, NEVER, Feature
from k8sgen.validate.podspec import POD_SPECS
from k8sgen.validate.violation import Violation, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from k8sgen.validate.violation import Pointer

Step = tuple[str, ...]
CONTAINER_LISTS = ("containers", "initContainers", "ephemeralContainers")


def used_features(obj: Mapping[str, Any]) -> Iterator[tuple[Feature, Pointer]]:
    """Every feature of the table that an object uses, with the place of the field."""
    for feature, path, wanted in _paths(str(obj.get("kind", ""))):
        for pointer, value in _found(obj, path, ()):
            if value is not None and (wanted is None or str(value) == wanted):
                yield feature, pointer


def check_features(obj: Mapping[str, Any], minor: int) -> list[Violation]:
    """The fields that Kubernetes 1.`minor` would drop without a word, and the values it would refuse."""
    return [
        Violation(pointer, _message(obj, feature, pointer, minor), _hint(feature))
        for feature, pointer in used_features(obj)
        if minor < feature.since
    ]


def _message(obj: Mapping[str, Any], feature: Feature, pointer: Pointer, minor: int) -> str:
    if any("=" in field for field in feature.fields):
        value: Any = obj
        for step in pointer:
            value = value[step]
        return f"{quoted(value)} is off by default in Kubernetes 1.{minor}, which refuses it"
    return f'"{pointer[-1]}" is off by default in Kubernetes 1.{minor} and would be dropped'


def _hint(feature: Feature) -> str:
    if feature.since == NEVER:
        return "remove it; no version so far has it on by default"
    return f"remove it, or target Kubernetes 1.{feature.since} or later"


@cache
def _paths(kind: str) -> list[tuple[Feature, Step, str | None]]:
    """The table's paths that can stand in a kind, unfolded to start at the object."""
    found: list[tuple[Feature, Step, str | None]] = []
    for feature in FEATURES.values():
        for field in feature.fields:
            path, _, value = field.partition("=")
            root, *steps = path.split(".")
            found += [(feature, (*prefix, *steps), value or None) for prefix in _prefixes(root, kind)]
    return found


def _prefixes(root: str, kind: str) -> list[Step]:
    pod = POD_SPECS.get(kind)
    if root == kind:
        return [()]
    if root == "PodSpec" and pod:
        return [pod]
    if root == "Container" and pod:
        return [(*pod, containers, "*") for containers in CONTAINER_LISTS]
    if root == "JobSpec" and kind in {"Job", "CronJob"}:
        return [("spec",) if kind == "Job" else ("spec", "jobTemplate", "spec")]
    return []


def _found(value: Any, path: Step, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if not path:
        yield pointer, value
    elif path[0] == "*":
        entries = (
            enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        )
        for key, entry in entries:
            yield from _found(entry, path[1:], (*pointer, key))
    elif isinstance(value, dict) and path[0] in value:
        yield from _found(value[path[0]], path[1:], (*pointer, path[0]))
