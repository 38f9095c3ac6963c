"""How a Deployment replaces its pods, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.selectors import Selector
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Pointer

HOSTNAME = "kubernetes.io/hostname"
ZONE = "topology.kubernetes.io/zone"


class Steps(NamedTuple):
    """How many pods may be added, and how many may be missing, while a rollout runs."""

    surge: int
    unavailable: int


def is_rolling(workload: Workload) -> bool:
    """Whether a Deployment replaces pods while others serve, as it does unless told otherwise."""
    return workload.strategy.get("type") in {None, "RollingUpdate"}


def steps(workload: Workload, pods: int) -> Steps:
    """The bounds of a rolling update of so many pods.

    Source: `pkg/controller/deployment/util/deployment_util.go`, ResolveFenceposts: the surge is rounded
    up, what may be missing is rounded down, and 1 may be missing where both come to 0.
    """
    bounds = workload.strategy.get("rollingUpdate") or {}
    surge = resolved(bounds.get("maxSurge", "25%"), pods, up=True)
    unavailable = resolved(bounds.get("maxUnavailable", "25%"), pods, up=False)
    return Steps(surge, unavailable or (0 if surge else 1))


def resolved(bound: int | str, pods: int, *, up: bool) -> int:
    """A number of pods, or a percentage of them, rounded up or down; 0 for what is neither."""
    if isinstance(bound, int):
        return bound
    percent = bound.removesuffix("%")
    if not (percent.isascii() and percent.isdigit()):
        return 0
    return -(-int(percent) * pods // 100) if up else int(percent) * pods // 100


def keeps_apart(workload: Workload) -> Iterator[tuple[Pointer, str]]:
    """Where its pods refuse to share a node or zone with each other: the place in the pod spec, and the topology key.

    A term that compares `pod-template-hash` keeps only pods of one version apart, so it holds up no rollout.
    """
    steps_to = ("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    terms: list[dict[str, Any]] = dig(workload.pod, *steps_to) or []
    for index, term in enumerate(terms):
        selector = Selector.of(term.get("labelSelector"))
        keys = [*(term.get("matchLabelKeys") or ()), *(term.get("mismatchLabelKeys") or ())]
        elsewhere = term.get("namespaces") or "namespaceSelector" in term
        if (
            selector
            and not elsewhere
            and "pod-template-hash" not in keys
            and selector.matches(workload.labels)
        ):
            yield (*steps_to, index, "topologyKey"), str(term.get("topologyKey", ""))


def pods_in_words(pods: int) -> str:
    """So many pods."""
    return "1 pod" if pods == 1 else f"{pods} pods"
