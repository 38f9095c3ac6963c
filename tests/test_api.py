"""The public Python API is what `k8sgen` exports, no more and no less."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import k8sgen

ROOT = Path(__file__).parents[1]
SPEC = (
    "name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\nenvironments: {production: {replicas: 3}}\n"
)


def test_exports_are_the_documented_ones() -> None:
    """docs/api.md lists each, and each is there."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)", page, re.MULTILINE)
    assert sorted(documented) == sorted(k8sgen.__all__) == sorted(dir(k8sgen))
    for name in k8sgen.__all__:
        assert getattr(k8sgen, name) is not None


def test_examples_of_the_documentation_run(tmp_path: Path) -> None:
    """As they stand on the page."""
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT / "generator"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("ServiceAccount orders {'app.kubernetes.io/name': 'orders'")
    assert "<text>:2:8 image (ghcr.io/acme/orders:latest) moves" in ran.stdout


def test_text_and_file_render_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects with their data and their text, which say the same."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    objects = k8sgen.render_service(SPEC, environment="production", sets={"team": "core"})
    assert objects == k8sgen.render_service(
        Path("service.yaml"), environment="production", sets={"team": "core"}
    )
    deployment = next(obj for obj in objects if obj.kind == "Deployment")
    assert deployment.name == "orders"
    assert deployment.data["spec"]["replicas"] == 3
    assert deployment.data["metadata"]["labels"]["team"] == "core"
    assert yaml.safe_load(deployment.text) == deployment.data
    assert "#" not in "".join(obj.text for obj in k8sgen.render_service(SPEC, comments=False))


def test_what_is_wrong_has_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem at once."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(k8sgen.InputError) as caught:
        k8sgen.render_service("name: orders\nreplicas: two\n")
    assert [str(problem.place) for problem in caught.value.problems] == ["<text>:1:1", "<text>:2:11"]


def test_name_that_is_not_exported() -> None:
    """As with any module."""
    with pytest.raises(AttributeError, match="module 'k8sgen' has no attribute 'nothing'"):
        _ = k8sgen.nothing
