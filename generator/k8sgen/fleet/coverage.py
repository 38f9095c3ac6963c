"""Which files of an output tree a run answers for: those it keeps current, and removes once nothing asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.fleet.service import ALL, MARKED_STDIN, Options, Result, marker_base

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from k8sgen.render.marker import Marker


class Coverage:
    """Answers for the files that bear our marker: those of the run's specs, and of specs that are gone.

    `rendered` holds the environments of each spec by its path in the marker; with `everything` a spec's
    other environments are gone, too. `gone` names rendered directories as marker prefixes, each with the
    directory that markers are relative to: a spec below one that is no more was deleted. `command` is the
    one that runs, as markers name it.
    """

    def __init__(
        self,
        rendered: dict[str, set[str]],
        gone: Sequence[tuple[str, Path]],
        *,
        everything: bool,
        command: str = "",
    ) -> None:
        self.rendered = rendered
        self.gone = gone
        self.everything = everything
        self.command = command

    def __call__(self, marker: Marker) -> bool:
        """Whether a file with this marker is the run's to keep or remove."""
        if marker.command != self.command:
            return False
        if marker.spec in self.rendered:
            return self.everything or marker.environment in self.rendered[marker.spec]
        return any(
            marker.spec.startswith(prefix) and not (base / marker.spec).exists() for prefix, base in self.gone
        )


def coverage(results: Sequence[Result], directories: Sequence[Path], options: Options) -> Coverage:
    """What a run answers for.

    A run of some kinds answers for nothing but what it writes, and so does a spec from standard input,
    of which the marker does not say which one it was. A broken spec keeps its files.
    """
    if options.only:
        return Coverage({}, (), everything=False)
    rendered = {
        result.spec: set(result.environments)
        for result in results
        if not result.problems and result.spec != MARKED_STDIN
    }
    gone: list[tuple[str, Path]] = []
    for directory in directories:
        real = directory.resolve()
        if base := marker_base(real):
            prefix = real.relative_to(base).as_posix()
            gone.append(("" if prefix == "." else prefix + "/", base))
    return Coverage(rendered, gone, everything=options.environment == ALL)
