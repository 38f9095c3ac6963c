from __future__ import annotations

import pytest

from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import said

RULE = "rollout-takes-all-down"
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


def rolling(surge: int | str, unavailable: int | str, replicas: int = 1) -> str:
    """A Deployment with these bounds."""
    bounds = f"{{maxSurge: {surge}, maxUnavailable: {unavailable}}}"
    return deployment(spec=f"replicas: {replicas}\nstrategy: {{rollingUpdate: {bounds}}}")


REPORTED = {
    "one": (
        rolling(1, 1) + SERVICE,
        [
            "6:59 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable 1 lets a rollout take down all of 1 pod: it may take 1 away"
        ],
    ),
    "rounds": (
        rolling(0, "10%") + SERVICE,
        [
            "6:59 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable 10% lets a rollout take down all of 1 pod: with both bounds at 0 pods, 1 may be missing"
        ],
    ),
    "all": (
        rolling("50%", "100%", 4) + SERVICE,
        [
            "6:61 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable 100% lets a rollout take down all of 4 pods: it may take 4 away"
        ],
    ),
    "scaled1": (
        rolling(1, 1, 5) + SERVICE + SCALER % 1,
        [
            "6:59 spec.strategy.rollingUpdate.maxUnavailable: maxUnavailable 1 lets a rollout take down all of 1 pod: it may take 1 away"
        ],
    ),
}
SILENT = {
    "default": deployment() + SERVICE,
    "two": rolling(0, "10%", 2) + SERVICE,
    "scaled": rolling(1, 1, 1) + SERVICE + SCALER % 2,
    "worker": rolling(1, 1),
    "host": rolling(1, 1).replace("containerPort: 8080", "containerPort: 8080, hostPort: 8080") + SERVICE,
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
