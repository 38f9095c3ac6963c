"""The real kustomize, for tests that build what we wrote."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.plugins.needs import program

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from pathlib import Path


class Unique(yaml.CSafeLoader):
    """YAML 1.1 that refuses repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A map, when every key stands in it once."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(set(keys)) == len(keys), f"repeated keys: {keys}"
        return super().construct_mapping(node, deep=deep)


for _tag in ("value", "merge"):  # `=` and `<<`, which everybody else reads as text
    yaml.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda _, node: str(node.value), Unique)


@dataclass(frozen=True)
class Kustomize:
    """Kustomize, with a home of its own so that nothing of the machine's leaks in."""

    home: Path

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run it, never raising: the caller asserts on returncode, stdout and stderr."""
        return subprocess.run(
            [program("kustomize"), *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "HOME": str(self.home), **(env or {})},
        )

    def build(self, directory: Path, *arguments: str) -> list[dict[str, Any]]:
        """The objects of `kustomize build DIR`."""
        run = self("build", *arguments, directory)
        assert run.returncode == 0, run.stderr
        return objects_of(run.stdout)


def objects_of(text: str) -> list[dict[str, Any]]:
    """The objects of a stream of YAML documents."""
    return [data for data in yaml.load_all(text, Unique) if data]


@pytest.fixture(scope="session")
def kustomize(tmp_path_factory: pytest.TempPathFactory) -> Kustomize:
    """The pinned kustomize; a test that asks for it is marked `needs("kustomize")`."""
    return Kustomize(tmp_path_factory.mktemp("kustomize"))
