"""Measures how often our validation and a real API server say the same of mutants of valid objects.

    python tools/agreement.py --seed 7 --mutants 20000 [--write] [--show] [--number N]

It needs the control plane and kubeconform (`make tools`) and starts a control plane of its own, or uses the
one of `--kubeconfig`. The tables are printed, and with `--write` put into `docs/agreement.md`. `--show`
prints the disagreements, `--number` one mutant and what both sides say to it.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
import tomllib
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT)]

from k8sgen.validate.schemas import NEWEST, Schemas  # noqa: E402 - the path is set above
from mutants import kubeconform, table  # noqa: E402
from mutants.draw import bases  # noqa: E402
from mutants.judge import Judged, judge_number  # noqa: E402
from mutants.page import page  # noqa: E402
from mutants.server import Server  # noqa: E402
from tests.plugins.control_plane import ApiServer, used_cluster  # noqa: E402
from tests.plugins.needs import program  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHUNK = 250
PROCESSES = 2
PAGE = ROOT / "docs" / "agreement.md"
_asked: tuple[Server, Schemas] | None = None


def main() -> None:
    """Read the arguments, ask, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help="write docs/agreement.md")
    parser.add_argument("--show", action="store_true", help="print every disagreement")
    parser.add_argument("--number", type=int, help="print one mutant and what is said of it")
    parser.add_argument("--kubeconfig", type=Path, help="a control plane that runs already")
    arguments = parser.parse_args()
    with cluster(arguments.kubeconfig) as kubeconfig:
        check_bases(kubeconfig)
        if arguments.number is not None:
            _connect(kubeconfig)
            show_one(_judged(arguments.seed, arguments.number, 1)[0])
            return
        server = ApiServer(kubeconfig)
        version = server.get("/version")["gitVersion"]
        server.close()
        found = measured(arguments.seed, arguments.mutants, kubeconfig)
    pin = tomllib.loads((ROOT / "tools" / "pins.toml").read_text("utf-8"))["programs"]["kubeconform"]
    peer = f"kubeconform {pin['version'].removeprefix('v')}"
    with tempfile.TemporaryDirectory() as directory:
        texts = {judged.number: judged.mutant.text for judged in found if not judged.dropped}
        theirs = kubeconform.accepted(program("kubeconform"), texts, Path(directory))
    text = page(found, theirs, arguments.seed, version, peer)
    print(text)
    if arguments.show:
        show(found)
    if arguments.write:
        PAGE.write_text(text, encoding="utf-8")


@contextmanager
def cluster(given: Path | None) -> Iterator[Path]:
    """The kubeconfig of a control plane."""
    if given is not None:
        yield given
        return
    with (
        tempfile.TemporaryDirectory() as directory,
        used_cluster(Path(directory) / "control-plane") as started,
    ):
        yield started


def check_bases(kubeconfig: Path) -> None:
    """Every object is accepted before it is mutated; ValueError for one that is not."""
    server = Server(ApiServer(kubeconfig))
    for base in itertools.chain.from_iterable(bases().values()):
        answer = server.ask(base.text, base)
        if not answer.accepted:
            raise ValueError(f"{base.name} is no valid object: {answer.message}")


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
    ahead = [pool.submit(_judged, seed, number * CHUNK, CHUNK) for number in range(2 * PROCESSES)]
    for number in itertools.count(2 * PROCESSES):
        yield ahead.pop(0).result()
        ahead.append(pool.submit(_judged, seed, number * CHUNK, CHUNK))


def _connect(kubeconfig: Path) -> None:
    global _asked  # noqa: PLW0603 - a process of the pool has nothing else to keep it in
    _asked = (Server(ApiServer(kubeconfig)), Schemas(NEWEST))


def _judged(seed: int, start: int, count: int) -> list[Judged]:
    if _asked is None:
        raise RuntimeError("_connect was not called")
    return [judge_number(seed, number, *_asked) for number in range(start, start + count)]


def show(found: Sequence[Judged]) -> None:
    """Every disagreement, and the answers whose fields differ."""
    for judged in found:
        if judged.dropped:
            continue
        if not judged.agrees:
            what = "false accept" if judged.accepted else "false reject"
        elif judged.answer.fields and not judged.same_paths:
            what = "other fields"
        else:
            continue
        print(f"{judged.number} {table.kind_of(judged)}, {table.mutation_of(judged)}: {what}")
        print(f"  server: {judged.answer.message[:500]}")
        print(f"  k8sgen: {'; '.join(judged.ours)[:500]}")


def show_one(judged: Judged) -> None:
    """A mutant, and what both say to it."""
    print(judged.mutant.text)
    print(f"# {judged.mutant.base.name}, {judged.mutant.mutation}")
    print(f"# server: {judged.answer.status} {judged.answer.message}")
    for line in judged.ours:
        print(f"# k8sgen: {line}")


if __name__ == "__main__":
    main()
