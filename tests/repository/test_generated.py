"""What is generated from the code is what the code says today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_reference_schemas_and_generic_chart_are_current() -> None:
    """docs/reference.md, schemas/*.schema.json and charts/service/, as tools/docs.py writes them."""
    run = subprocess.run(
        [sys.executable, ROOT / "tools" / "docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (0, ""), run.stdout + run.stderr
