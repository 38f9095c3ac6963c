"""Many services in one run, over all cores; the outcome does not depend on how many there are."""

from __future__ import annotations

import contextlib
import gc
import signal
from typing import TYPE_CHECKING

from k8sgen.fleet.service import Builder, Options, Result
from k8sgen.processes import cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from k8sgen.fleet.find import SpecFile

WORTH_PROCESSES = 24
"""Specs from which a second process saves more than its start costs (measured in benchmarks/)."""

CHUNK = 8

_builder: Builder | None = None


def build_all(files: Sequence[SpecFile], options: Options, jobs: int = 0) -> Iterator[Result]:
    """The result of each spec, in the order of `files`, as soon as it is known.

    `jobs` is the number of processes, 0 for one per core.
    """
    jobs = min(jobs or cores(), max(1, len(files) // CHUNK))
    builder = Builder(options)
    chunks = [files[start : start + CHUNK] for start in range(1, len(files), CHUNK)]
    yield from map(builder.build, files[:1])
    with without_collector():
        if jobs == 1 or len(files) < WORTH_PROCESSES:
            for chunk in chunks:
                yield from build_chunk(chunk, builder)
        else:
            yield from build_in_processes(chunks, builder, jobs)


def build_in_processes(chunks: Sequence[Sequence[SpecFile]], builder: Builder, jobs: int) -> Iterator[Result]:
    """The results of all chunks in their order, from `jobs` processes."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _builder  # noqa: PLW0603 - forked workers inherit the compiled templates through it
    _builder = builder
    with ProcessPoolExecutor(jobs, get_context("fork"), initializer=start_worker) as pool:
        try:
            for results in pool.map(build_chunk, chunks):
                yield from results
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Collect garbage between chunks only, and never look at what is there already: it saves a third."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def start_worker() -> None:
    """Leave Ctrl-C, which the terminal sends to every process, to the one that waits for the results."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def build_chunk(files: Sequence[SpecFile], builder: Builder | None = None) -> list[Result]:
    """Some specs, in a worker with the builder that it inherited."""
    builder = builder or _builder
    assert builder is not None  # noqa: S101 - set before the workers are forked
    results = [builder.build(file) for file in files]
    gc.collect()
    return results
