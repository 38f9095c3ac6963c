"""What the Prometheus operator's monitors select, and the ports that Prometheus then asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.lint.index import ALL_NAMESPACES
from k8sgen.lint.pod_ports import numbers_named
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest, Pointer

MONITORS = ("ServiceMonitor", "PodMonitor")
ENDPOINTS = {"ServiceMonitor": "endpoints", "PodMonitor": "podMetricsEndpoints"}


def namespaces_of(monitor: Manifest) -> list[str]:
    """The namespaces that it looks in."""
    chosen = monitor.get("spec", "namespaceSelector")
    if dig(chosen, "any") is True:
        return [ALL_NAMESPACES]
    names = dig(chosen, "matchNames")
    return [str(each) for each in names] if isinstance(names, list) and names else [monitor.namespace]


def monitored_services(manifests: Manifests, monitor: Manifest) -> list[Manifest]:
    """The Services of a ServiceMonitor."""
    selector = manifests.selector_of(monitor)
    if monitor.kind != "ServiceMonitor" or not selector:
        return []
    return [
        service
        for namespace in namespaces_of(monitor)
        for service in manifests.labelled_services(monitor, selector, namespace)
    ]


def monitored_workloads(manifests: Manifests, monitor: Manifest) -> list[Workload]:
    """The workloads whose pods are asked."""
    if monitor.kind == "ServiceMonitor":
        services = monitored_services(manifests, monitor)
        return [workload for service in services for workload in manifests.selected_by(service)]
    selector = manifests.selector_of(monitor)
    if not selector or not selector.labels:
        return []
    return [
        workload
        for namespace in namespaces_of(monitor)
        for workload in manifests.selected(monitor, selector, namespace)
    ]


def endpoints_of(monitor: Manifest) -> Iterator[tuple[Pointer, str, int | str]]:
    """The ports that a monitor names: where, in which field, and the name or number."""
    field = ENDPOINTS[monitor.kind]
    endpoints = monitor.get("spec", field)
    for index, endpoint in enumerate(endpoints if isinstance(endpoints, list) else ()):
        for name in ("port", "portNumber", "targetPort"):
            port = dig(endpoint, name)
            if isinstance(port, int | str) and port:
                yield ("spec", field, index, name), name, port
                break


def scraped_ports(manifests: Manifests, monitor: Manifest) -> Iterator[tuple[Workload, int, Pointer]]:
    """The ports of pods that Prometheus asks, each with the place that says so."""
    for pointer, field, port in endpoints_of(monitor):
        if monitor.kind == "ServiceMonitor" and field == "port":
            for service in monitored_services(manifests, monitor):
                for each in service.get("spec", "ports") or ():
                    if each.get("name") == port:
                        target = each.get("targetPort", each.get("port"))
                        for workload in manifests.selected_by(service):
                            yield from ((workload, number, pointer) for number in _numbers(workload, target))
        else:
            for workload in monitored_workloads(manifests, monitor):
                yield from ((workload, number, pointer) for number in _numbers(workload, port))


def _numbers(workload: Workload, port: int | str | None) -> list[int]:
    if isinstance(port, str):
        return numbers_named(workload, port)
    return [] if port is None else [port]
