"""Which ports a NetworkPolicy opens."""

from __future__ import annotations

from k8sgen.resolve import network
from tests.resolve.specs import spec

PEER = "network: {allowFrom: {gateway: {ports: [http]}}}\n"


def test_a_port_is_opened_by_its_name() -> None:
    """A new version may listen elsewhere while the old one still runs."""
    service = spec(PEER)
    ports = service.network.allow_from["gateway"].ports
    assert ports is not None
    assert network.own_port(ports[0], service) == "http"
    assert network.own_port.reason(ports[0], service) == ""


def test_a_port_of_adopted_pods_is_opened_by_its_number() -> None:
    """Pods that ran before may have no name for it, and would be shut off."""
    service = spec("selector: {app: orders}\n" + PEER)
    ports = service.network.allow_from["gateway"].ports
    assert ports is not None
    assert network.own_port(ports[0], service) == 8080
    assert network.own_port.reason(ports[0], service) == (
        "pods that ran before this spec may have no name for it"
    )


def test_an_empty_list_of_ports_is_all_of_them() -> None:
    """As in a NetworkPolicy."""
    service = spec("network: {allowFrom: {gateway: {ports: []}}}\n")
    assert network.lets_in("http", service)
