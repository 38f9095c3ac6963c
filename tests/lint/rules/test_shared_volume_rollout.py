from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "shared-volume-rollout"
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
CLAIM = """\
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [%s], resources: {requests: {storage: 1Gi}}}
"""
VOLUME = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"
TOGETHER = "\naffinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: orders}}}]}}"


REPORTED = {
    "rolling": (
        deployment(pod=VOLUME) + CLAIM % "ReadWriteOnce",
        [
            '9:65 spec.template.spec.volumes[0].persistentVolumeClaim.claimName: a rollout starts the new pod while the old one holds claim "data", which is ReadWriteOnce'
        ],
    ),
    "scaled": (
        deployment(spec="strategy: {type: Recreate}", pod=VOLUME) + CLAIM % "ReadWriteOnce" + SCALER % 1,
        [
            '10:65 spec.template.spec.volumes[0].persistentVolumeClaim.claimName: 9 pods mount claim "data", which is ReadWriteOnce: those on other nodes never start'
        ],
    ),
    "pod": (
        deployment(spec="replicas: 2", pod=VOLUME + TOGETHER) + CLAIM % "ReadWriteOncePod",
        [
            '10:65 spec.template.spec.volumes[0].persistentVolumeClaim.claimName: 2 pods mount claim "data", which is ReadWriteOncePod: all but one never start'
        ],
    ),
}
SILENT = {
    "unknown": deployment(pod=VOLUME),
    "many": deployment(spec="replicas: 3", pod=VOLUME) + CLAIM % "ReadWriteOnce, ReadWriteMany",
    "recreate": deployment(spec="strategy: {type: Recreate}", pod=VOLUME) + CLAIM % "ReadWriteOnce",
    "none more": deployment(spec="strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}", pod=VOLUME)
    + CLAIM % "ReadWriteOnce",
    "together": deployment(spec="replicas: 2", pod=VOLUME + TOGETHER) + CLAIM % "ReadWriteOnce",
    "none": deployment(spec="replicas: 0", pod=VOLUME) + CLAIM % "ReadWriteOnce",
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
