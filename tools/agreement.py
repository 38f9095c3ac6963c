"""Measures how often our validation and a real API server say the same of mutants of valid objects.

    python tools/agreement.py --seed 7 --mutants 20000 [--write] [--show CLASS_OR_KIND]

It needs the control plane (`make tools`) and starts one of its own. The table is printed, and with
`--write` put into `docs/agreement.md`. `--show` prints the disagreements.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT)]

from k8sgen.validate.schemas import NEWEST, Schemas  # noqa: E402 - the path is set above
from mutants.judge import Judged, judge_number  # noqa: E402
from mutants.server import Server  # noqa: E402
from tests.plugins.control_plane import ApiServer, used_cluster  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 250
PROCESSES = 2
_asked: tuple[Server, Schemas] | None = None


def measured(seed: int, count: int, kubeconfig: Path) -> list[Judged]:
    """Judge mutants until `count` of them say something; those that were dropped are among them."""
    found: list[Judged] = []
    told = 0
    with ProcessPoolExecutor(PROCESSES, initializer=_connect, initargs=(kubeconfig,)) as pool:
        for batch in _batches(pool, seed):
            for judged in batch:
                found.append(judged)
                told += not judged.dropped
                if told == count:
                    return found
    raise AssertionError("unreachable")


def _batches(pool: ProcessPoolExecutor, seed: int) -> Iterator[list[Judged]]:
    """The judged mutants in the order of their numbers, a few batches ahead of their use."""
    ahead = [pool.submit(_judged, seed, number * CHUNK) for number in range(2 * PROCESSES)]
    for number in itertools.count(2 * PROCESSES):
        yield ahead.pop(0).result()
        ahead.append(pool.submit(_judged, seed, number * CHUNK))


def _connect(kubeconfig: Path) -> None:
    global _asked  # noqa: PLW0603 - a process of the pool has nothing else to keep it in
    _asked = (Server(ApiServer(kubeconfig)), Schemas(NEWEST))


def _judged(seed: int, start: int) -> list[Judged]:
    assert _asked
    return [judge_number(seed, number, *_asked) for number in range(start, start + CHUNK)]
