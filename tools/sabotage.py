"""Whether a test notices each single mistake in the transpiler and in rules: `python tools/sabotage.py [WORD …]`.

Each mistake of `sabotages.py` is made in a copy of the checkout, where the tests of charts then run with
Helm 4: the one that should notice first, then the others, up to the first failure. Words choose the
mistakes whose file or text holds them. Expected files are not compared: they hold every byte, and whoever
rewrites them would take a mistake in.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import Queue

from sabotages import SABOTAGES, Sabotage

ROOT = Path(__file__).resolve().parents[1]
CODE = Path("generator/k8sgen")
CHART = "chart"
"""Whose files and tests are named without their directory."""

COPIED = ("generator", "templates", "schemas", "charts", "examples", "tests", "tools", "pyproject.toml")
TESTS = (
    "helpers_equal_python",
    "calls_equal_python",
    "templates_equal_jinja",
    "values",
    "schema",
    "random_functions_equal_helm",
    "random_templates_equal_helm",
    "chart_files",
)
"""The quick test files of charts, which are asked when the one that should notice did not."""


LONGEST = 900
"""Seconds after which a mistake is taken to have made a loop without an end."""


"""All mistakes; a test holds that each text is found once."""


def main() -> int:
    """Make each mistake and print what noticed it; 1 when one escapes, 2 when a text is not found once."""
    parser = argparse.ArgumentParser(description="Plant single mistakes, and see which test notices.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="only mistakes whose file or text holds it")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="copies that run side by side")
    options = parser.parse_args()
    if stale := stale_texts():
        print("\n".join(stale), file=sys.stderr)
        return 2
    words: list[str] = options.words
    chosen = [one for one in SABOTAGES if not words or any(word in one.file + one.old for word in words)]
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(options.jobs) as pool:
        copies: Queue[Path] = Queue()
        for number in range(options.jobs):
            copies.put(copy_to(Path(directory) / str(number)))
        running = {pool.submit(noticed, one, copies): one for one in chosen}
        escaped = 0
        for done in as_completed(running):
            escaped += done.result().startswith("ESCAPED")
            print(f"{shown(running[done])}\n    {done.result()}", flush=True)
    print(f"{len(chosen) - escaped} of {len(chosen)} noticed")
    return 1 if escaped else 0


def stale_texts() -> list[str]:
    """Mistakes that cannot be made any more, because their text is not found exactly once."""
    return [
        f"{one.file}: found {count} times: {one.old!r}"
        for one in SABOTAGES
        if (count := (ROOT / file_of(one)).read_text(encoding="utf-8").count(one.old)) != 1
    ]


def file_of(sabotage: Sabotage) -> Path:
    """The file of a mistake, in a checkout."""
    return CODE / (sabotage.file if "/" in sabotage.file else f"{CHART}/{sabotage.file}")


def test_file(name: str) -> Path:
    """The file of a test, in a checkout."""
    directory, _, last = name.rpartition("/")
    return Path("tests") / (directory or CHART) / f"test_{last}.py"


def copy_to(directory: Path) -> Path:
    """A copy of what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, directory / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, directory / name)
    return directory


def noticed(sabotage: Sabotage, copies: Queue[Path]) -> str:
    """The test that fails with a mistake, and the seconds that it took; ESCAPED when all pass."""
    copy = copies.get()
    file = copy / file_of(sabotage)
    sound = file.read_text(encoding="utf-8")
    started = time.monotonic()
    try:
        file.write_text(sound.replace(sabotage.old, sabotage.new), encoding="utf-8")
        for tests in ([sabotage.test], [name for name in TESTS if name != sabotage.test]):
            if tests and (found := first_failure(copy, tests)):
                return f"{found} ({time.monotonic() - started:.0f} s)"
    finally:
        file.write_text(sound, encoding="utf-8")
        copies.put(copy)
    return f"ESCAPED ({time.monotonic() - started:.0f} s)"


def first_failure(copy: Path, tests: list[str]) -> str:
    """The first test that fails; nothing when all pass."""
    try:
        run = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-k", "not helm3"),
                *(str(test_file(name)) for name in tests),
            ],
            cwd=copy,
            env={
                **os.environ,
                "PYTHONPATH": str(copy / "generator"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "CI": "1",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return f"no end within {LONGEST} s"
    if run.returncode == 0:
        return ""
    lines = [line for line in run.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    return lines[0].partition(" ")[2].partition(" - ")[0] if lines else run.stdout[-500:] + run.stderr[-500:]


def shown(sabotage: Sabotage) -> str:
    """A mistake in one line."""
    return (
        f"{sabotage.file}: {' '.join(sabotage.old.split())} -> {' '.join(sabotage.new.split()) or 'nothing'}"
    )


if __name__ == "__main__":
    sys.exit(main())
