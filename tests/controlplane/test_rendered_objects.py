"""Every object of every example and golden case is accepted by a real API server, without a warning."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

ROOT = Path(__file__).parents[2]
TREES = {
    path.parent.name: path
    for pattern in ("tests/golden/*/expected", "examples/*/rendered")
    for path in sorted(ROOT.glob(pattern))
}

WARNINGS = Path(__file__).with_name("warnings.yaml")
"""By case, the warnings that a value of the spec itself causes, each with that value."""


@pytest.mark.parametrize("case", sorted(TREES))
def test_every_object_is_accepted(case: str, api_server: ApiServer) -> None:
    """Posted as it is committed, strictly: no unknown field, no duplicate key, no violation of `restricted`."""
    found: list[str] = []
    files = sorted(TREES[case].rglob("*.yaml"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        answer = api_server.dry_run(text)
        assert answer.accepted, f"{file.relative_to(ROOT)}: {answer.message}"
        found += answer.warnings
    listed = yaml.safe_load(WARNINGS.read_text(encoding="utf-8")).get(case, [])
    assert found == [entry["warning"] for entry in listed]


@pytest.mark.needs("full-check")  # it waits 18 s; the install of a chart rolls out in every run
def test_rollout_of_the_minimal_example_completes(api_server: ApiServer) -> None:
    """What three lines make runs: all pods ready, on simulated nodes, then replaced by a new version."""
    namespace = api_server.namespace()
    rendered = ROOT / "examples" / "minimal" / "rendered"
    stream = "---\n".join(file.read_text(encoding="utf-8") for file in sorted(rendered.rglob("*.yaml")))
    api_server.apply(stream, namespace)
    path = f"/apis/apps/v1/namespaces/{namespace}/deployments/orders"
    api_server.wait(path, lambda obj: obj.get("status", {}).get("availableReplicas") == 2, 60)
    api_server.apply(stream.replace(":1.4.2", ":1.4.3"), namespace)
    done = api_server.wait(
        path,
        lambda obj: (
            obj["status"].get("observedGeneration") == obj["metadata"]["generation"]
            and obj["status"].get("updatedReplicas")
            == obj["status"].get("replicas")
            == obj["status"].get("availableReplicas")
        ),
        90,
    )
    assert done["spec"]["template"]["spec"]["containers"][0]["image"].endswith(":1.4.3")
