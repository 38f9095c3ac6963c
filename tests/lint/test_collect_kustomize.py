"""Parts of objects, which kustomizations name as patches, are passed over wherever they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.lint.collect import collect

if TYPE_CHECKING:
    from pathlib import Path

PATCH = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: orders}\nspec: {replicas: 3}\n"


def test_patches_lie_beside_below_or_before_the_kustomization(tmp_path: Path) -> None:
    """Only the Deployment that no kustomization patches with is read."""
    for name in ("a/shared.yaml", "b/patches/deep.yaml", "b/beside.yaml", "b/whole.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(PATCH)
    (tmp_path / "b" / "kustomization.yaml").write_text(
        "resources: [whole.yaml]\n"
        "patches: [{path: ../a/shared.yaml}, {path: patches/deep.yaml}]\n"
        "patchesStrategicMerge: [beside.yaml]\n"
    )
    found = collect([str(tmp_path)])
    assert [each.name for each in found.sources] == [str(tmp_path / "b" / "whole.yaml")]
    assert found.passed_over == {"of kustomize patches, which are parts of objects": 3}
