from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "rollout-stalls-on-anti-affinity"
SCALER = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: %d
  maxReplicas: 9
"""
APART = """\
affinity:
  podAntiAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - {topologyKey: %s, labelSelector: {matchLabels: {app: %s}}%s}"""
HOSTNAME = "kubernetes.io/hostname"
ZONE = "topology.kubernetes.io/zone"
NODES = '{k8sgen/nodes: "%s", k8sgen/zones: "3"}'


REPORTED = {
    "full": (
        deployment(spec="replicas: 3", pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 3),
        [
            "13:29 spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: a rollout of 3 pods needs 4 nodes, as maxUnavailable comes to 0 and each pod must have its own; there are 3"
        ],
    ),
    "zone": (
        deployment(spec="replicas: 3", pod=APART % (ZONE, "orders", ""), notes=NODES % 9),
        [
            "13:29 spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: a rollout of 3 pods needs 4 zones, as maxUnavailable comes to 0 and each pod must have its own; there are 3"
        ],
    ),
    "scaled": (
        deployment(pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 2) + SCALER % 2,
        [
            "12:29 spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: a rollout of 2 pods needs 3 nodes, as maxUnavailable comes to 0 and each pod must have its own; there are 2"
        ],
    ),
}
SILENT = {
    "spare": deployment(spec="replicas: 3", pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 4),
    "gives": deployment(spec="replicas: 4", pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 4),
    "others": deployment(spec="replicas: 3", pod=APART % (HOSTNAME, "redis", ""), notes=NODES % 3),
    "versions": deployment(
        spec="replicas: 3",
        pod=APART % (HOSTNAME, "orders", ", matchLabelKeys: [pod-template-hash]"),
        notes=NODES % 3,
    ),
    "recreate": deployment(
        spec="replicas: 3\nstrategy: {type: Recreate}", pod=APART % (HOSTNAME, "orders", ""), notes=NODES % 3
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
