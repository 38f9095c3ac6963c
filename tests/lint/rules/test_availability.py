"""The edges of the rules of budgets and of spreading."""

from __future__ import annotations

import pytest

from tests.lint.linting import faults, said
from tests.lint.objects import budget, deployment, scaler, service


@pytest.mark.parametrize(
    ("bound", "text", "message"),
    [
        (
            "minAvailable: 90%",
            deployment(),
            "minAvailable 90% allows no eviction while Deployment/orders runs 3 pods",
        ),
        (
            "minAvailable: 80%",
            deployment(4),
            "minAvailable 80% allows no eviction while Deployment/orders runs 4 pods",
        ),
        ("minAvailable: 80%", deployment(5), None),
        (
            "maxUnavailable: 0",
            deployment(),
            "maxUnavailable 0 allows no eviction while Deployment/orders runs 3 pods",
        ),
        (
            'maxUnavailable: "0%"',
            deployment(),
            "maxUnavailable 0% allows no eviction while Deployment/orders runs 3 pods",
        ),
        ("maxUnavailable: 1%", deployment(), None),
        (
            "minAvailable: 1",
            deployment(1),
            "minAvailable 1 allows no eviction while Deployment/orders runs 1 pod",
        ),
        ("minAvailable: 1", deployment(0), None),
        ("minAvailable: 0", deployment(1), None),
        (
            "minAvailable: 1",
            deployment() + scaler(),
            "minAvailable 1 allows no eviction while Deployment/orders runs 1 pod",
        ),
        (
            "minAvailable: 3",
            deployment(9) + scaler("minReplicas: 3, "),
            "minAvailable 3 allows no eviction while Deployment/orders runs 3 pods",
        ),
        ("minAvailable: 2", deployment(1) + scaler("minReplicas: 3, "), None),
    ],
)
def test_a_budget_is_held_against_the_fewest_pods(bound: str, text: str, message: str | None) -> None:
    """The autoscaler's minimum, which is 1 unless given, or the replicas."""
    found = [fault.message for fault in faults(text + budget(bound), "budget-blocks-drain")]
    assert found == ([message] if message else [])


def test_budget_missing_says_the_selector() -> None:
    """At the replicas, with the selector to write."""
    (fault,) = faults(deployment(), "budget-missing")
    assert fault.hint == "add one with maxUnavailable: 1 and matchLabels {app: orders}"
    assert said(deployment(), "budget-missing") == [
        "5:13 spec.replicas: no PodDisruptionBudget in this input selects the pods of Deployment/orders, which runs 3"
    ]


@pytest.mark.parametrize("text", [deployment(1), deployment(0), deployment(9) + scaler()])
def test_one_pod_needs_no_budget(text: str) -> None:
    """Nor does what is scaled down to one."""
    assert not faults(text, "budget-missing")


def test_overlapping_budgets_name_both() -> None:
    """At the later one's selector."""
    text = deployment() + budget("maxUnavailable: 1") + budget("maxUnavailable: 1", "{}", "all")
    assert said(text, "overlapping-budgets") == [
        (
            "20:37 spec.selector: both PodDisruptionBudget/all and PodDisruptionBudget/orders select the pods of "
            "Deployment/orders, which cannot be evicted then"
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        budget("maxUnavailable: 1", "{matchLabels: {app: bills}}"),
        deployment() + budget("maxUnavailable: 1", "{}"),
        deployment()
        + budget("maxUnavailable: 1", "{matchLabels: {app: bills}}")
        + "---\napiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: bills}\n"
        "spec: {template: {metadata: {labels: {app: bills}}}}\n",
    ],
    ids=["nothing to look at", "everything", "an Argo Rollout"],
)
def test_a_budget_may_select_what_is_not_here(text: str) -> None:
    """No guess where the input cannot tell."""
    assert not faults(text, "budget-selects-nothing")


def test_single_replica_is_about_services() -> None:
    """A worker without a Service may be alone."""
    assert not faults(deployment(1), "single-replica")
    assert said(deployment(1) + service(), "single-replica") == [
        "5:13 spec.replicas: one pod serves for Deployment/orders: its end is an outage"
    ]


SPREAD = """\
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: orders}}
"""


def test_spread_counts_old_pods_from_the_version_on_that_can_help() -> None:
    """Not before Kubernetes 1.27, nor of a single pod, nor where the field is there."""
    assert said(deployment() + SPREAD, "spread-counts-old-pods") == [
        (
            "12:11 spec.template.spec.topologySpreadConstraints[0].matchLabelKeys: the constraint over "
            '"topology.kubernetes.io/zone" counts the pods of old revisions, too'
        )
    ]
    assert not faults(deployment() + SPREAD, "spread-counts-old-pods", 26)
    assert not faults(deployment(1) + SPREAD, "spread-counts-old-pods")
    with_key = SPREAD + "          matchLabelKeys: [pod-template-hash]\n"
    assert not faults(deployment() + with_key, "spread-counts-old-pods")


ANTI = """\
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector: {matchLabels: {app: LABEL}}
"""


@pytest.mark.parametrize(("label", "count"), [("orders", 0), ("bills", 0), ("order", 1)])
def test_anti_affinity_may_be_about_others(label: str, count: int) -> None:
    """Only a selector that selects nobody is taken for a slip."""
    text = deployment() + ANTI.replace("LABEL", label) + "---\n" + deployment(name="bills")
    assert len(faults(text, "spread-misses-own-pods")) == count
