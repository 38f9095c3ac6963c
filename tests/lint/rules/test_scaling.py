"""The edges of the rules of autoscalers."""

from __future__ import annotations

import pytest

from k8sgen.findings import Severity
from tests.lint.linting import faults, said
from tests.lint.objects import deployment, scaler

IMAGE = '"ghcr.io/acme/orders:1.4.2"'


def two_containers(first: str, second: str, init: str = "") -> str:
    """A Deployment with resources for each of two containers."""
    head = deployment().partition("      containers")[0]
    return (
        f"{head}      containers:\n"
        f"        - {{name: orders, image: {IMAGE}, resources: {first}}}\n"
        f"        - {{name: proxy, image: {IMAGE}, resources: {second}}}\n"
        f"{init}"
    )


def metric(target: str, name: str = "cpu", container: str = "") -> str:
    """The `metrics` of an autoscaler, with its minimum."""
    kind, field = ("ContainerResource", "containerResource") if container else ("Resource", "resource")
    extra = f", container: {container}" if container else ""
    return (
        f"minReplicas: 2, metrics: [{{type: {kind}, {field}: {{name: {name}, target: {target}{extra}}}}}], "
    )


HALF = "{type: Utilization, averageUtilization: 50}"
REQUEST = "{requests: {cpu: 250m}}"


@pytest.mark.parametrize(
    ("objects", "containers"),
    [
        (two_containers(REQUEST, "{}") + scaler(metric(HALF)), ["proxy"]),
        (two_containers("{}", "{}") + scaler(metric(HALF)), ["orders", "proxy"]),
        (two_containers(REQUEST, "{limits: {cpu: 1}}") + scaler(metric(HALF)), []),
        (two_containers(REQUEST, "{}") + scaler(metric(HALF, container="orders")), []),
        (two_containers(REQUEST, "{}") + scaler(metric(HALF, container="proxy")), ["proxy"]),
        (two_containers(REQUEST, REQUEST) + scaler(metric(HALF, "memory")), ["orders", "proxy"]),
        (two_containers(REQUEST, "{}") + scaler(metric("{type: AverageValue, averageValue: 1}")), []),
        (two_containers(REQUEST, "{}") + scaler(), ["proxy"]),
        (
            two_containers(REQUEST, "{}")
            + "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: usual}\nspec: {limits: []}\n"
            + scaler(metric(HALF)),
            [],
        ),
        (
            two_containers(
                REQUEST,
                REQUEST,
                f"      initContainers: [{{name: mesh, image: {IMAGE}, restartPolicy: Always}}]\n",
            )
            + scaler(metric(HALF)),
            ["mesh"],
        ),
        (
            two_containers(REQUEST, REQUEST, f"      initContainers: [{{name: setup, image: {IMAGE}}}]\n")
            + scaler(metric(HALF)),
            [],
        ),
    ],
)
def test_requests_that_an_autoscaler_needs(objects: str, containers: list[str]) -> None:
    """Those of all that runs, or of the one container that is measured; a limit stands for a request."""
    found = [fault.message.split('"')[1] for fault in faults(objects, "autoscaler-without-request")]
    assert found == containers


@pytest.mark.parametrize(
    ("percent", "severity"),
    [(100, Severity.ERROR), (91, Severity.WARNING), (90, None), (200, Severity.ERROR)],
)
def test_a_target_beyond_the_limit(percent: int, severity: Severity | None) -> None:
    """Within a tenth of the limit, where the autoscaler does not act yet, it is a warning."""
    full = "{limits: {cpu: 500m}}"
    text = two_containers(full, full) + scaler(
        metric(f"{{type: Utilization, averageUtilization: {percent}}}")
    )
    found = [fault.severity or Severity.ERROR for fault in faults(text, "autoscaler-never-scales")]
    assert found == ([severity] if severity else [])


def test_a_container_without_limit_has_no_end() -> None:
    """Its use may exceed any target."""
    text = two_containers("{limits: {cpu: 500m}}", REQUEST) + scaler(
        metric("{type: Utilization, averageUtilization: 200}")
    )
    assert not faults(text, "autoscaler-never-scales")


def test_replicas_beside_an_autoscaler() -> None:
    """At the replicas."""
    assert said(deployment() + scaler(), "autoscaler-and-replicas") == [
        "5:13 spec.replicas: each apply sets the replicas that HorizontalPodAutoscaler/orders chose back to 3"
    ]


KEDA = """\
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: orders}
spec: {scaleTargetRef: {name: orders}, ADVANCEDtriggers: [{type: kafka, metadata: {topic: orders}}]}
"""


def test_keda_and_an_autoscaler() -> None:
    """Two, unless the one takes over the other."""
    assert said(deployment() + KEDA.replace("ADVANCED", "") + scaler(), "two-autoscalers") == [
        '15:31 spec.scaleTargetRef.name: "orders" is scaled by HorizontalPodAutoscaler/orders, too'
    ]
    taken = KEDA.replace("ADVANCED", "advanced: {horizontalPodAutoscalerConfig: {name: orders}}, ")
    assert not faults(deployment() + taken + scaler(), "two-autoscalers")


def test_selectors_that_overlap() -> None:
    """A warning, and an error at the one whose autoscaler counts the other's pods; said once."""
    one, other = deployment(name="orders", labels="app: shop"), deployment(name="worker", labels="app: shop")
    (fault,) = faults(f"{one}---\n{other}", "overlapping-selectors")
    assert (fault.manifest.name, fault.severity) == ("orders", Severity.WARNING)
    (fault,) = faults(f"{one}---\n{other}" + scaler(target="worker"), "overlapping-selectors")
    assert (fault.manifest.name, fault.severity) == ("worker", None)
    assert "which HorizontalPodAutoscaler/orders then counts" in fault.message


def test_a_missing_target() -> None:
    """Only where the input has such workloads."""
    assert said(deployment() + scaler(target="order"), "autoscaler-target-missing") == [
        '15:86 spec.scaleTargetRef.name: deployment "order" is not in this input'
    ]
    assert not faults(scaler(target="order"), "autoscaler-target-missing")
