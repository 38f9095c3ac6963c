"""What kustomize would drop or change in any object, so that its output could not be what `render` says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from k8sgen.yamltext.plain import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.yamltext.scan import Pointer

LOCAL: Final = "config.kubernetes.io/local-config"
OWN_ANNOTATION: Final = re.compile(
    r"internal\.config\.kubernetes\.io/.*"
    r"|config\.kubernetes\.io/(path|index|origin)"
    r"|config\.k8s\.io/id"
    r"|alpha\.config\.kubernetes\.io/transformations"
)
DATE: Final = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
TEXT_TO_KUSTOMIZE: Final = ("y", "yes", "on", "n", "no", "off")
"""Words that only other readers take for something else than text."""


class Trouble(NamedTuple):
    """Something about one object, by its number, that kustomize would not keep."""

    number: int
    pointer: Pointer
    message: str
    hint: str


def troubles(objects: Sequence[dict[str, Any]]) -> Iterator[Trouble]:
    """All that kustomize would not keep of these objects."""
    seen: dict[tuple[str, ...], str] = {}
    for number, obj in enumerate(objects):
        kind, metadata = obj["kind"], obj["metadata"]
        if kind.endswith("List"):
            yield Trouble(
                number,
                ("kind",),
                f'kustomize takes the kind "{kind}" for a list and puts its items in its place',
                "give each item as an object of its own",
            )
        annotations = metadata.get("annotations")
        for name, value in annotations.items() if isinstance(annotations, dict) else ():
            at: Pointer = ("metadata", "annotations", name)
            if name == LOCAL and value != "false":
                yield Trouble(
                    number,
                    at,
                    f"kustomize leaves out every object with the annotation {name}",
                    "leave it out",
                )
            elif OWN_ANNOTATION.fullmatch(name):
                yield Trouble(
                    number,
                    at,
                    f"kustomize keeps the annotation {name} for itself and removes it",
                    "leave it out",
                )
            elif stops_kustomize(name):
                yield Trouble(
                    number,
                    at,
                    f'kustomize reads the annotation "{name}" as a number, a date or the like, and stops',
                    "give it another name, such as example.com/" + name,
                )
        namespace = metadata.get("namespace")
        everywhere = (obj["apiVersion"], kind, metadata["name"])
        if everywhere in seen and (not namespace or not seen[everywhere]):
            yield Trouble(
                number,
                ("metadata", "name"),
                f"kustomize cannot tell {kind}/{metadata['name']} in one namespace from that in none",
                "give both a namespace",
            )
        seen[everywhere] = namespace or ""


def stops_kustomize(annotation: str) -> bool:
    """Whether kustomize writes the name of an annotation in a way that it cannot read back."""
    text = isinstance(resolve(annotation), str) or annotation.lower() in TEXT_TO_KUSTOMIZE
    return not text or DATE.fullmatch(annotation) is not None
