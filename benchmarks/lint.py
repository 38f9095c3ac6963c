"""Times `k8sgen lint` against kubeconform and kube-score, in one run, as ratios.

    python benchmarks/lint.py [--smoke]

1,000 files of eight objects, read anew (`--no-cache`), unchanged since the last run, and with one file that has
changed; a quarter and four times as many for the growth; and one file, in a process of its own. The tools
take turns, and a ratio is that of the medians. kubeconform gets one schema file per kind, cut
from the definitions of kubernetes-validate, which makes it ten times as fast as the raw files do.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import OBJECTS, write_corpus
from k8sgen.validate.definitions import Definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MINOR = 35
VALIDATION = "schema,api-server,dropped-field,removed-api,duplicate-key,unknown-kind,too-large"
TOOL = str(Path(sys.executable).with_name("k8sgen"))
CACHE = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")


def spent(command: list[str]) -> float:
    """The seconds that one run takes; linters say by their status that they found something.

    Compiled code is kept, as it is where people work.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    return time.perf_counter() - start


def medians(
    commands: dict[str, list[str]], rounds: int, before: Mapping[str, Callable[[], object]] | None = None
) -> dict[str, float]:
    """The median of each command's runs, which take turns after one that warms the caches.

    `before` holds what is done ahead of each run of a command, outside its time.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        spent(command)
    for _ in range(rounds):
        for name, command in commands.items():
            if before and name in before:
                before[name]()
            times[name].append(spent(command))
    return {name: statistics.median(runs) for name, runs in times.items()}


def write_schemas(directory: Path) -> None:
    """One file for each kind of the corpus, as kubeconform looks for them."""
    definitions = Definitions(MINOR)
    for (api_version, kind), name in definitions.index().items():
        group, _, version = api_version.rpartition("/")
        parts = [kind.lower(), *([group.split(".")[0]] if group else []), version]
        (directory / f"{'-'.join(parts)}.json").write_text(definitions.schema(name), encoding="utf-8")


def program(name: str) -> list[str]:
    """A program of `make tools`; nothing when it is not built here."""
    path = CACHE / "tools" / name
    if not path.is_file():
        print(f"{name}: not built here, so no ratio (make tools)")
        return []
    return [str(path)]


def compare(directory: Path, files: int, rounds: int) -> None:
    """The whole comparison on one corpus."""
    corpus, schemas = directory / "corpus", directory / "schemas"
    write_corpus(corpus, files)
    schemas.mkdir()
    write_schemas(schemas)
    yamls = sorted(str(path) for path in corpus.rglob("*.yaml"))
    commands = {
        "validation alone": [TOOL, "lint", "--no-cache", "--select", VALIDATION, str(corpus)],
        "default profile": [TOOL, "lint", "--no-cache", str(corpus)],
        "validation, unchanged": [TOOL, "lint", "--select", VALIDATION, str(corpus)],
        "default, unchanged": [TOOL, "lint", str(corpus)],
        "default, one changed": [TOOL, "lint", str(corpus)],
    }
    changing = corpus / "team-0" / "service-0.yaml"
    edits = itertools.count()
    original = changing.read_text(encoding="utf-8")

    def change() -> None:
        changing.write_text(f"{original}# edit {next(edits)}\n", encoding="utf-8")

    if kubeconform := program("kubeconform"):
        location = f"{schemas}/{{{{ .ResourceKind }}}}{{{{ .KindSuffix }}}}.json"
        commands["kubeconform"] = [
            *kubeconform, "-n", "2", "-strict", "-schema-location", location, str(corpus),
        ]  # fmt: skip
    if kube_score := program("kube-score"):
        commands["kube-score"] = [*kube_score, "score", "--kubernetes-version", f"v1.{MINOR}", *yamls]
    found = medians(commands, rounds, {"default, one changed": change})
    print(f"{files} files, {files * OBJECTS} objects")
    for name, each in found.items():
        print(f"  {name:<24} {each:6.2f} s")
    for ours, peer, aim in (
        ("validation alone", "kubeconform", 0.6),
        ("validation, unchanged", "kubeconform", 0.6),
        ("default profile", "kube-score", 1 / 6),
        ("default, unchanged", "kube-score", 1 / 6),
        ("default, one changed", "kube-score", 1 / 6),
    ):
        if peer in found:
            ratio = found[ours] / found[peer]
            print(f"  {ours}: {ratio:.2f} x {peer} (aim: {aim:.2f})")


def growth(directory: Path, files: int, rounds: int) -> None:
    """Four times the files, twice over."""
    walls = []
    for count in (files // 4, files, files * 4):
        corpus = directory / f"growth-{count}"
        write_corpus(corpus, count)
        walls.append(medians({"lint": [TOOL, "lint", "--no-cache", str(corpus)]}, rounds)["lint"])
        print(f"{count} files: {walls[-1]:.2f} s")
    for small, large in itertools.pairwise(walls):
        print(f"  four times the files: {large / small:.2f} x the time (aim: at most 4.4)")


def cold(directory: Path, rounds: int) -> None:
    """One file of eight objects, as a hook of git meets it."""
    write_corpus(directory / "one", 1)
    one = str(directory / "one")
    commands = {
        "version": [TOOL, "--version"],
        "read anew": [TOOL, "lint", "--no-cache", one],
        "unchanged": [TOOL, "lint", one],
    }
    found = medians(commands, rounds)
    version = found["version"]
    for name in ("read anew", "unchanged"):
        print(
            f"one file, {name}: {found[name] * 1000:.0f} ms, --version {version * 1000:.0f} ms "
            f"(aim: at most {version * 1500 + 60:.0f} ms)"
        )


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--smoke", action="store_true", help="small numbers, to see that everything runs")
    smoke = parser.parse_args().smoke
    files, rounds = (40, 1) if smoke else (1000, 5)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        compare(directory, files, rounds)
        growth(directory, files, 1 if smoke else 3)
        cold(directory, 1 if smoke else 15)


if __name__ == "__main__":
    main()
