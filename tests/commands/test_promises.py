"""What `explain` promises of special cases: no pods, Recreate, hooks of one's own."""

from __future__ import annotations

import pytest

from k8sgen.explain.promises import Facts, promises
from k8sgen.render.objects import Renderer
from tests.resolve.specs import loaded


def promised(added: str, topic: str) -> list[tuple[str, str]]:
    """Texts and formulas of one topic."""
    spec = loaded(added)
    facts = Facts(spec.spec.startup.expected_seconds, spec.spec.shutdown.timeout_seconds, "SIGTERM")
    objects = [obj.data for obj in Renderer().render(spec).objects]
    return [(each.text, each.formula) for each in promises(objects, facts) if each.topic == topic]


def test_nothing_is_promised_of_no_pods() -> None:
    """There is nothing to roll out, and nothing to take away."""
    assert promised("replicas: 0\n", "rollout") == []
    assert promised("replicas: 0\n", "drain") == [("no disruption budget for 0 pods", "")]


def test_recreate_counts_the_pause() -> None:
    """A pod that is going gets no traffic, from the start of its pause."""
    text, formula = promised("rollout: {type: Recreate}\n", "rollout")[0]
    assert text == (
        "all pods stop before any of the new version starts: no service for a shutdown and a start, "
        "about 35 s and the image pulls"
    )
    assert formula == "Recreate: pause 5 s + time-out 20 s + start 10 s"


def test_one_pod_goes_when_both_percentages_round_to_nothing() -> None:
    """Kubernetes never lets a rollout stand still."""
    text, formula = promised("rollout: {maxSurge: 0, maxUnavailable: 25%}\n", "rollout")[0]
    assert text.startswith("2 pods: never above 2, never below 1 available")
    assert "unavailable 1, since both round to 0" in formula


@pytest.mark.parametrize(
    ("hook", "text", "formula"),
    [
        (
            "exec: {command: [sh, -c, sleep 15]}",
            (
                "at 0 s proxies are told and the pause begins, at 15 s SIGTERM, by 35 s the process has "
                "finished, at 40 s it would be killed"
            ),
            "pause 15 + time-out 20, killed at the grace period 40",
        ),
        (
            "httpGet: {path: /quit}",
            (
                "at 0 s proxies are told and the preStop handler runs, then SIGTERM, 20 s later the process "
                "has finished; at 30 s it would be killed, so the handler may take 10 s"
            ),
            "grace period 30 - time-out 20",
        ),
    ],
)
def test_a_hook_of_ones_own_comes_before_the_signal(hook: str, text: str, formula: str) -> None:
    """How long it takes is known only when it sleeps."""
    assert promised(f"shutdown: {{preStop: {{{hook}}}}}\n", "shutdown") == [(text, formula)]
