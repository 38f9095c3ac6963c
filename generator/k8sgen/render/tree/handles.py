"""Open files and directories below a root, without following links."""

from __future__ import annotations

import os
from typing import Self

DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class Handles:
    """Open directories below a root, reached component by component without following links.

    Only the chain to the last one asked for stays open, so ask in sorted order.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._chain: list[tuple[str, int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close_to(0)

    def at(self, directory: str) -> int:
        """Return the descriptor of a directory below the root, "" being the root itself."""
        chain = self._chain
        if chain and chain[-1][0] == directory:
            return chain[-1][1]
        parts = directory.split("/") if directory else []
        paths = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
        same = 0
        while same < min(len(chain), len(paths)) and chain[same][0] == paths[same]:
            same += 1
        self._close_to(same)
        for path, part in zip(paths[same:], parts[same:], strict=True):
            above = chain[-1][1] if chain else self._root
            chain.append((path, os.open(part, DIRECTORY, dir_fd=above)))
        return chain[-1][1] if chain else self._root

    def split(self, path: str) -> tuple[int, str]:
        """Return the descriptor of a file's directory, and the file's name."""
        directory, _, name = path.rpartition("/")
        return self.at(directory), name

    def forget(self) -> None:
        """Close all, so that a directory about to be removed is not held."""
        self._close_to(0)

    def _close_to(self, depth: int) -> None:
        while len(self._chain) > depth:
            os.close(self._chain.pop()[1])
