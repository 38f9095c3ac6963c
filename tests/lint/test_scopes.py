"""What belongs together in an input that holds the same objects several times."""

from __future__ import annotations

import pytest

from tests.lint.linting import faults_in
from tests.lint.objects import budget, deployment, scaler, service

SELECTOR = "{matchLabels: {app: orders}}"


def uncovered(files: dict[str, str]) -> list[str]:
    """The files with a workload that no budget covers."""
    return [fault.manifest.file for fault in faults_in(files, "budget-missing")]


def test_a_budget_of_staging_does_not_cover_production() -> None:
    """The same Deployment in two directories makes each a world of its own."""
    files = {
        "deploy/staging/orders.yaml": deployment(),
        "deploy/staging/budget.yaml": budget("maxUnavailable: 1"),
        "deploy/production/orders.yaml": deployment(),
    }
    assert uncovered(files) == ["deploy/production/orders.yaml"]


def test_a_budget_in_each_is_one_for_each() -> None:
    """Neither workload is covered twice."""
    files = {
        f"deploy/{place}/orders.yaml": deployment() + budget("maxUnavailable: 1")
        for place in ("staging", "production")
    }
    assert not uncovered(files)
    assert not faults_in(files, "overlapping-budgets")


def test_what_lies_beside_the_doubles_is_seen_by_both() -> None:
    """A budget in a directory of its own covers what both hold."""
    files = {
        "deploy/staging/orders.yaml": deployment(),
        "deploy/production/orders.yaml": deployment(),
        "deploy/base/budget.yaml": budget("maxUnavailable: 1"),
    }
    assert not uncovered(files)


def test_files_without_doubles_are_one_world() -> None:
    """A budget may stand in any directory."""
    assert not uncovered({"apps/orders.yaml": deployment(), "policies/pdb.yaml": budget("maxUnavailable: 1")})


def test_the_autoscaler_of_one_does_not_scale_the_other() -> None:
    """The floor of production is its replicas, that of staging the autoscaler's minimum."""
    files = {
        "staging/all.yaml": deployment() + scaler() + budget("minAvailable: 1"),
        "production/all.yaml": deployment() + budget("minAvailable: 1"),
    }
    found = faults_in(files, "budget-blocks-drain")
    assert [fault.manifest.file for fault in found] == ["staging/all.yaml"]


def test_a_service_finds_no_workload_of_another_world() -> None:
    """The pods of staging are not those of a Service of production."""
    files = {
        "staging/all.yaml": deployment(labels="app: orders, stage: staging")
        + service(selector="app: orders, stage: staging"),
        "production/all.yaml": deployment(labels="app: orders, stage: production")
        + service(selector="app: orders, stage: staging"),
    }
    found = faults_in(files, "service-selects-nothing")
    assert [fault.manifest.file for fault in found] == ["production/all.yaml"]


def test_a_service_beside_variants_selects_them() -> None:
    """Each variant of one Deployment is a world of its own, which its neighbours' Service is part of."""
    files = {
        "kubefiles/v1.yaml": deployment(),
        "kubefiles/v2.yaml": deployment(),
        "kubefiles/service.yaml": service(),
    }
    assert not faults_in(files, "service-selects-nothing")


def test_a_service_among_variants_selects_a_variant() -> None:
    """Services in several forms beside Deployments in several forms: any one goes with any other."""
    files = {
        f"deploy/{name}.yaml": text
        for name, text in (
            ("cluster-ip", service()),
            ("node-port", service()),
            ("small", deployment()),
            ("large", deployment()),
        )
    }
    assert not faults_in(files, "service-selects-nothing")


def test_files_of_a_directory_stay_together_when_another_doubles_them() -> None:
    """As a cluster's directory that has a directory per further cluster in it."""
    files = {
        f"cluster/{place}{name}.yaml": text
        for place in ("", "build/")
        for name, text in (("orders", deployment()), ("budget", budget("maxUnavailable: 1")))
    }
    assert not uncovered(files)


@pytest.mark.parametrize(
    ("selector", "covers"),
    [
        ("{matchLabels: {app: orders, tier: web}}", True),
        ("{matchLabels: {app: orders, tier: worker}}", False),
        ("{matchLabels: {app: orders, other: web}}", False),
        ("{matchExpressions: [{key: app, operator: In, values: [bills, orders]}]}", True),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [orders]}]}", False),
        ("{matchExpressions: [{key: tier, operator: Exists}]}", True),
        ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", False),
        ("{matchLabels: {app: orders}, matchExpressions: [{key: tier, operator: In, values: [db]}]}", False),
        ("{}", True),
    ],
)
def test_a_selector_covers_what_it_selects_as_a_whole(selector: str, covers: bool) -> None:
    """One label in common is not enough; expressions count as labels do."""
    text = deployment(labels="app: orders, tier: web") + budget("maxUnavailable: 1", selector)
    assert (uncovered({"all.yaml": text}) == []) is covers


def test_another_namespace_is_another_world() -> None:
    """A budget covers pods of its own namespace."""
    text = deployment() + budget("maxUnavailable: 1").replace(
        "{name: orders}", "{name: orders, namespace: shop}"
    )
    assert uncovered({"all.yaml": text}) == ["all.yaml"]
