"""Kubernetes objects of anybody, each with the way back to the text it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from k8sgen.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from k8sgen.yamltext.places import Mark

Pointer = tuple[str | int, ...]


class Facts(NamedTuple):
    """What is declared of a service and cannot be seen in its manifests; None where nobody said it.

    A spec declares them; anybody's manifest may with annotations of the workload, such as
    `k8sgen/startup-seconds: "40"`.
    """

    startup_seconds: int | None = None
    """Seconds until the slowest start is through."""
    shutdown_seconds: int | None = None
    """Seconds that the program may take to finish after SIGTERM."""
    warm_up_seconds: int | None = None
    """Seconds after it is ready until it carries its full load."""
    runtime: str = ""
    """`go`, `jvm`, `node` or `python`."""
    runtime_version: str = ""
    """Such as `1.24`."""
    zones: int | None = None
    nodes: int | None = None
    """Nodes on which its pods may run."""
    shell: bool | None = None
    """Whether the image has `sh`."""
    numeric_user: bool | None = None
    """Whether the image names its user by number."""
    env_prefix: str = ""
    """What the names of the variables that the program reads begin with, such as `ORDERS`."""


NO_FACTS = Facts()


def facts_of(annotations: Mapping[str, Any]) -> Facts:
    """The facts that annotations declare; a value that does not read as its fact is none."""
    said = {
        key.removeprefix("k8sgen/"): str(value)
        for key, value in annotations.items()
        if key.startswith("k8sgen/")
    }
    if not said:
        return NO_FACTS

    def number(name: str) -> int | None:
        text = said.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else None

    def truth(name: str) -> bool | None:
        return {"true": True, "false": False}.get(said.get(name, ""))

    return Facts(
        startup_seconds=number("startup-seconds"),
        shutdown_seconds=number("shutdown-seconds"),
        warm_up_seconds=number("warm-up-seconds"),
        runtime=said.get("runtime", ""),
        runtime_version=said.get("runtime-version", ""),
        zones=number("zones"),
        nodes=number("nodes"),
        shell=truth("shell"),
        numeric_user=truth("numeric-user"),
        env_prefix=said.get("env-prefix", ""),
    )


def annotations_of(facts: Facts) -> dict[str, str]:
    """The annotations that declare facts, as `facts_of` reads them."""
    written: dict[str, str] = {}
    for name, value in facts._asdict().items():
        if value is not None and value != "":
            written["k8sgen/" + name.replace("_", "-")] = (
                str(value).lower() if isinstance(value, bool) else str(value)
            )
    return written


class Places(Protocol):
    """Where the values of one object stand."""

    def locate(self, pointer: Pointer, *, key: bool = False) -> Place:
        """The place of a value, or of its key; of something missing, the nearest place above it."""


class Refusal(NamedTuple):
    """What Kubernetes 1.`minor` refuses in an object, or drops; `stage` says who: `schema`, `api-server`, `dropped-field`."""

    stage: str
    minor: int
    pointer: Pointer
    message: str
    hint: str


@dataclass(slots=True, eq=False)
class Manifest:
    """One object as the API server reads it, without nulls, which it takes as absent.

    `file` is the file as the user named it. `data` may be anything that a map can be: what its schema
    refuses is taken out before rules look at it.
    """

    data: dict[str, Any]
    file: str
    places: Places
    facts: Facts = NO_FACTS
    refusals: list[Refusal] = field(default_factory=list)
    asked: int = 0
    """How many of the Kubernetes versions that were asked have a schema for its kind."""
    foreign: bool = False
    """Whether it has the kind, but not the API group, of an object of Kubernetes: a Service of Knative."""
    sound: bool = False
    """Whether it is known from before that nothing is refused in it."""
    has_nulls: bool = False
    """Whether there may be nulls in its lists."""
    size: int = 0
    """Bytes of the text that it stands in, at least."""
    api_version: str = ""
    kind: str = ""
    name: str = ""
    namespace: str = ""
    group: str = ""
    """The API group; empty for the core group."""

    def __post_init__(self) -> None:
        self.api_version, self.kind = text(self.data.get("apiVersion")), text(self.data.get("kind"))
        self.group = self.api_version.rpartition("/")[0]
        metadata = self.data.get("metadata")
        if isinstance(metadata, dict):
            self.name, self.namespace = text(metadata.get("name")), text(metadata.get("namespace"))
            annotations = metadata.get("annotations")
            if isinstance(annotations, dict) and self.facts is NO_FACTS:
                self.facts = facts_of(annotations)

    @property
    def known(self) -> bool:
        """Whether there is a schema for its kind."""
        return self.asked > 0

    @property
    def subject(self) -> str:
        """How people name it: `Deployment/orders`."""
        return f"{self.kind}/{self.name}" if self.name else self.kind

    def map(self, *steps: str) -> dict[str, Any]:
        """The map at the end of these keys; empty when there is none."""
        found = self.data
        for step in steps:
            inner = found.get(step)
            if not isinstance(inner, dict):
                return {}
            found = inner
        return found

    def get(self, *steps: str | int) -> Any:
        """The value at the end of these steps, or None."""
        return dig(self.data, *steps)


def text(value: Any) -> str:
    """The value if it is text, else nothing."""
    return value if isinstance(value, str) else ""


def dig(value: Any, *steps: str | int) -> Any:
    """The value at the end of steps into maps and lists, or None where a step leads nowhere."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


class ManifestFile:
    """A file's text, and where the values of its documents stand; it is read with places only when asked.

    `content` is the text, or what gets it when it is asked for. `is_plain` says that the quick reader reads it,
    so that each document can be found without reading those before it.
    """

    def __init__(self, name: str, content: str | Callable[[], str], *, is_plain: bool = False) -> None:
        self.name = name
        self.is_plain = is_plain
        self._content = content
        self._read: dict[int, Any] = {}

    @cached_property
    def text(self) -> str:
        """The text."""
        return self._content if isinstance(self._content, str) else self._content()

    @cached_property
    def documents(self) -> list[Any]:
        """The documents that hold something, with marks."""
        from pathlib import Path

        from k8sgen.yamltext.places import Source
        from k8sgen.yamltext.served import read_served

        documents = read_served(self.text, Source(self.name, Path()))
        return [document.value for document in documents if document.value is not None]

    def document(self, number: int) -> Any:
        """One of them. None when there are not so many."""
        if not self.is_plain:
            return self.documents[number] if number < len(self.documents) else None
        if number not in self._read:
            from pathlib import Path

            from k8sgen.yamltext.places import Source
            from k8sgen.yamltext.served import read_one

            self._read[number] = read_one(self.text, Source(self.name, Path()), number)
        return self._read[number]

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")


class FilePlaces(NamedTuple):
    """The places of one object of a file: the document's number, and where in it the object stands."""

    file: ManifestFile
    number: int
    base: Pointer = ()

    def locate(self, pointer: Pointer, *, key: bool = False) -> Place:
        """The place of a value, or of its key; of something missing, the nearest place above it."""
        holder = self.file.document(self.number)
        mark: Mark | None = getattr(holder, "mark", None)
        wants_key = True
        for step in (*self.base, *pointer):
            marks = getattr(holder, "marks", None)
            try:
                found = marks[step] if marks is not None else None
            except (KeyError, IndexError, TypeError):
                found = None
            if found is None:
                break
            mark, holder = found, holder[step]
        else:
            wants_key = key
        if mark is None:
            return Place(self.file.name, 1, 1)
        return mark.key_place() if wants_key else mark.place()
