"""One text that a run is about, and what becomes of it: objects, a spec, nothing of ours, or a problem."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from k8sgen.errors import InputError, Place, Problem, YamlError, system_words
from k8sgen.lint.read import Reading

if TYPE_CHECKING:
    from k8sgen.lint.cache import Cache

SHOWN_STDIN: Final = "<stdin>"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""The first bytes of a text in UTF-16."""
LARGEST: Final = 64 * 1024 * 1024
"""In bytes: a cluster's worth of objects in one stream. The API server takes 3 MiB at a time."""
MORE: Final = 64 * 1024
"""Bytes that are asked for when a file turns out to be longer than it said."""
WITHOUT_OBJECTS: Final = "without Kubernetes objects"


class Source(NamedTuple):
    """A file or stream, by the name that is shown. What could not even be found has a problem."""

    name: str
    named: bool = False
    """Whether it was named itself, rather than found below a directory: then it must hold objects."""
    content: bytes | None = None
    """Of a stream, or of a file that was read already; else it is read when it is its turn."""
    problem: Problem | None = None
    key: str = ""
    """The name of its entry in the cache, if it was hashed already."""

    def text(self) -> str:
        """Its text. Raises YamlError for one that is none, and OSError."""
        return decoded(Path(self.name).read_bytes() if self.content is None else self.content, self.name)


class Outcome(NamedTuple):
    """What became of a source."""

    problems: tuple[Problem, ...] = ()
    objects: int | None = None
    """How many it holds, if it is a file of manifests."""
    is_spec: bool = False
    passed_over: str = ""
    """Why it was passed over."""


def take(source: Source, cache: Cache | None = None) -> tuple[Reading | None, Outcome]:
    """Read a source, and say what became of it."""
    try:
        content = content_of(source)
        if not source.named and b"apiVersion" not in content and not content.startswith(UTF_16):
            return None, _nothing(source)
        text = decoded(content, source.name)
    except InputError as error:
        return None, Outcome(error.problems)
    key = source.key or (cache.key(content) if cache else "")
    reading = Reading(source.name, text, key, cache.load(key) if cache else None)
    if reading.problems and is_helm_template(text):
        problem = Problem(
            "this is a Helm template",
            Place(source.name, 0, 0),
            "lint the output of helm template: helm template CHART | k8sgen lint -",
        )
        return None, Outcome((problem,))
    if not reading.manifests and not reading.problems:
        return None, _nothing(source)
    return reading, Outcome(tuple(reading.problems), len(reading.manifests))


def content_of(source: Source) -> bytes:
    """The bytes of a source. Raises InputError when they are not to be had, or are too many."""
    if source.problem is not None:
        raise InputError(source.problem)
    place = Place(source.name, 0, 0)
    if source.content is not None:
        _check_size(len(source.content), place)
        return source.content
    try:
        # What is no regular file must not be waited for. A Path and a buffer would take twice the time.
        handle = os.open(source.name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                hint = f"pipe it in: k8sgen lint - < {source.name}"
                raise InputError(Problem("is not a regular file", place, hint))
            _check_size(status.st_size, place)
            parts = [os.read(handle, status.st_size + 1)]
            while parts[-1]:
                parts.append(os.read(handle, MORE))
            return b"".join(parts)
        finally:
            os.close(handle)
    except OSError as error:
        problem = Problem(f"cannot be read: {system_words(error)}", place, "mend its permissions")
        raise InputError(problem) from error


def _check_size(size: int, place: Place) -> None:
    if size > LARGEST:
        hint = "split it into several files"
        raise InputError(Problem(f"the file has {size} bytes, more than {LARGEST}", place, hint))


def _nothing(source: Source) -> Outcome:
    """What becomes of a source without objects."""
    if source.name != SHOWN_STDIN and is_spec_name(Path(source.name).name):
        return Outcome(is_spec=True)
    if source.named:
        problem = Problem(
            "holds no Kubernetes object", Place(source.name, 0, 0), "an object has apiVersion and kind"
        )
        return Outcome((problem,))
    return Outcome(passed_over=WITHOUT_OBJECTS)


def is_spec_name(name: str) -> bool:
    """Whether a file that holds no object is a spec, by its name."""
    return name in {"service.yaml", "service.yml"} or name.endswith((".service.yaml", ".service.yml"))


def is_helm_template(text: str) -> bool:
    """Whether a text that is no YAML has actions of a Go template."""
    return "{{" in text and "}}" in text


def decoded(content: bytes, name: str) -> str:
    """The text of a file. Raises YamlError when it is none."""
    if b"\0" in content[:8192] and not content.startswith(UTF_16):
        raise YamlError(Problem("is a binary file", Place(name, 0, 0), "name YAML or JSON files"))
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if content.startswith(UTF_16):
            problem = Problem("the file is UTF-16, not UTF-8", Place(name, 1, 1), "save it as UTF-8")
            raise YamlError(problem) from error
        before = content[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        place = Place(name, line, len(before) - before.rfind("\n"))
        problem = Problem(f"byte 0x{content[error.start]:02x} is not UTF-8", place, "save the file as UTF-8")
        raise YamlError(problem) from error
