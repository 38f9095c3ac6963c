"""`python -m benchmarks [--smoke]`: every benchmark, one after the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = ("render.py", "write_tree.py")

for benchmark in BENCHMARKS:
    print(f"\n{benchmark}", flush=True)
    subprocess.run([sys.executable, str(Path(__file__).with_name(benchmark)), *sys.argv[1:]], check=True)
