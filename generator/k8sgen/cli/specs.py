"""Commands that look at one spec read it here."""

from __future__ import annotations

import sys

from k8sgen.fleet.find import STDIN, find_specs
from k8sgen.fleet.service import Builder, Options
from k8sgen.spec.load import Document


def one_spec(
    named: str, *, environment: str = "", sets: tuple[str, ...] = (), kubernetes_version: str = ""
) -> tuple[Builder, Document]:
    """The spec that was named, and a builder for it. Raises InputError."""
    from k8sgen.errors import Place, Problem, SpecError

    files, _ = find_specs([named], sys.stdin.buffer.read() if named == STDIN else None)
    if len(files) > 1:
        raise SpecError(
            Problem(
                f"{len(files)} specs are in this directory",
                Place(named, 0, 0),
                "name one of them: " + files[0].shown,
            )
        )
    builder = Builder(Options(environment=environment, sets=sets, kubernetes_version=kubernetes_version))
    return builder, builder.document(files[0])
