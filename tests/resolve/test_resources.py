"""Requests and limits, and the arithmetic of quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve import resources
from k8sgen.resolve.arithmetic import quantity_bytes, quantity_milli
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from k8sgen.validate.apiserver.quantities import billionths
from tests.resolve.specs import RELEASE, loaded, spec


@pytest.mark.parametrize(
    ("given_lines", "requests", "limits"),
    [
        ("", {"cpu": "100m", "memory": "128Mi"}, {"memory": "256Mi"}),
        ("  requests: {memory: 1Gi}\n", {"memory": "1Gi"}, {"memory": "1Gi"}),
        ("  requests: {cpu: 2}\n", {"cpu": "2"}, {"memory": "256Mi"}),
        ("  requests: {}\n", {}, {"memory": "256Mi"}),
        ("  limits: {}\n", {"cpu": "100m", "memory": "128Mi"}, {}),
        (
            "  limits: {memory: 64Mi, cpu: 50m}\n",
            {"cpu": "50m", "memory": "64Mi"},
            {"memory": "64Mi", "cpu": "50m"},
        ),
        (
            "  requests: {nvidia.com/gpu: 1, hugepages-2Mi: 4Mi}\n",
            {"nvidia.com/gpu": "1", "hugepages-2Mi": "4Mi"},
            {"memory": "256Mi", "nvidia.com/gpu": "1", "hugepages-2Mi": "4Mi"},
        ),
    ],
)
def test_what_is_left_out_is_guessed_to_fit_what_is_given(
    given_lines: str, requests: dict[str, str], limits: dict[str, str]
) -> None:
    """Requests and limits are each derived as a whole."""
    service = spec("resources:\n" + given_lines if given_lines else "")
    assert resources.resource_requests(service) == requests
    assert resources.resource_limits(service) == limits


def test_reasons_say_that_it_is_a_guess() -> None:
    """A guess that was bent to fit says so."""
    assert resources.resource_requests.reason(spec()) == "a guess, to be measured"
    assert (
        resources.resource_limits.reason(spec())
        == "a guess, to be measured; a CPU limit would only slow down"
    )
    small = spec("resources: {limits: {memory: 64Mi}}\n")
    assert resources.resource_requests.reason(small) == "a guess within the limits, to be measured"
    large = spec("resources: {requests: {memory: 1Gi}}\n")
    assert (
        resources.resource_limits.reason(large)
        == "no more memory than requested; a CPU limit would only slow down"
    )


def test_every_container_has_requests() -> None:
    """The autoscaler needs the request of each, not of the main one alone."""
    service = spec("sidecars: {proxy: {image: 'envoy:1.31'}}\n")
    assert resources.resource_requests(service.sidecars["proxy"]) == {"cpu": "100m", "memory": "128Mi"}


@pytest.mark.parametrize("amount", ["512m", "0.5", "1.5", "100u", "7n"])
def test_fractions_of_a_byte_are_refused(amount: str) -> None:
    """Whatever the spelling."""
    problems = check_rules(loaded(f'resources: {{requests: {{memory: "{amount}"}}}}\n'), RELEASE, Cluster(35))
    assert [problem.message for problem in problems] == [
        f"resources.requests.memory ({amount}) is no whole number of bytes"
    ]


@pytest.mark.parametrize("amount", ["1", "1.5k", "1.5Gi", "1e6", "500M"])
def test_whole_bytes_are_fine(amount: str) -> None:
    """A fraction of a larger unit is a whole number of bytes."""
    assert not check_rules(
        loaded(f'resources: {{limits: {{ephemeral-storage: "{amount}"}}}}\n'), RELEASE, Cluster(35)
    )


QUANTITIES = st.builds(
    lambda whole, fraction, suffix: f"{whole}{fraction}{suffix}",
    st.integers(0, 99_999),
    st.one_of(st.just(""), st.integers(0, 9999).map(lambda digits: f".{digits}")),
    st.sampled_from(["", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e3", "E-2", "e+1"]),
)


@given(QUANTITIES)
def test_quantities_are_what_the_api_server_reads(quantity: str) -> None:
    """Rounded up, as `Quantity.Value` and `MilliValue` do."""
    exact = billionths(quantity)
    assert exact is not None
    assert quantity_milli(quantity) == -(-exact // 10**6)
    assert quantity_bytes(quantity) == -(-exact // 10**9)
