"""Paths of the output: which may be, and how messages name them."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, NoReturn

from k8sgen.errors import OutputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STAGING = ".k8sgen-staging"
"""Where the journal stages its files, inside the output directory."""


def place_of(root: Path, path: str) -> Place:
    """Name a file below the root; what is wrong with it is wrong from its first line on."""
    return Place(str(root / path), 1, 1)


def refuse(root: Path, path: str, message: str, hint: str) -> NoReturn:
    """Raise the error about one file below the root."""
    raise OutputError(Problem(message, place_of(root, path), hint))


def clean(path: str) -> str:
    """Say what is wrong with a path that should stay inside a directory; "" when nothing is."""
    if path.startswith("/"):
        return "is absolute"
    parts = path.split("/")
    if ".." in parts:
        return "leads out of the output directory"
    if "" in parts or "." in parts:
        return "has an empty part"
    if not path.isprintable():
        return "holds a character that cannot be printed"
    if ".git" in parts or STAGING in parts:
        return f"passes through {'.git' if '.git' in parts else STAGING}"
    if max(len(os.fsencode(part)) for part in parts) > 255:
        return "has a part of more than 255 bytes"
    return ""


def check_paths(root: Path, files: Mapping[str, bytes]) -> None:
    """Refuse paths that leave the root, and those that a file system or Git client mixes up."""
    problems = []
    seen: dict[str, str] = {}
    directories: dict[str, str] = {}
    for path in files:
        if wrong := clean(path):
            problems.append(
                Problem(
                    f"output path {path!r} {wrong}",
                    place_of(root, ""),
                    "choose another name or output pattern",
                )
            )
            continue
        directory = path.rpartition("/")[0]
        while directory and directory not in directories:
            directories[directory] = path
            directory = directory.rpartition("/")[0]
        other = seen.setdefault(folded(path), path)
        if other != path:
            problems.append(
                Problem(
                    f"{path!r} and {other!r} are one file where upper and lower case do not count",
                    place_of(root, path),
                    "give one of the two another name",
                )
            )
    for directory, below in directories.items():
        clash = seen.get(folded(directory))
        if clash is not None:
            problems.append(
                Problem(
                    f"{clash!r} would be a file and, for {below!r}, a directory",
                    place_of(root, clash),
                    "give one of the two another name",
                )
            )
    if problems:
        raise OutputError(*problems)


def folded(path: str) -> str:
    """Return the path as a file system sees it that does not tell upper from lower case."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path.casefold())


def directories_above(paths: Iterable[str]) -> set[str]:
    """Return every directory above the paths, the root itself left out."""
    found: set[str] = set()
    for path in paths:
        directory = path.rpartition("/")[0]
        while directory and directory not in found:
            found.add(directory)
            directory = directory.rpartition("/")[0]
    return found
