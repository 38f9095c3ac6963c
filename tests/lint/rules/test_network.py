"""The edges of the rules of Services, monitors, policies and Ingresses."""

from __future__ import annotations

import pytest

from k8sgen.findings import Severity
from tests.lint.linting import faults, said
from tests.lint.objects import deployment, service


def test_a_port_name_is_looked_up_with_its_protocol() -> None:
    """A name of another protocol is none."""
    assert not faults(deployment() + service("{port: 80, targetPort: http}"), "target-port-unknown")
    assert said(
        deployment() + service("{port: 80, targetPort: http, protocol: UDP}"), "target-port-unknown"
    ) == [
        '15:64 spec.ports[0].targetPort: no UDP port of Deployment/orders is named "http"; declared: http (8080)'
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (deployment() + service("{port: 80, targetPort: 3000}"), 1),
        (deployment() + service("{port: 80, targetPort: 3000}", more="clusterIP: None, "), 0),
        (deployment().replace(", ports: [{name: http, containerPort: 8080}]", "") + service(), 0),
        (service(), 0),
    ],
)
def test_an_undeclared_number_is_told_only_beside_declared_ones(text: str, count: int) -> None:
    """It is legal."""
    found = faults(text, "target-port-undeclared")
    assert len(found) == count


def test_a_selector_with_a_slip() -> None:
    """One label off is a warning, at the label; anything else is not in this input."""
    assert said(deployment() + service(selector="app: order"), "service-selects-nothing") == [
        '15:24 spec.selector.app: no pods have the label app="order"; those of Deployment/orders have "orders"'
    ]
    (fault,) = faults(deployment() + service(selector="name: bills"), "service-selects-nothing")
    assert fault.severity is Severity.INFO
    assert fault.message == "no workload in this input has pods with the labels name=bills"


@pytest.mark.parametrize(
    "text",
    [
        service(),
        deployment().replace("{name: orders}\n", "{name: orders, namespace: shop}\n", 1) + service(),
        deployment() + service(selector="app: orders, statefulset.kubernetes.io/pod-name: orders-0"),
    ],
    ids=["nothing to look at", "a namespace on one side", "a label that controllers add"],
)
def test_a_service_may_select_what_is_not_here(text: str) -> None:
    """No guess where the input cannot tell."""
    assert not faults(text, "service-selects-nothing")


MONITOR = """\
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: orders}
spec: {selector: {matchLabels: {team: shop}}, endpoints: [ENDPOINT]}
"""


@pytest.mark.parametrize(
    ("endpoint", "message"),
    [
        ("{port: web}", None),
        ("{port: http}", 'no port of Service/orders is named "http"; its ports: web'),
        ('{port: "80"}', 'no port of Service/orders is named "80"; its ports: web'),
        ("{targetPort: http}", None),
        ("{targetPort: 8080}", None),
        (
            "{targetPort: 9090}",
            'no container of Deployment/orders declares port "9090"; declared: http (8080)',
        ),
        ("{}", None),
        ("{port: [odd]}", None),
    ],
)
def test_ports_of_monitors(endpoint: str, message: str | None) -> None:
    """`port` is a Service's port by name, `targetPort` a container's."""
    text = (
        deployment()
        + service("{name: web, port: 80, targetPort: 8080}")
        + MONITOR.replace("ENDPOINT", endpoint)
    )
    found = [fault.message for fault in faults(text, "service-monitor-port")]
    assert found == ([message] if message else [])


def policy(spec: str, name: str = "orders") -> str:
    """A NetworkPolicy."""
    return (
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
        f"metadata: {{name: {name}}}\nspec: {{{spec}}}\n"
    )


OWN = "podSelector: {matchLabels: {app: orders}}, policyTypes: [Egress], "
DNS = policy(
    "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 53, protocol: UDP}, {port: 53}]}]",
    "dns",
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            policy(OWN + "egress: [{ports: [{port: 443}]}]"),
            "the pods may not ask DNS: no rule admits port 53 over UDP or TCP",
        ),
        (
            policy(OWN + "egress: [{ports: [{port: 53}]}]"),
            "the pods may not ask DNS: no rule admits port 53 over UDP",
        ),
        (
            policy(OWN + "egress: [{ports: [{port: 53, protocol: UDP}]}]"),
            "dns is admitted over UDP only: large answers, which come over TCP, fail",
        ),
        (policy(OWN + "egress: [{ports: [{port: 443}]}]") + DNS, None),
        (policy(OWN + "egress: []"), None),
        (policy(OWN + "egress: [{}]"), None),
        (policy(OWN + "egress: [{to: [{namespaceSelector: {}}]}]"), None),
        (
            policy(OWN + "egress: [{to: [{podSelector: {}}]}]"),
            "the pods may not ask DNS: no rule admits port 53 over UDP or TCP",
        ),
        (policy("podSelector: {}, policyTypes: [Ingress], ingress: []"), None),
    ],
)
def test_egress_and_dns(text: str, message: str | None) -> None:
    """Policies add up, and one that admits nothing denies on purpose."""
    found = [fault.message for fault in faults(deployment() + text, "policy-without-dns")]
    assert found == ([message] if message else [])


SCRAPED = deployment().replace(
    "metadata: {labels: {app: orders}}",
    'metadata: {labels: {app: orders}, annotations: {prometheus.io/scrape: "true", prometheus.io/port: "8080"}}',
)


@pytest.mark.parametrize(
    ("rules", "count"),
    [
        ("[]", 1),
        ("[{}]", 0),
        ("[{ports: [{port: http}]}]", 0),
        ("[{ports: [{port: 8000, endPort: 8100}]}]", 0),
        ("[{ports: [{port: 8080, protocol: UDP}]}]", 1),
        ("[{ports: [{port: 9090}]}]", 1),
    ],
)
def test_what_a_policy_admits_of_a_scrape(rules: str, count: int) -> None:
    """By number, by name, by range."""
    text = SCRAPED + policy(f"podSelector: {{matchLabels: {{app: orders}}}}, ingress: {rules}")
    assert len(faults(text, "policy-blocks-scrape")) == count


def test_a_policy_of_two_labels_selects_both() -> None:
    """All labels count."""
    text = deployment(labels="app: orders, tier: web") + policy(
        "podSelector: {matchLabels: {app: orders, tier: web}}"
    )
    assert not faults(text, "policy-selects-nothing")
    assert len(faults(text.replace("tier: web}}}", "tier: db}}}"), "policy-selects-nothing")) == 1


def ingress(backend: str, name: str = "orders", annotations: str = "") -> str:
    """An Ingress of one host and path."""
    return (
        "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\n"
        f"metadata: {{name: {name}, annotations: {{{annotations}}}}}\n"
        "spec: {rules: [{host: shop.example.org, http: {paths: [{path: /, pathType: Prefix, "
        f"backend: {{service: {backend}}}}}]}}}}]}}\n"
    )


@pytest.mark.parametrize(
    ("backend", "message"),
    [
        ("{name: orders, port: {number: 80}}", None),
        ("{name: orders, port: {name: http}}", 'port "http" is none of Service/orders; it has none'),
        ("{name: orders, port: {number: 8080}}", "port 8080 is none of Service/orders; it has 80"),
        ("{name: bills, port: {number: 80}}", 'service "bills" is not in this input'),
    ],
)
def test_backends(backend: str, message: str | None) -> None:
    """A Service that is here must have the port."""
    found = [fault.message for fault in faults(service() + ingress(backend), "ingress-backend-missing")]
    assert found == ([message] if message else [])


def test_two_ingresses_of_one_path() -> None:
    """Said once, and not of a canary."""
    backend = "{name: orders, port: {number: 80}}"
    first = ingress(backend)
    assert [
        fault.message for fault in faults(first + ingress(backend, "other"), "ingress-path-conflict")
    ] == ['"shop.example.org/" belongs to Ingress/orders, too']
    canary = ingress(backend, "other", 'nginx.ingress.kubernetes.io/canary: "true"')
    assert not faults(first + canary, "ingress-path-conflict")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (deployment() + service("{name: grpc, port: 9000}"), 1),
        (deployment(1) + service("{name: grpc, port: 9000}"), 0),
        (deployment() + service("{name: grpc, port: 9000}", more="clusterIP: None, "), 0),
        (deployment() + service("{name: web, appProtocol: kubernetes.io/h2c, port: 9000}"), 1),
        (
            deployment(labels="app: orders, sidecar.istio.io/inject: enabled")
            + service("{name: grpc, port: 9000}"),
            0,
        ),
    ],
)
def test_grpc(text: str, count: int) -> None:
    """Of several pods that no mesh balances."""
    assert len(faults(text, "grpc-behind-cluster-ip")) == count
