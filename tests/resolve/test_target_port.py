"""How Services find the ports of pods."""

from __future__ import annotations

from k8sgen.resolve.services import target_port
from tests.resolve.specs import spec


def test_a_service_finds_a_port_by_its_name() -> None:
    """A new version may listen elsewhere while the old one still runs."""
    service = spec()
    assert target_port(service.ports["http"], "http", service) == "http"
    assert target_port.reason(service.ports["http"], "http", service) == ""


def test_a_service_of_adopted_pods_finds_a_port_by_its_number() -> None:
    """The pods that run already may not have given it a name."""
    service = spec("selector: {app: orders}\n")
    assert target_port(service.ports["http"], "http", service) == 8080
    reason = "pods that ran before this spec may have no name for it"
    assert target_port.reason(service.ports["http"], "http", service) == reason
