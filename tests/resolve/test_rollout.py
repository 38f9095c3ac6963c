"""What the reasons of a rollout say, with the numbers of the case."""

from __future__ import annotations

import pytest

from k8sgen.resolve import disruption, rollout
from tests.resolve.specs import spec

WORKER = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("", "of 2 pods, so 1 more during a rollout: new pods come before old ones go"),
        ("replicas: 1\n", "of 1 pod, so 1 more during a rollout: new pods come before old ones go"),
        ("replicas: 9\n", "of 9 pods, so 3 more during a rollout: new pods come before old ones go"),
        (
            "autoscaling: {minReplicas: 4, maxReplicas: 12}\n",
            "of 4 to 12 pods, so 1 to 3 more during a rollout: new pods come before old ones go",
        ),
        ("replicas: 0\n", "of 0 pods; for the day there are some"),
        (
            "replicas: 4\nrollout: {maxUnavailable: 1}\n",
            "of 4 pods, so 1 more during a rollout, beside what maxUnavailable takes away",
        ),
        (
            "rollout: {maxUnavailable: 25%}\n",
            "of 2 pods, so 1 more during a rollout: new pods come before old ones go",
        ),
    ],
)
def test_surge_is_said_in_pods(added: str, reason: str) -> None:
    """A percentage of pods is rounded up."""
    assert rollout.max_surge.reason(spec(added)) == reason


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("", "each of 2 pods stays until a new one is ready"),
        ("replicas: 1\n", "the only pod stays until the new one is ready"),
        ("replicas: 0\n", "no pod runs; for the day one does"),
    ],
)
def test_unavailable_is_said_in_pods(added: str, reason: str) -> None:
    """Nothing goes before its replacement is there."""
    assert rollout.max_unavailable.reason(spec(added)) == reason


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        ("", "no downtime while a version replaces another"),
        ("replicas: 0\n", "new pods come before old ones go, when there are any"),
        (
            "autoscaling: {maxReplicas: 9}\nreplicas: 4\nrollout: {maxUnavailable: 1}\n",
            "step by step: at least 3 of 4 to 9 pods serve throughout",
        ),
        ("replicas: 10\nrollout: {maxUnavailable: 25%}\n", "step by step: 8 of 10 pods serve throughout"),
        (
            "replicas: 1\nrollout: {maxSurge: 0, maxUnavailable: 1}\n",
            "step by step; maxUnavailable 1 of 1 pod allows a time without any",
        ),
        (
            "replicas: 2\nrollout: {maxSurge: 0, maxUnavailable: 25%}\n",
            "step by step: 1 of 2 pods serve throughout",
        ),
    ],
)
def test_strategy_says_what_stays_up(added: str, reason: str) -> None:
    """Kubernetes takes one pod away when both numbers round to nothing."""
    assert rollout.rollout_type.reason(spec(added)) == reason


@pytest.mark.parametrize(
    ("added", "seconds", "reason"),
    [
        ("", 600, "start-up 64 s + ready 5 s + 300 s to schedule and pull, at least 600"),
        (
            "startup: {expectedSeconds: 60, slowestSeconds: 400}\n",
            717,
            "start-up 412 s + ready 5 s + 300 s to schedule and pull",
        ),
        (
            "rollout: {type: Recreate}\n",
            600,
            "shutdown 30 s + start-up 64 s + ready 5 s + 300 s to schedule and pull, at least 600",
        ),
    ],
)
def test_deadline_has_room_for_a_start(added: str, seconds: int, reason: str) -> None:
    """It is never below Kubernetes' own default."""
    assert rollout.progress_deadline_seconds(spec(added)) == seconds
    assert rollout.progress_deadline_seconds.reason(spec(added)) == reason


def test_deadline_without_probes_takes_the_slowest_start() -> None:
    """Nobody measures the start of a worker, so the declared one counts."""
    assert rollout.progress_deadline_seconds(spec("startup: {slowestSeconds: 700}\n", base=WORKER)) == 1005


def test_recreate_words_readiness_for_itself() -> None:
    """There is no rollout to stop: all old pods are gone."""
    service = spec("rollout: {type: Recreate}\n")
    assert (
        rollout.min_ready_seconds.reason(service)
        == "a pod that dies right after its start does not count as available"
    )


def test_replicas_are_left_to_the_autoscaler() -> None:
    """Explain says why the Deployment has none."""
    service = spec("autoscaling: {maxReplicas: 5}\n")
    assert (
        disruption.replica_count.reason(service)
        == "not printed: each apply would take back what the autoscaler did"
    )


@pytest.mark.parametrize(
    ("added", "seconds", "reason"),
    [
        ("", 600, "start-up 64 s + ready 5 s + 300 s to schedule and pull, at least 600"),
        (
            "rollout: {type: Recreate}\nshutdown: {timeoutSeconds: 890}\n",
            1269,
            "shutdown 900 s + start-up 64 s + ready 5 s + 300 s to schedule and pull",
        ),
        (
            "startup: {slowestSeconds: 292}\n",
            601,
            "start-up 296 s + ready 5 s + 300 s to schedule and pull",
        ),
        (
            "initContainers: {migrate: {image: 'migrate:1'}}\n",
            600,
            "start-up 64 s + ready 5 s + 300 s to schedule and pull, at least 600; initContainers come on top",
        ),
    ],
)
def test_the_deadline_adds_up_what_comes_before_the_first_new_pod(
    added: str, seconds: int, reason: str
) -> None:
    """Recreate waits for the old pods to end; how long init containers take, nobody has said."""
    assert rollout.progress_deadline_seconds(spec(added)) == seconds
    assert rollout.progress_deadline_seconds.reason(spec(added)) == reason
