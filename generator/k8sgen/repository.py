"""Where a repository begins, and where its k8sgen.yaml lies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS_NAME = "k8sgen.yaml"


@cache
def repository_root(directory: Path) -> Path | None:
    """The root of the repository that a directory is in."""
    return next((parent for parent in (directory, *directory.parents) if (parent / ".git").exists()), None)


def find_settings(directory: Path) -> Path | None:
    """The nearest k8sgen.yaml upwards, never above the root of the repository."""
    directory = directory.resolve()
    for parent in (directory, *directory.parents):
        candidate = parent / SETTINGS_NAME
        if candidate.is_file():
            return candidate
        if (parent / ".git").exists():
            return None
    return None
