"""The locks pin what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_locks_hold_every_declared_package() -> None:
    """A dependency added without `make lock` would be missing on a fresh machine."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = [*pyproject["project"]["dependencies"], *pyproject["build-system"]["requires"]]
    assert names(runtime) <= names((ROOT / "requirements.lock").read_text().splitlines())
    every = [*runtime, *pyproject["dependency-groups"]["dev"]]
    assert names(every) <= names((ROOT / "requirements-dev.lock").read_text().splitlines())


def names(requirements: list[str]) -> set[str]:
    """The packages of requirement lines, as the package index spells them; other lines have none."""
    found = (re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in found if name}
