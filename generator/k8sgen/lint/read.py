"""From a text to the objects in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.lint.validation import without_nulls
from k8sgen.manifests import FilePlaces, Manifest, ManifestFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.errors import Problem
    from k8sgen.manifests import Pointer


class Reading:
    """A file as read: its objects, what is wrong with its text, and what in it is no object."""

    def __init__(self, name: str, content: str) -> None:
        from k8sgen.yamltext.quick import read_quick

        self.file = ManifestFile(name, content)
        self.problems: list[Problem] = []
        self.others: list[int] = []
        """Numbers of the documents that are no Kubernetes objects."""
        values = read_quick(content)
        if values is None:
            values = self._served()
        self.manifests = [
            manifest for number, value in enumerate(values) for manifest in self._objects(number, value)
        ]

    def _served(self) -> list[Any]:
        from pathlib import Path

        from k8sgen.yamltext.places import Source
        from k8sgen.yamltext.served import read_served

        documents = list(read_served(self.file.text, Source(self.file.name, Path())))
        self.problems += [problem for document in documents for problem in document.problems]
        self.file.documents = [document.value for document in documents if document.value is not None]
        return self.file.documents

    def _objects(self, number: int, value: Any, base: Pointer = ()) -> Iterator[Manifest]:
        """The object of a document, or those of a List; what has neither apiVersion nor kind is none."""
        if not isinstance(value, dict) or not ("apiVersion" in value or "kind" in value):
            self.others.append(number)
            return
        items = value.get("items")
        if str(value.get("kind", "")).endswith("List") and isinstance(items, list):
            for position, item in enumerate(items):
                yield from self._objects(number, item, (*base, "items", position))
            return
        yield Manifest(without_nulls(value), self.file.name, FilePlaces(self.file, number, base))
