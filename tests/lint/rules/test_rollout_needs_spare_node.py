from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "rollout-needs-spare-node"
APART = """\
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - {topologyKey: %s, labelSelector: {matchLabels: {app: %s}}%s}"""
HOSTNAME = "kubernetes.io/hostname"
NODES = '{k8sgen/nodes: "%s", k8sgen/zones: "3"}'


REPORTED = {
    "unsaid": (
        deployment(spec="replicas: 3", pod=APART % (HOSTNAME, "orders", "")),
        [
            "13:29 spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: a rollout of 3 pods stalls where there are no more than 3 nodes, as maxUnavailable comes to 0 and each pod must have its own node"
        ],
    ),
}
SILENT = {
    "one": deployment(pod=APART % (HOSTNAME, "orders", "")),
    "declared": deployment(spec="replicas: 3", pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 9),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
