"""`render --annotate`: what a spec declares stands in the manifests, where the linter reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from k8sgen.manifests import Facts, annotations_of, facts_of
from tests.cli import k8sgen

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
annotations: {team: shop}
runtime: {go: {version: "1.24"}}
resources: {limits: {memory: 256Mi}}
startup: {slowestSeconds: 50}
shutdown: {timeoutSeconds: 15}
placement: {zones: 3}
"""

DECLARED = {
    "k8sgen/runtime": "go",
    "k8sgen/runtime-version": "1.24",
    "k8sgen/shutdown-seconds": "15",
    "k8sgen/startup-seconds": "50",
    "k8sgen/zones": "3",
}


def test_the_deployment_declares_what_the_spec_does(tmp_path: Path) -> None:
    """Beside the annotations it has; without the option nothing is added, and nothing else changes."""
    (tmp_path / "service.yaml").write_text(SPEC)
    plain = k8sgen("render", "service.yaml", cwd=tmp_path)
    annotated = k8sgen("render", "service.yaml", "--annotate", cwd=tmp_path)
    assert (plain.status, annotated.status) == (0, 0), annotated.stderr
    before, after = (list(yaml.safe_load_all(run.stdout)) for run in (plain, annotated))
    for old, new in zip(before, after, strict=True):
        if new["kind"] == "Deployment":
            assert new["metadata"]["annotations"] == {"team": "shop", **DECLARED}
            new["metadata"]["annotations"] = {"team": "shop"}
        assert old == new
    assert [line for line in plain.stdout.splitlines() if "  # " in line] == [
        line for line in annotated.stdout.splitlines() if "  # " in line
    ]


def test_the_linter_reads_what_was_declared() -> None:
    """Facts survive their way through annotations."""
    facts = Facts(startup_seconds=50, runtime="go", runtime_version="1.24", shell=False, zones=3)
    assert facts_of(annotations_of(facts)) == facts
    assert facts_of({"k8sgen/zones": "three", "k8sgen/shell": "maybe"}) == Facts()
