"""Probes of the main container: what they ask, and that readiness trips before liveness and a start has room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve import probes
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, RELEASE, loaded, spec

WORKER = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"


@pytest.mark.parametrize(
    ("ports", "asked"),
    [
        ("", ""),
        ("port: 8080\n", "http"),
        ("ports: {web: 8080}\n", "web"),
        ("ports: {grpc: 9000, http: 8080}\n", "http"),
        ("ports: {grpc: 9000, metrics: 9090}\n", ""),
        ("ports: {grpc: 9000, statsd: {port: 8125, protocol: UDP}}\n", "grpc"),
        ("ports: {http: {port: 8080, protocol: UDP}}\n", ""),
    ],
)
def test_a_probe_asks_http_or_the_only_tcp_port(ports: str, asked: str) -> None:
    """UDP ports open no connection, so they are not counted."""
    assert probes.probe_port(spec(ports, base=WORKER)) == asked


def test_a_service_without_ports_has_no_probes() -> None:
    """There is nothing to ask, and the reason says so."""
    service = spec(base=WORKER)
    assert not probes.probe_enabled(service.probes.readiness, service)
    assert (
        probes.probe_enabled.reason(service.probes.readiness, service)
        == "no port to ask; exec can ask a process that has none"
    )


def test_timings_of_the_minimal_service() -> None:
    """Ten seconds to start normally, sixty at most."""
    service = spec()
    assert (
        probes.startup_period_seconds(service),
        probes.startup_timeout_seconds(service),
        probes.startup_failure_threshold(service),
    ) == (2, 2, 31)
    assert (
        probes.readiness_period_seconds(service),
        probes.readiness_timeout_seconds(service),
        probes.readiness_failure_threshold(service),
    ) == (5, 2, 3)
    assert (
        probes.liveness_period_seconds(service),
        probes.liveness_timeout_seconds(service),
        probes.liveness_failure_threshold(service),
    ) == (10, 2, 3)
    assert probes.startup_budget_seconds(service) == 31 * 2 + 2


@pytest.mark.parametrize(
    ("added", "threshold", "reason"),
    [
        ("", 3, "3 x 10 s is after readiness (3 x 5 s): traffic stops before the restart"),
        (
            "probes: {readiness: {periodSeconds: 20, failureThreshold: 5}}\n",
            11,
            "11 x 10 s is after readiness (5 x 20 s): traffic stops before the restart",
        ),
        ("probes: {readiness: false}\n", 3, "one lost answer is no reason to restart"),
        (
            "startup: {slowestSeconds: 90}\nprobes: {startup: false, liveness: {initialDelaySeconds: 30}}\n",
            7,
            "30 s + (7 - 1) x 10 s leave room for a start of 90 s, which no start-up probe covers",
        ),
    ],
)
def test_liveness_threshold_says_what_it_waits_for(added: str, threshold: int, reason: str) -> None:
    """Readiness, or a start that no start-up probe covers."""
    service = spec(added)
    assert probes.liveness_failure_threshold(service) == threshold
    assert probes.liveness_failure_threshold.reason(service) == reason


@given(
    expected=st.integers(1, 400),
    slowest=st.integers(1, 4000),
    delay=st.integers(0, 300),
    ready=st.tuples(st.integers(1, 60), st.integers(1, 20)),
    startup=st.booleans(),
)
def test_derived_timings_keep_their_promises(
    expected: int, slowest: int, delay: int, ready: tuple[int, int], startup: bool
) -> None:
    """No start that is in order is killed, readiness trips first, and no time-out exceeds its period.

    The bounds are those of `prober/worker.go`: guaranteed before a failure counts is
    initialDelay + (failures - 1) * period.
    """
    period, failures = ready
    slowest = max(slowest, expected)
    start_up = f"{{initialDelaySeconds: {delay}}}" if startup else "false"
    service = spec(
        f"startup: {{expectedSeconds: {expected}, slowestSeconds: {slowest}}}\n"
        f"probes:\n  startup: {start_up}\n  liveness: {{initialDelaySeconds: {delay}}}\n"
        f"  readiness: {{periodSeconds: {period}, failureThreshold: {failures}}}\n"
    )
    liveness = (probes.liveness_failure_threshold(service) - 1) * probes.liveness_period_seconds(service)
    if startup:
        threshold, seconds = probes.startup_failure_threshold(service), probes.startup_period_seconds(service)
        assert delay + (threshold - 1) * seconds >= slowest
        assert probes.startup_timeout_seconds(service) <= seconds
    else:
        assert delay + liveness >= slowest
    timeout = probes.readiness_timeout_seconds(service)
    assert timeout <= period
    assert liveness + probes.liveness_timeout_seconds(service) >= failures * period + timeout
    assert probes.liveness_timeout_seconds(service) <= probes.liveness_period_seconds(service)
    given = loaded(
        f"startup: {{expectedSeconds: {expected}, slowestSeconds: {slowest}}}\nprobes:\n  startup: {start_up}\n"
    )
    assert check_rules(given, RELEASE, NEW) == []


def test_a_grpc_probe_asks_by_number() -> None:
    """Kubernetes takes no name there."""
    service = spec("probes: {readiness: {grpc: {service: orders}}}\n")
    assert service.probes.readiness.grpc is not None
    assert probes.grpc_port(service.probes.readiness.grpc, service) == 8080
