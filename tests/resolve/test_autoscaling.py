"""What the autoscaler follows, and what that needs."""

from __future__ import annotations

import pytest

from k8sgen.resolve import autoscaling, disruption
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, RELEASE, loaded, spec

QUEUE = "metrics: [{type: External, external: {metric: {name: queue}, target: {type: Value, value: '1'}}}]"


@pytest.mark.parametrize(
    ("added", "percent", "reason"),
    [
        ("maxReplicas: 9", 80, "of the CPU request; the rest is for the time that new pods take to start"),
        ("maxReplicas: 9, memory: 75", 0, "other metrics decide"),
        (f"maxReplicas: 9, {QUEUE}", 0, "other metrics decide"),
    ],
)
def test_cpu_is_followed_when_nothing_else_is(added: str, percent: int, reason: str) -> None:
    """Eighty percent, unless another metric is given."""
    service = spec(f"autoscaling: {{{added}}}\n")
    assert autoscaling.autoscaling_cpu(service) == percent
    assert autoscaling.autoscaling_cpu.reason(service) == reason


def test_replicas_are_the_floor() -> None:
    """Unless a floor is given."""
    assert disruption.minimum_replicas(spec("replicas: 3\nautoscaling: {maxReplicas: 9}\n")) == 3
    service = spec("replicas: 3\nautoscaling: {minReplicas: 5, maxReplicas: 9}\n")
    assert (disruption.lowest_replicas(service), disruption.highest_replicas(service)) == (5, 9)


@pytest.mark.parametrize(
    ("resources", "refused"),
    [
        ("", False),
        ("resources: {requests: {cpu: 100m}}\n", False),
        ("resources: {requests: {}, limits: {cpu: 100m}}\n", False),
        ("resources: {requests: {}}\n", True),
        ("resources: {requests: {memory: 64Mi}}\n", True),
    ],
)
def test_cpu_needs_a_request(resources: str, refused: bool) -> None:
    """The API server takes a limit for a request that is missing."""
    service = loaded(f"{resources}autoscaling: {{maxReplicas: 9}}\n")
    assert bool(check_rules(service, RELEASE, NEW)) is refused
