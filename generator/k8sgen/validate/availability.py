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
    from collections.abc import Mapping

    from k8sgen.validate.violation import Pointer

Step = tuple[str, ...]
Use = tuple[Feature, "Pointer"]
CONTAINER_LISTS = ("containers", "initContainers", "ephemeralContainers")


class _Branch:
    """The table's paths of one kind as a tree, so that an object is walked once for all of them."""

    __slots__ = ("features", "steps")

    def __init__(self) -> None:
        self.steps: dict[str, _Branch] = {}
        self.features: list[tuple[Feature, str]] = []


def used_features(obj: Mapping[str, Any]) -> list[Use]:
    """Every feature of the table that an object uses, with the place of the field."""
    return _found(obj, _tree(str(obj.get("kind", ""))))


def check_features(obj: Mapping[str, Any], minor: int) -> list[Violation]:
    """The fields that Kubernetes 1.`minor` would drop without a word, and the values it would refuse."""
    tree = _newer_tree(str(obj.get("kind", "")), minor)
    if not tree.steps:
        return []
    return [
        Violation(pointer, _message(obj, feature, pointer, minor), _hint(feature))
        for feature, pointer in _found(obj, tree)
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
def _tree(kind: str) -> _Branch:
    """The table's paths that can stand in a kind, unfolded to start at the object."""
    tree = _Branch()
    for feature in FEATURES.values():
        for field in feature.fields:
            path, _, wanted = field.partition("=")
            root, *steps = path.split(".")
            for prefix in _prefixes(root, kind):
                branch = tree
                for step in (*prefix, *steps):
                    branch = branch.steps.setdefault(step, _Branch())
                branch.features.append((feature, wanted))
    return tree


@cache
def _newer_tree(kind: str, minor: int) -> _Branch:
    """The tree of a kind without what Kubernetes 1.`minor` has on: of most kinds nothing is left to look for."""
    return _without_older(_tree(kind), minor)


def _without_older(branch: _Branch, minor: int) -> _Branch:
    left = _Branch()
    left.features = [each for each in branch.features if minor < each[0].since]
    for step, inner in branch.steps.items():
        kept = _without_older(inner, minor)
        if kept.steps or kept.features:
            left.steps[step] = kept
    return left


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


def _found(obj: Mapping[str, Any], tree: _Branch) -> list[Use]:
    found: list[Use] = []
    _search(obj, tree, (), found)
    return found


def _search(value: Any, branch: _Branch, pointer: Pointer, found: list[Use]) -> None:
    for feature, wanted in branch.features:
        if value is not None and (not wanted or str(value) == wanted):
            found.append((feature, pointer))
    steps = branch.steps
    if isinstance(value, dict):
        if "*" in steps or steps.keys().isdisjoint(value):
            return
        for step, inner in steps.items():
            if step in value:
                _search(value[step], inner, (*pointer, step), found)
    elif isinstance(value, list) and "*" in steps:
        for index, entry in enumerate(value):
            _search(entry, steps["*"], (*pointer, index), found)
