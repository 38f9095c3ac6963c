"""Kustomize: what an overlay adds is not said to contradict its base, which it may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli import k8sgen

if TYPE_CHECKING:
    from pathlib import Path

DEPLOYMENT = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec:\n  replicas: 2\n"
    "  selector: {matchLabels: {app: orders}}\n  template:\n    metadata: {labels: {app: orders}}\n"
    "    spec: {containers: [{name: orders, image: 'ghcr.io/acme/orders:1.4.2'}]}\n"
)
SCALER = (
    "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: orders}\nspec:\n"
    "  maxReplicas: 9\n  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}\n"
)


@pytest.mark.parametrize(("bases", "said"), [("../base", 0), ("autoscaler.yaml", 1)])
def test_an_autoscaler_of_an_overlay(tmp_path: Path, bases: str, said: int) -> None:
    """It scales what the overlay makes of the base, not the base; beside the base it would."""
    (tmp_path / "base").mkdir()
    (tmp_path / "overlay").mkdir()
    (tmp_path / "base" / "deployment.yaml").write_text(DEPLOYMENT, encoding="utf-8")
    (tmp_path / "overlay" / "autoscaler.yaml").write_text(SCALER, encoding="utf-8")
    (tmp_path / "overlay" / "kustomization.yaml").write_text(f"resources: [{bases}]\n", encoding="utf-8")
    run = k8sgen("lint", ".", "--select", "autoscaler-and-replicas", cwd=tmp_path)
    assert (run.status, run.stdout.count("[autoscaler-and-replicas]")) == (said, said), run.stdout
