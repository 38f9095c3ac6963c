"""How much the safe writer costs over a loop that creates and renames the same files.

Usage: python benchmarks/write_tree.py [--services 1000] [--rounds 5] [--directory DIR]

The loop creates each file under a temporary name, renames it and flushes each directory once at
the end, with plain `os` calls. Each round runs both on the same disk, the other one first each time; the
ratio is of the medians. `plan` is the look at what is there, `write` what the issue's bound is about.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from k8sgen.render.tree import Marked, Marker, marker_line, plan_tree, write_tree

BOUND = 1.3
KINDS = ("deployment", "service", "pdb", "hpa", "serviceaccount", "configmap", "ingress", "networkpolicy")


def batch(services: int, version: str) -> dict[str, bytes]:
    """Return 8 files a service, of the sizes that manifests have."""
    files = {}
    for number in range(services):
        name = f"service-{number:04}"
        head = marker_line(Marker(f"services/{name}/service.yaml", "production"))
        for kind in KINDS:
            body = f"# {name} {kind} {version}\n" * (100 if kind == "deployment" else 20)
            files[f"{name}/{kind}.yaml"] = f"{head}\n{body}".encode()
    return files


def plain_loop(root: Path, files: dict[str, bytes]) -> None:
    """Write as a script would that does not care about kills."""
    directories = {str(root)}
    root.mkdir(exist_ok=True)
    for path, content in files.items():
        target = f"{root}/{path}"
        directory = target.rpartition("/")[0]
        if directory not in directories:
            Path(directory).mkdir(parents=True, exist_ok=True)
            directories.add(directory)
        descriptor = os.open(f"{target}.tmp", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        os.write(descriptor, content)
        os.close(descriptor)
        os.rename(f"{target}.tmp", target)  # noqa: PTH104 - the plain call is what is compared with
    for directory in sorted(directories):
        descriptor = os.open(directory, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def safe_writer(root: Path, files: dict[str, bytes], seconds: dict[str, list[float]], name: str) -> None:
    """Plan and write, timed apart."""
    start = time.perf_counter()
    plan = plan_tree(root, files, Marked(lambda _: True))
    planned = time.perf_counter()
    write_tree(plan)
    seconds.setdefault(f"{name} plan", []).append(planned - start)
    seconds.setdefault(f"{name} write", []).append(time.perf_counter() - planned)


def main() -> None:
    """Print one line for a new tree, a wholly changed one and an unchanged one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--directory", type=Path, default=None, help="a directory on the disk to measure")
    options = parser.parse_args()
    old, new = batch(options.services, "1"), batch(options.services, "2")
    seconds: dict[str, list[float]] = {}
    for number in range(options.rounds):
        work = Path(tempfile.mkdtemp(dir=options.directory))
        try:
            for name, files in (("new", old), ("changed", new)):
                for plain in (True, False) if number % 2 else (False, True):
                    os.sync()
                    if plain:
                        start = time.perf_counter()
                        plain_loop(work / "loop", files)
                        seconds.setdefault(f"{name} loop", []).append(time.perf_counter() - start)
                    else:
                        safe_writer(work / "tree", files, seconds, name)
            safe_writer(work / "tree", new, seconds, "unchanged")
        finally:
            shutil.rmtree(work)
    median = {name: statistics.median(values) for name, values in seconds.items()}
    for name in ("new", "changed"):
        loop, plan, write = (median[f"{name} {part}"] for part in ("loop", "plan", "write"))
        print(
            f"{name}: loop {loop:.3f} s, plan {plan:.3f} s, write {write:.3f} s: "
            f"write/loop {write / loop:.2f} (at most {BOUND}), plan and write/loop {(plan + write) / loop:.2f}"
        )
    print(f"unchanged: plan {median['unchanged plan']:.3f} s, write {median['unchanged write']:.6f} s")


if __name__ == "__main__":
    main()
