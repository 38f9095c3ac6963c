from __future__ import annotations

import pytest

from k8sgen.findings import Severity
from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import faults, said

RULE = "pre-stop-missing"


def rolling(surge: int | str, unavailable: int | str, replicas: int = 1) -> str:
    """A Deployment with these bounds."""
    bounds = f"{{maxSurge: {surge}, maxUnavailable: {unavailable}}}"
    return deployment(spec=f"replicas: {replicas}\nstrategy: {{rollingUpdate: {bounds}}}")


REPORTED = {
    "one": (
        deployment() + SERVICE,
        [
            '10:11 spec.template.spec.containers[0].lifecycle: container "orders" stops as soon as it is told, while Service/orders may still send it requests'
        ],
    ),
    "set": (
        deployment(kind="StatefulSet", spec="serviceName: orders\nreplicas: 3") + SERVICE,
        [
            '12:11 spec.template.spec.containers[0].lifecycle: container "orders" stops as soon as it is told, while Service/orders may still send it requests'
        ],
    ),
}
SILENT = {
    "none": deployment(spec="replicas: 0") + SERVICE,
    "recreate": deployment(spec="strategy: {type: Recreate}") + SERVICE,
    "down": rolling(1, 1) + SERVICE,
    "single set": deployment(kind="StatefulSet", spec="serviceName: orders") + SERVICE,
    "sidecar": deployment(
        pod='initContainers: [{name: proxy, image: "proxy:1", restartPolicy: Always, lifecycle: {preStop: {exec: {command: [drain]}}}}]'
    )
    + SERVICE,
    "worker": deployment(),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)


@pytest.mark.parametrize(
    ("beside", "severity"),
    [
        ("", Severity.INFO),
        ("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {defaultBackend: {service: {name: orders, port: {number: 80}}}}\n", None),
        ("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: [{backendRefs: [{name: orders, port: 80}]}]}\n", None),
        ("apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: a}\nspec: {to: {kind: Service, name: orders}}\n", None),
        ("apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: a}\nspec: {to: {kind: Service, name: bills}}\n", Severity.INFO),
    ],
    ids=["inside", "ingress", "route", "openshift", "another"],
)  # fmt: skip
def test_is_milder_inside_the_cluster(beside: str, severity: Severity | None) -> None:
    """Load balancers are the last to learn that a pod goes."""
    (found,) = faults(deployment() + SERVICE + (f"---\n{beside}" if beside else ""), RULE)
    assert found.severity is severity


def test_a_database_is_passed_over() -> None:
    """Its clients hold connections, which a pause does not help."""
    assert not said(deployment().replace("containerPort: 8080", "containerPort: 5432") + SERVICE, RULE)
