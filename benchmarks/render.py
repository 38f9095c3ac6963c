"""Times `k8sgen render` against its peers, in one run, as ratios.

    python benchmarks/render.py [--smoke]

Cold: one service against the imports it cannot do without; `--help` and `--version` against click
alone. Batch: 1,000 services of 8 objects against `helm template` of a chart with as many kinds.
`--smoke` runs each once, to see that it runs.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = """\
name: service-{number}
image: ghcr.io/acme/service-{number}:1.4.2
port: 8080
env: {{LOG_LEVEL: info, DATABASE: {{secretKeyRef: {{name: database, key: url}}}}}}
probes: {{liveness: /healthz, readiness: /readyz}}
autoscaling: {{minReplicas: 3, maxReplicas: 9}}
files: {{/etc/app/config.yaml: "a: 1\\n"}}
expose: {{hosts: {{service-{number}.example.com: {{paths: {{/: http}}}}}}}}
network: {{allowFrom: {{ingress: {{namespaceSelector: {{matchLabels: {{name: ingress}}}}}}}}}}
"""
IMPORTS = "import click, jinja2, yaml; from pydantic import BaseModel"


def best(run: Callable[[], None], rounds: int) -> float:
    """The median of some runs in seconds, after one that warms the caches."""
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def process(*command: str, cwd: Path | None = None) -> Callable[[], None]:
    """A whole process, its output thrown away; compiled code is kept, as it is where people work."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=cwd, env=environment)

    return run


def cold(rounds: int, spec: Path) -> None:
    """What a person waits for."""
    python, tool = sys.executable, str(Path(sys.executable).with_name("k8sgen"))
    click_alone = best(process(python, "-c", "import click"), rounds)
    imports = best(process(python, "-c", IMPORTS), rounds)
    for name, command, peer, aim in (
        ("--help", (tool, "--help"), click_alone, 1.5),
        ("--version", (tool, "--version"), click_alone, 1.5),
        ("render, one service", (tool, "render", str(spec)), imports, 2.0),
    ):
        spent = best(process(*command), rounds)
        print(f"{name:<24} {spent * 1000:7.1f} ms   {spent / peer:5.2f} x its imports (aim: {aim})")


def batch(services: int, directory: Path) -> None:
    """Many services, in one process and over all cores."""
    from k8sgen.fleet.batch import build_all
    from k8sgen.fleet.find import find_specs
    from k8sgen.fleet.service import Builder, Options
    from k8sgen.processes import cores

    files, _ = find_specs([str(directory)])
    first = Builder(Options()).build(files[0])
    assert not first.problems, first.problems
    objects = len(first.outputs[0].documents)
    for count in (services // 4, services):
        start = time.perf_counter()
        for result in build_all(files[:count], Options(), jobs=1):
            assert not result.problems
        spent = (time.perf_counter() - start) / count
        print(
            f"one process, {count:>5} services {spent * 1000:5.2f} ms a service of {objects} objects (aim: 2.5)"
        )
    start = time.perf_counter()
    results = list(build_all(files, Options()))
    total = time.perf_counter() - start
    assert len(results) == services
    print(
        f"{cores()} processes, {services} services {total:6.2f} s, {total / services * 1000:.2f} ms a service"
    )
    helm(services, total, directory)


def helm(services: int, ours: float, directory: Path) -> None:
    """The peer: one `helm template` per service."""
    found = find_helm()
    if found is None:
        print("helm: not built here, so no ratio (make tools)")
        return
    subprocess.run([found, "create", "peer"], cwd=directory, check=True, capture_output=True)
    command = [found, "template", "orders", "peer", "--set", "autoscaling.enabled=true,ingress.enabled=true"]
    one = best(process(*command, cwd=directory), 5)
    print(
        f"helm template, one service {one * 1000:.0f} ms, so {one * services:.0f} s for {services}: {one * services / ours:.0f} x ours"
    )


def find_helm() -> str | None:
    """A helm that `make tools` built, or one on the path."""
    cache = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")
    built = (cache / "tools" / name for name in ("helm4", "helm3"))
    return next((str(path) for path in built if path.is_file()), shutil.which("helm"))


def origins(rounds: int, spec: Path) -> None:
    """The share of rendering that remembering origins takes."""
    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder, Options
    from k8sgen.render import objects
    from k8sgen.render import origins as origins_module
    from k8sgen.spec.load import load_spec

    builder = Builder(Options())
    loaded = load_spec(builder.document(SpecFile(spec, str(spec))))
    spent = 0.0

    def timed(function: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object) -> object:
            nonlocal spent
            start = time.perf_counter()
            try:
                return function(*arguments)
            finally:
                spent += time.perf_counter() - start

        return run

    builder.renderer.render(loaded)
    with mock.patch.object(objects, "read_marks", timed(origins_module.read_marks)):
        start = time.perf_counter()
        for _ in range(rounds * 20):
            builder.renderer.render(loaded)
        total = time.perf_counter() - start
    print(f"origins take {spent / total:.0%} of rendering (aim: at most 30 %)")


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="small numbers, to see that everything runs")
    smoke = parser.parse_args().smoke
    services, rounds = (32, 1) if smoke else (1000, 9)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for number in range(services):
            folder = directory / f"service-{number}"
            folder.mkdir()
            (folder / "service.yaml").write_text(SERVICE.format(number=number))
        (directory / ".git").mkdir()
        spec = Path(__file__).parents[1] / "examples" / "minimal" / "service.yaml"
        cold(rounds, spec)
        origins(rounds, directory / "service-0" / "service.yaml")
        with contextlib.redirect_stderr(io.StringIO()):
            batch(services, directory)


if __name__ == "__main__":
    main()
