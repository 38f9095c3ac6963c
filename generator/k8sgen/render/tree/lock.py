"""One run of k8sgen at a time in an output directory."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from k8sgen.errors import system_words
from k8sgen.render.tree.paths import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_SECONDS = 10.0
"""How long a second run waits for the first one before it gives up."""


@contextmanager
def locked(root: Path) -> Iterator[int]:
    """Hold the directory alone among runs of k8sgen, and give its descriptor.

    The lock is on the directory itself, so nothing is left behind, whatever happens. A file system
    that cannot lock directories (NFS) goes without.
    """
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        refuse(
            root, "", f"cannot open the output directory: {system_words(error)}", "choose another directory"
        )
    try:
        deadline = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    refuse(
                        root,
                        "",
                        f"another run of k8sgen has been writing here for {LOCK_SECONDS:g} seconds",
                        "wait for it to end, then run again",
                    )
                time.sleep(0.02)
                continue
            except OSError as error:
                if error.errno not in {errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EINVAL}:
                    raise
            break
        yield descriptor
    finally:
        os.close(descriptor)
