"""The built tools are the pinned ones, and they run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.helm import Helm

CHART = {
    "Chart.yaml": "apiVersion: v2\nname: probe\nversion: 0.1.0\n",
    "values.yaml": "replicas: 1\n",
    "templates/map.yaml": "replicas: {{ .Values.replicas }}\nrelease: {{ .Release.Name }}\n",
}


def test_both_helms_render_a_chart(helm: Helm, tmp_path: Path) -> None:
    """Values come from standard input too."""
    for name, text in CHART.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    rendered = helm.template("orders", tmp_path, "-f", "-", stdin="replicas: 3\n")
    assert rendered.stdout == "---\n# Source: probe/templates/map.yaml\nreplicas: 3\nrelease: orders\n"
    assert helm("version", "--short").stdout.startswith({"helm3": "v3.", "helm4": "v4."}[helm.name])
