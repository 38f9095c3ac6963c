"""Write the requirements files: every package with its version and the hashes of its files.

`requirements.lock` is what running and building k8sgen needs, `requirements-dev.lock` that and the
developers' tools, both for every platform. What pyproject.toml asks for stays as wide as it is; the
locks make one tested choice. pip-tools, installed into a throw-away environment, does the work in
about a minute: `make lock`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--upgrade",
    "--no-emit-find-links",
    "--no-emit-index-url",
    "--no-emit-trusted-host",
]


def main() -> None:
    """Lock the runtime first, then the developers' tools on top of the same choices."""
    if sys.version_info[:2] != (3, 11):
        sys.exit("lock: run with Python 3.11, the oldest supported: it needs the most packages")
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = [*pyproject["project"]["dependencies"], *pyproject["build-system"]["requires"]]
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        venv.create(here / "venv", with_pip=True)
        subprocess.run([here / "venv/bin/pip", "install", "--quiet", "pip-tools"], check=True)
        lock(here, "requirements.lock", runtime)
        lock(here, "requirements-dev.lock", [*runtime, *pyproject["dependency-groups"]["dev"]])


def lock(here: Path, name: str, wanted: list[str]) -> None:
    """Resolve `wanted`, held to what requirements.lock has chosen already."""
    constraint = []
    if name != "requirements.lock":
        (here / "chosen.txt").write_text((ROOT / "requirements.lock").read_text())
        constraint = ["-c chosen.txt"]
    source = here / "pyproject.in"
    source.write_text("\n".join([*wanted, *constraint]) + "\n")
    subprocess.run(
        [here / "venv/bin/pip-compile", *OPTIONS, "--no-annotate", "-o", here / name, source.name],
        check=True,
        cwd=here,
        env={**os.environ, "CUSTOM_COMPILE_COMMAND": "make lock"},
    )
    (ROOT / name).write_text((here / name).read_text())
    print(f"lock: wrote {name}")


if __name__ == "__main__":
    main()
