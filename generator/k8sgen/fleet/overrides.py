"""A directory of templates that take the place of our own can be read, before any is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.errors import Place, Problem, TemplateError
from k8sgen.fleet.find import unreadable

if TYPE_CHECKING:
    from pathlib import Path


def read_overrides(directory: Path) -> None:
    """Look into every file of a directory. Raises TemplateError with all that cannot be read."""
    try:
        paths = sorted(directory.iterdir())
    except OSError as error:
        raise TemplateError(unreadable(str(directory), error, "--templates takes a directory")) from error
    problems: list[Problem] = []
    for path in paths:
        try:
            path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            problems.append(Problem("is not UTF-8", Place(str(path), 0, 0), "save it as UTF-8"))
        except OSError as error:
            problems.append(unreadable(str(path), error, "a template is a file"))
    if problems:
        raise TemplateError(*problems)
