"""The files below a directory, as tests compare them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def files_of(directory: Path) -> dict[str, bytes]:
    """The content of every file by its path; links are named, not followed."""
    return {
        path.relative_to(directory).as_posix(): b"" if path.is_symlink() else path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() or path.is_symlink()
    }
