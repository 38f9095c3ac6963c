"""Commands that look at one spec read it here."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from k8sgen.errors import Place, Problem, SpecError, system_words
from k8sgen.fleet.find import STDIN, find_specs
from k8sgen.fleet.service import Builder, Options
from k8sgen.yamltext.characters import LARGEST_FILE

if TYPE_CHECKING:
    from k8sgen.fleet.find import SpecFile
    from k8sgen.spec.load import Document


def one_spec(
    named: str, *, environment: str = "", sets: tuple[str, ...] = (), kubernetes_version: str = ""
) -> tuple[Builder, Document]:
    """The spec that was named, and a builder for it. Raises InputError."""
    file = named_spec(named)
    builder = Builder(Options(environment=environment, sets=sets, kubernetes_version=kubernetes_version))
    return builder, builder.document(file)


def named_spec(named: str) -> SpecFile:
    """The one spec that was named by its file, its directory or as standard input. Raises InputError."""
    files, _ = find_specs([named], standard_input() if named == STDIN else None)
    if len(files) > 1:
        raise SpecError(
            Problem(
                f"{len(files)} specs are in this directory",
                Place(named, 0, 0),
                "name one of them: " + files[0].shown,
            )
        )
    return files[0]


def standard_input(largest: int = LARGEST_FILE) -> bytes:
    """All of standard input, which may be endless. Raises SpecError beyond `largest` bytes."""
    place = Place("<stdin>", 0, 0)
    if sys.stdin is None:
        raise SpecError(Problem("is closed", place, "pipe a spec in, or name a file"))
    try:
        text: bytes = sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        raise SpecError(Problem(f"cannot be read: {system_words(error)}", place)) from error
    if len(text) > largest:
        raise SpecError(Problem(f"has more than {largest} bytes", place, "split it into several files"))
    return text
