"""Manifests with known faults, and the command line, for tests of the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.cli import Run, k8sgen

if TYPE_CHECKING:
    from pathlib import Path


def deployment(name: str = "orders", image: str = "ghcr.io/acme/orders:latest", extra: str = "") -> str:
    """A Deployment; the line of its image is line 10."""
    return f"""\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
        - image: {image}
          name: main
{extra}"""


def lint(cwd: Path, *arguments: str, stdin: bytes = b"", select: str = "latest-tag") -> Run:
    """A run of one rule, or of `--select` as the arguments say."""
    chosen = ("--select", select) if select else ()
    return k8sgen("lint", *arguments, *chosen, "-j", "1", cwd=cwd, stdin=stdin)


def places(run: Run) -> list[str]:
    """Each finding of a JSON report as `FILE:LINE:COLUMN+LENGTH RULE`."""
    return [place(each) for each in json.loads(run.stdout)["findings"]]


def place(each: dict[str, Any]) -> str:
    """A finding of a JSON report as `FILE:LINE:COLUMN RULE`."""
    return f"{each['file']}:{each['line']}:{each['column']} {each['rule']}"
