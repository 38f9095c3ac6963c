"""What the profiles run: `strict` finds nothing in what three lines of a spec render to, and opinions are few."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import rules
from tests.cli import k8sgen

if TYPE_CHECKING:
    from pathlib import Path

SPEC = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\n"

# Fixed before any profile was tried on rendered objects; it may not grow to make that test pass.
OPINIONS = {
    "cpu-limit-missing",
    "default-namespace",
    "ephemeral-storage",
    "exposed-service",
    "hpa-minimum-three-replicas",
    "image-digest",
    "image-pull-policy",
    "minimum-three-replicas",
    "network-policy-missing",
    "owner-label",
    "priority-class",
    "requests-equal-limits",
    "secret-from-env",
}


def test_opinions_are_these() -> None:
    """A rule that is in no profile is one of a list that was fixed."""
    assert {rule.id for rule in rules() if rule.profile is Profile.OPINION} == OPINIONS


@pytest.mark.parametrize("version", ["1.25", "1.31", "1.37"])
def test_strict_finds_nothing_in_a_short_spec(tmp_path: Path, version: str) -> None:
    """Neither in the spec nor in the manifests, with or without declared facts."""
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    versions = ("--kubernetes-versions", version)
    linted = k8sgen("lint", "service.yaml", "--profile", "strict", *versions, cwd=tmp_path)
    assert (linted.status, linted.stdout) == (0, "no findings in 4 objects of 1 file\n"), linted.stdout
    for annotate in ((), ("--annotate",)):
        rendered = k8sgen("render", "service.yaml", "--kubernetes-version", version, *annotate, cwd=tmp_path)
        assert rendered.status == 0, rendered.stderr
        text = rendered.stdout.encode()
        piped = k8sgen("lint", "-", "--profile", "strict", *versions, cwd=tmp_path, stdin=text)
        assert (piped.status, piped.stdout) == (0, "no findings in 4 objects of 1 file\n"), piped.stdout


def test_each_profile_runs_what_the_milder_ones_run(tmp_path: Path) -> None:
    """A moving tag is for standard, a budget that blocks every drain for all."""
    (tmp_path / "orders.yaml").write_text(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec:\n"
        "  selector: {matchLabels: {app: orders}}\n  template:\n    metadata: {labels: {app: orders}}\n"
        "    spec: {containers: [{name: orders, image: 'ghcr.io/acme/orders:latest'}]}\n---\n"
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: orders}\n"
        "spec: {minAvailable: 1, selector: {matchLabels: {app: orders}}}\n",
        encoding="utf-8",
    )
    said = {
        profile: {
            line.rpartition("[")[2].partition("]")[0]
            for line in k8sgen("lint", "orders.yaml", "--profile", profile, cwd=tmp_path).stdout.splitlines()
            if line.startswith("orders.yaml:")
        }
        for profile in ("minimal", "standard", "strict")
    }
    assert said["minimal"] == {"budget-blocks-drain"}
    assert said["minimal"] < said["standard"] < said["strict"]
    assert "latest-tag" in said["standard"]
    assert not said["strict"] & OPINIONS
