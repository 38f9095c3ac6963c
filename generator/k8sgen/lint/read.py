"""From a text to the objects in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.manifests import FilePlaces, Manifest, ManifestFile, dig
from k8sgen.yamltext.quick import Quick, read_quick

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Problem
    from k8sgen.manifests import Pointer


class Reading:
    """A file as read: its objects, what is wrong with its text, and what in it is no object."""

    def __init__(self, name: str, content: str, key: str = "", values: list[Any] | None = None) -> None:
        """Read a text; `values` are its documents when it is known to be sound, `key` its name in the cache."""
        self.key = key
        self.sound = values is not None
        self.file = ManifestFile(name, content)
        self.problems: list[Problem] = []
        self.doubled: list[Problem] = []
        """Keys that are set twice, which the server refuses when it is strict."""
        self.others: list[int] = []
        """Numbers of the documents that are no Kubernetes objects."""
        quick = read_quick(content) if values is None else Quick(values)
        self.is_quick = self.file.is_plain = quick is not None
        values, self.has_nulls = quick or Quick(self._served(), has_nulls=True)
        if self.has_nulls:
            values = [without_nulls(value) for value in values]
        self.values = values
        self.manifests = [
            manifest for number, value in enumerate(values) for manifest in self._objects(number, value)
        ]

    def _served(self) -> list[Any]:
        from pathlib import Path

        from k8sgen.yamltext.places import Source
        from k8sgen.yamltext.served import ALREADY_SET, read_served

        documents = list(read_served(self.file.text, Source(self.file.name, Path())))
        for document in documents:
            for problem in document.problems:
                (self.doubled if problem.message.endswith(ALREADY_SET) else self.problems).append(problem)
        self.file.documents = [document.value for document in documents if document.value is not None]
        return self.file.documents

    def _objects(self, number: int, value: Any, base: Pointer = ()) -> Iterator[Manifest]:
        """The object of a document, or those of a List."""
        if not isinstance(value, dict) or not is_object(value):
            self.others.append(number)
            return
        items = value.get("items")
        if str(value.get("kind", "")).endswith("List") and isinstance(items, list):
            for position, item in enumerate(items):
                yield from self._objects(number, item, (*base, "items", position))
            return
        yield Manifest(
            value,
            self.file.name,
            FilePlaces(self.file, number, base),
            sound=self.sound,
            has_nulls=self.has_nulls,
            size=len(self.file.text),
        )


def is_object(value: dict[str, Any]) -> bool:
    """Whether a map is meant for a cluster.

    `Chart.yaml` has an apiVersion and no kind, a kustomization is a file of a tool, and whoever annotates an object
    as local keeps it out of clusters (https://kubernetes.io/docs/reference/labels-annotations-taints/).
    """
    if not ("kind" in value or ("apiVersion" in value and "metadata" in value)):
        return False
    if str(value.get("apiVersion", "")).startswith("kustomize.config.k8s.io/"):
        return False
    annotations = dig(value, "metadata", "annotations")
    return not annotations or dig(annotations, "config.kubernetes.io/local-config") not in {"true", True}


def without_nulls(value: Any) -> Any:
    """The value without the null entries of its maps, which the API server takes as absent; itself when it has none."""
    if isinstance(value, dict):
        changed = {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
        if len(changed) == len(value) and all(changed[key] is value[key] for key in changed):
            return value
        return changed
    if isinstance(value, list):
        items = [without_nulls(inner) for inner in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value
