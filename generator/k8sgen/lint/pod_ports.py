"""Ports of whole pods, as Services, monitors and policies name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from k8sgen.lint.workload import Workload


def protocol_of(port: dict[str, Any]) -> str:
    """The protocol of a port; TCP unless it says."""
    return str(port.get("protocol") or "TCP")


def numbers_named(workload: Workload, name: str, protocol: str = "TCP") -> list[int]:
    """The numbers of the ports that a pod's containers declare under a name.

    Source: `pkg/api/v1/pod`, FindPort: the protocol must agree, too.
    """
    return [
        port["containerPort"]
        for port in workload.ports
        if port.get("name") == name and protocol_of(port) == protocol and "containerPort" in port
    ]


def declares(workload: Workload, port: int | str, protocol: str = "TCP") -> bool:
    """Whether a pod's containers declare a port of this name or number."""
    if isinstance(port, str):
        return bool(numbers_named(workload, port, protocol))
    return any(each.get("containerPort") == port and protocol_of(each) == protocol for each in workload.ports)


def declared(workload: Workload) -> str:
    """All ports that a pod's containers declare, for people: `http (8080), 9090`; `none`."""
    ports = [
        f"{port['name']} ({port.get('containerPort')})"
        if port.get("name")
        else str(port.get("containerPort"))
        for port in workload.ports
    ]
    return ", ".join(ports) or "none"
