"""Runs `k8sgen` as a user does, in a process of its own where that matters and in this one where it does not."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from k8sgen.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Run:
    """What a command printed, and its exit status."""

    status: int
    stdout: str
    stderr: str


@contextlib.contextmanager
def working_directory(directory: Path) -> Iterator[None]:
    """Somewhere else, for a while."""
    before = Path.cwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)


class Bytes(io.TextIOWrapper):
    """Standard input or output with bytes below, as the real ones have."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", write_through=True)

    def text(self) -> str:
        """What was written."""
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def k8sgen(*arguments: str, cwd: Path, stdin: bytes = b"") -> Run:
    """Run the command line in this process, in the directory `cwd`."""
    out, err = Bytes(), Bytes()
    with (
        working_directory(cwd),
        mock.patch.multiple(sys, argv=["k8sgen", *arguments], stdin=Bytes(stdin), stdout=out, stderr=err),
    ):
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
    return Run(status, out.text(), err.text())
