"""What is said of where pods run."""

from __future__ import annotations

import pytest

from k8sgen.resolve import placement
from k8sgen.resolve.derivation import Cluster
from tests.resolve.specs import NEW, spec


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("", "one zone lost is not the service lost; a full zone still holds up no start"),
        ("replicas: 1\n", "for the day there is more than one pod"),
        ("replicas: 0\n", "for the day there is more than one pod"),
        ("placement: {zones: 1}\n", "for the day there is more than one zone"),
    ],
)
def test_spread_over_zones_needs_pods_and_zones(added: str, reason: str) -> None:
    """With one of either, nothing can be spread."""
    assert placement.zone_spread_action.reason(spec(added)) == reason


def test_versions_are_told_apart_from_1_27() -> None:
    """Below it matchLabelKeys is left out, and that is said."""
    assert placement.spread_max_skew.reason(NEW) == "as evenly as the number of pods allows"
    assert placement.spread_max_skew.reason(Cluster(26)) == (
        "as evenly as the number of pods allows; before Kubernetes 1.27 old and new pods count together"
    )
