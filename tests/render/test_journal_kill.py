"""After a kill at any system call, the next run finds or makes a wholly old or wholly new tree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("interrupted_writer.py")
LONG = pytest.mark.needs("full-check")
"""Of scenarios that kill hundreds of processes each: `make test` has one of each kind of tree, `make check` all."""


@pytest.mark.skipif(sys.platform != "linux", reason="traces system calls with Linux's ptrace")
@pytest.mark.parametrize(
    ("scenario", "outcomes"),
    [
        ("initial", {"old", "new"}),
        ("changed", {"old", "new"}),
        ("removed", {"old", "new"}),
        pytest.param("taking-back", {"old"}, marks=LONG),
        pytest.param("recovering", {"new"}, marks=LONG),
        pytest.param("recovering-back", {"old"}, marks=LONG),
        ("listed-initial", {"old", "new"}),
        pytest.param("listed-changed", {"old", "new"}, marks=LONG),
        pytest.param("listed-recovering", {"old", "new"}, marks=LONG),
    ],
)
def test_a_kill_before_any_system_call_leaves_one_tree(
    scenario: str, outcomes: set[str], tmp_path: Path
) -> None:
    """The program checks each kill; here it must have met many, with the outcomes that can be."""
    done = subprocess.run(
        [sys.executable, PROGRAM, scenario, tmp_path / "tree"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    counts = re.fullmatch(r"(\d+) kills: (\d+) old, (\d+) new\n", done.stdout)
    assert counts, done.stdout
    assert int(counts[1]) > 50
    met = {name for name, count in (("old", counts[2]), ("new", counts[3])) if int(count)}
    assert outcomes <= met
