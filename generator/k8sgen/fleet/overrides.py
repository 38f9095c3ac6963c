"""A directory of templates that take the place of our own: each must be one that is used."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from k8sgen import assets
from k8sgen.errors import Place, Problem, TemplateError

if TYPE_CHECKING:
    from pathlib import Path

ENDING = ".yaml.j2"
INCLUDE = re.compile(r"""\{%-?\s*include\s+["']([^"']+)["']""")


def check_overrides(directory: Path) -> None:
    """Look at every template of a directory before any is used.

    A name that is neither one of ours nor included by another override would change nothing, and
    nobody would notice. Raises TemplateError with everything that is wrong.
    """
    try:
        names = sorted(path.name for path in directory.iterdir() if path.name.endswith(ENDING))
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise TemplateError(
            Problem(message, Place(str(directory), 0, 0), "--templates takes a directory of *.yaml.j2")
        ) from error
    ours = {path.name for path in assets.directory("templates").glob(f"*{ENDING}")}
    problems: list[Problem] = []
    included: set[str] = set()
    for name in names:
        try:
            included.update(INCLUDE.findall((directory / name).read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            problems.append(Problem("is not UTF-8", Place(str(directory / name), 0, 0), "save it as UTF-8"))
        except OSError as error:
            message = f"cannot be read: {(error.strerror or str(error)).lower()}"
            problems.append(Problem(message, Place(str(directory / name), 0, 0)))
    problems += [
        Problem(
            "takes the place of no template", Place(str(directory / name), 0, 0), meant(name, sorted(ours))
        )
        for name in names
        if name not in ours and name not in included
    ]
    if problems:
        raise TemplateError(*problems)


def meant(name: str, ours: list[str]) -> str:
    """What a misspelt name probably is."""
    close = difflib.get_close_matches(name, ours, 1, 0.7)
    return f"did you mean {close[0]}?" if close else "ours are " + ", ".join(ours)
