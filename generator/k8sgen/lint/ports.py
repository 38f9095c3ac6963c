"""Ports of containers, by name and by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container, Workload
    from k8sgen.manifests import Manifest

SCRAPED = ("metric", "telemetry", "monitoring", "prometheus", "profiling", "pprof", "probe", "health")
"""What the names of ports say that only answer with measurements, or with how the pod is."""


def port_number(container: Container, port: int | str | None) -> int | str | None:
    """The number behind a port's name, as the kubelet finds it in the same container; else what was given."""
    if isinstance(port, str):
        for each in container.ports:
            if each.get("name") == port:
                number = each.get("containerPort")
                return number if isinstance(number, int) else port
    return port


def port_names(container: Container) -> list[str]:
    """The names of a container's ports, in order."""
    return [str(each["name"]) for each in container.ports if each.get("name")]


def serving(workload: Workload) -> Container | None:
    """The container that most likely answers requests: the first one with ports, else the first."""
    mains = workload.containers
    return next((each for each in mains if each.ports), mains[0] if mains else None)


def requesting(manifests: Manifests, workload: Workload) -> list[Manifest]:
    """The Services over which others wait for answers of its pods.

    Not those that only let pods of a cluster find each other before they are ready, nor those of which
    every port is scraped for measurements: nobody misses one of these.
    """
    return [
        service
        for service in manifests.services_of(workload)
        if not service.get("spec", "publishNotReadyAddresses") and not all(map(is_scraped, ports_of(service)))
    ]


def ports_of(service: Manifest) -> list[dict[str, Any]]:
    """The ports of a Service; one without a name where it has none, or is a Service of another group."""
    ports = service.get("spec", "ports")
    found: list[dict[str, Any]] = (
        [each for each in ports if isinstance(each, dict)] if isinstance(ports, list) else []
    )
    return found or [{}]


def is_scraped(port: dict[str, Any]) -> bool:
    """Whether a Service's port gives only measurements, as its name says."""
    return any(word in str(port.get("name", "")) for word in SCRAPED)
