"""Times charts against their peers, in one run, as ratios.

    python benchmarks/chart.py [--rounds 7] [--smoke]

Writing a chart: `k8sgen chart` against `helm create`, and what one of many takes in a process that runs
already. Using it: `helm template` of our charts against the same of `helm create`'s, for both Helms.

Times are processor time, so that other work on the machine changes them little. What is compared takes
turns, so that a machine that is slow for a while is slow for all of it; a ratio is the median of those of
single turns. `--smoke` takes one turn, to see that it runs.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Run = Callable[[], object]

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
TOOL = str(Path(sys.executable).with_name("k8sgen"))
VERSION = ("--kube-version", "1.35.0")
EVERYTHING = ("--set", "autoscaling.enabled=true,ingress.enabled=true")
"""With these `helm create`'s chart prints six kinds and a test; ours of examples/production prints seven."""


def process(*command: str | Path, cwd: Path) -> Run:
    """A whole process, its output thrown away; compiled code is kept, as it is where people work."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, check=True, capture_output=True, cwd=cwd, env=environment)


def spent() -> float:
    """Seconds of processor time so far, those of finished processes included."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def seconds(run: Run) -> float:
    """What something takes."""
    start = spent()
    run()
    return spent() - start


def in_turns(runs: Mapping[str, Run], rounds: int) -> dict[str, list[float]]:
    """The seconds of each, by turns, after one turn that warms the caches."""
    for run in runs.values():
        run()
    turns = [{name: seconds(run) for name, run in runs.items()} for _ in range(rounds)]
    return {name: [turn[name] for turn in turns] for name in runs}


def tell(times: Mapping[str, list[float]], peer: str) -> None:
    """The median of each, and how often the peer's it is."""
    for name, turns in times.items():
        ratio = statistics.median(one / other for one, other in zip(turns, times[peer], strict=True))
        of_peer = "" if name == peer else f"   {ratio:5.2f} x {peer}"
        print(f"{name:<38} {statistics.median(turns) * 1000:7.1f} ms{of_peer}")


def in_process(example: str) -> Run:
    """The chart of an example, in a process that has made others before."""
    from k8sgen.fleet.chart import chart_of_spec
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder, Options

    path = EXAMPLES / example / "service.yaml"
    return lambda: chart_of_spec(Builder(Options()), SpecFile(path, str(path)))


def writing(helm: Path, directory: Path, rounds: int) -> None:
    """`k8sgen chart` as people wait for it, and as one of many."""
    ours = {
        "k8sgen render, minimal": process(
            TOOL, "render", EXAMPLES / "minimal" / "service.yaml", cwd=directory
        ),
        **{
            f"k8sgen chart, {example}": process(
                *(TOOL, "chart", EXAMPLES / example / "service.yaml", "-o", directory / f"written-{example}"),
                cwd=directory,
            )
            for example in ("minimal", "production")
        },
    }
    peer = f"{helm.name} create"
    tell(in_turns({peer: process(helm, "create", "empty", cwd=directory), **ours}, rounds), peer)
    many = {f"one of many, {example}": in_process(example) for example in ("minimal", "production")}
    for name, turns in in_turns(many, rounds).items():
        print(f"{name:<38} {statistics.median(turns) * 1000:7.1f} ms")


def templating(helm: Path, directory: Path, rounds: int) -> None:
    """`helm template` of three charts of ours, each in one environment."""
    production = directory / "written-production"
    values = directory / "values.yaml"
    run = subprocess.run(
        [TOOL, "values", EXAMPLES / "production" / "service.yaml", "--env", "production"],
        check=True,
        capture_output=True,
    )
    values.write_bytes(run.stdout)
    charts: dict[str, tuple[str | Path, ...]] = {
        "helm create's": (directory / "empty", *EVERYTHING),
        "minimal": (directory / "written-minimal",),
        "production": (production, "-f", production / "values-production.yaml"),
        "generic, of production": (ROOT / "charts" / "service", "-f", values),
    }
    runs = {
        f"{helm.name} template, {name}": process(helm, "template", "any", *arguments, *VERSION, cwd=directory)
        for name, arguments in charts.items()
    }
    tell(in_turns(runs, rounds), next(iter(runs)))


def built_helms() -> list[Path]:
    """The Helms that `make tools` built, newest first."""
    cache = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")
    return [path for name in ("helm4", "helm3") if (path := cache / "tools" / name).is_file()]


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=7, help="turns (7)")
    parser.add_argument("--smoke", action="store_true", help="one turn, to see that everything runs")
    options = parser.parse_args()
    rounds = 1 if options.smoke else options.rounds
    helms = built_helms()
    if not helms:
        print("helm: not built here, so nothing to compare with (make tools)")
        return
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        writing(helms[0], directory, rounds)
        for helm in helms:
            templating(helm, directory, rounds)


if __name__ == "__main__":
    main()
