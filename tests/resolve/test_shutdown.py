"""The shutdown budget: what the hook takes, and when the kubelet may kill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.resolve import shutdown
from k8sgen.resolve.arithmetic import slept_seconds
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, RELEASE, loaded, spec

WORKER = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"


@pytest.mark.parametrize(
    ("added", "pause", "grace", "reason"),
    [
        ("", 5, 30, "drain 5 s + time-out 20 s + 5 s margin"),
        (
            "shutdown: {drainSeconds: 20, timeoutSeconds: 60}\n",
            20,
            85,
            "drain 20 s + time-out 60 s + 5 s margin",
        ),
        ("shutdown: {drainSeconds: 0}\n", 0, 25, "time-out 20 s + 5 s margin"),
        ("service: false\n", 0, 25, "time-out 20 s + 5 s margin"),
        (
            "shutdown: {preStop: {sleep: {seconds: 15}}}\n",
            15,
            40,
            "preStop sleeps 15 s + time-out 20 s + 5 s margin",
        ),
        (
            "shutdown: {preStop: {exec: {command: [/bin/sh, -c, sleep 30]}}}\n",
            30,
            55,
            "preStop sleeps 30 s + time-out 20 s + 5 s margin",
        ),
        (
            "shutdown: {preStop: {exec: {command: [/drain]}}}\n",
            5,
            30,
            "drainSeconds 5 s for preStop + time-out 20 s + 5 s margin",
        ),
    ],
)
def test_grace_period_adds_up(added: str, pause: int, grace: int, reason: str) -> None:
    """The hook and the process share one budget."""
    service = spec(added)
    assert shutdown.hook_seconds(service) == pause
    assert shutdown.grace_period_seconds(service) == grace
    assert shutdown.grace_period_seconds.reason(service) == reason


def test_a_worker_has_nothing_to_drain() -> None:
    """Nobody sends it requests, unless a further Service does."""
    worker = spec(base=WORKER)
    assert shutdown.drain_seconds(worker) == 0
    assert shutdown.drain_seconds.reason(worker) == "no Service sends requests, so nothing has to drain"
    assert not shutdown.pre_stop_needed(worker)
    assert shutdown.drain_seconds(spec("services: {peers: {headless: true}}\n", base=WORKER)) == 5


def test_below_1_30_the_image_sleeps() -> None:
    """The kubelet's own pause is off there."""
    service = spec()
    assert shutdown.pause_command(service) == ["sleep", "5"]
    assert shutdown.pause_command.reason(service) == (
        "the image must have sleep: the kubelet can pause by itself from Kubernetes 1.30"
    )


@pytest.mark.parametrize(
    ("command", "seconds"),
    [
        (["sleep", "10"], 10),
        (["/bin/sleep", "10"], 10),
        (["/bin/sh", "-c", "sleep 10"], 10),
        (["/bin/sh", "-c", "nginx -s quit; sleep 10"], 10),
        (["/bin/sh", "-c", "sleep 10; nginx -s quit"], 10),
        (["/bin/sh", "-c", "date;sleep 10&&nginx -s quit"], 10),
        (["/bin/sh", "-c", "(sleep 10)"], 10),
        (["/bin/sh", "-c", "sleep 10m; date"], 0),
        (["asleep", "10"], 0),
        (["sleep", "1m"], 0),
        ([], 0),
    ],
)
def test_a_command_that_ends_in_sleep_takes_that_long(command: list[str], seconds: int) -> None:
    """Of anything else the tool does not know how long it takes."""
    assert slept_seconds(command) == seconds


@given(st.integers(0, 300), st.integers(1, 600), st.integers(1, 900))
def test_a_grace_period_that_is_given_covers_pause_and_process(drain: int, timeout: int, grace: int) -> None:
    """It is refused exactly when it does not."""
    service = loaded(
        f"shutdown: {{drainSeconds: {drain}, timeoutSeconds: {timeout}, gracePeriodSeconds: {grace}}}\n"
    )
    assert bool(check_rules(service, RELEASE, NEW)) == (grace < drain + timeout)
