"""What a node drain may take away, and budgets that would block it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve import disruption
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, RELEASE, loaded, spec


@pytest.mark.parametrize(
    ("added", "needed", "reason"),
    [
        ("", True, "a node drain must leave pods that serve"),
        (
            "replicas: 1\n",
            False,
            "no budget: replicas is 1, and a budget for one pod protects nothing or blocks every node drain",
        ),
        (
            "autoscaling: {minReplicas: 1, maxReplicas: 9}\n",
            False,
            "no budget: the autoscaler's floor is 1, and a budget for one pod protects nothing or blocks every node drain",
        ),
        ("replicas: 0\n", False, "no budget: replicas is 0, and nothing is there to keep"),
        (
            "replicas: 1\nautoscaling: {minReplicas: 2, maxReplicas: 9}\n",
            True,
            "a node drain must leave pods that serve",
        ),
    ],
)
def test_a_single_pod_has_no_budget(added: str, needed: bool, reason: str) -> None:
    """What counts is the lowest number of pods."""
    assert disruption.disruption_budget_needed(spec(added)) is needed
    assert disruption.disruption_budget_needed.reason(spec(added)) == reason


def test_the_budget_says_what_stays() -> None:
    """One pod at a time."""
    service = spec("replicas: 4\n")
    assert disruption.disruption_max_unavailable(service) == 1
    assert disruption.disruption_max_unavailable.reason(service) == (
        "a drain takes one pod at a time and leaves 3 of 4"
    )
    scaled = spec("autoscaling: {maxReplicas: 9}\n")
    assert disruption.disruption_max_unavailable.reason(scaled) == (
        "a drain takes one pod at a time and leaves at least 1, of 2 to 9"
    )


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("", "one pod or node can be lost"),
        ("placement: {spread: none}\n", "one pod can be lost"),
        ("placement: {nodeSelector: {kubernetes.io/hostname: a}}\n", "one pod can be lost"),
    ],
)
def test_the_number_of_pods_says_what_may_be_lost(added: str, reason: str) -> None:
    """Pods that share a node are lost with it."""
    assert disruption.replica_count.reason(spec(added)) == reason


@given(
    replicas=st.integers(2, 40),
    key=st.sampled_from(["minAvailable", "maxUnavailable"]),
    amount=st.integers(0, 60) | st.integers(0, 100).map(lambda percent: f"{percent}%"),
)
def test_a_budget_is_refused_exactly_when_it_allows_no_eviction(
    replicas: int, key: str, amount: int | str
) -> None:
    """Counted as the disruption controller does: percentages of both kinds are rounded up."""
    share = -(-int(amount[:-1]) * replicas // 100) if isinstance(amount, str) else amount
    healthy = replicas - share if key == "minAvailable" else share
    service = loaded(f"replicas: {replicas}\ndisruption: {{{key}: {amount}}}\n")
    assert bool(check_rules(service, RELEASE, NEW)) == (healthy <= 0)
