"""Both Helms, for tests that render a chart."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.plugins.needs import FULL_CHECK, program

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Helm:
    """One Helm, with caches and settings of its own so that nothing of the machine's leaks in."""

    name: str
    home: Path

    def __call__(self, *arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run it, never raising: the caller asserts on returncode, stdout and stderr."""
        homes = {f"HELM_{kind}_HOME": str(self.home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
        return subprocess.run(
            [program(self.name), *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), **homes},
        )

    def template(
        self, release: str, chart: Path, *arguments: str | Path, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """`helm template RELEASE CHART …`; a values file `-f -` reads `stdin`."""
        return self("template", release, chart, *arguments, stdin=stdin)


@pytest.fixture(
    params=[
        pytest.param("helm3", marks=pytest.mark.needs("helm3", FULL_CHECK)),
        pytest.param("helm4", marks=pytest.mark.needs("helm4")),
    ]
)
def helm(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Helm:
    """Helm 4, and in the full check Helm 3 before it: each proof once is enough for every `make test`."""
    name: str = request.param
    return Helm(name, tmp_path_factory.mktemp(name))
