"""A ServiceMonitor or PodMonitor names ports that exist.

`port` of a ServiceMonitor is the name of a Service's port, not a number and not the container's port; of a
PodMonitor it is the name of a container port. `targetPort` and `portNumber` find declared container ports
only. Prometheus drops every target for a port that is not there, and reports nothing.

Bad:
apiVersion: v1
kind: Service
metadata: {name: orders, labels: {app: orders}}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: orders}
spec: {selector: {matchLabels: {app: orders}}, endpoints: [{port: metrics}]}

Good:
apiVersion: v1
kind: Service
metadata: {name: orders, labels: {app: orders}}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: orders}
spec: {selector: {matchLabels: {app: orders}}, endpoints: [{port: http}]}

See: https://github.com/prometheus-operator/prometheus-operator/issues/4639
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.monitors import MONITORS, endpoints_of, monitored_services, monitored_workloads
from k8sgen.lint.pod_ports import declared, declares
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.ERROR
CATEGORY = Category.NETWORK
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Endpoints of monitors for ports that are not there."""
    for monitor in manifests.of_kind(*MONITORS):
        services = monitored_services(manifests, monitor)
        workloads = monitored_workloads(manifests, monitor)
        for pointer, field, port in endpoints_of(monitor):
            if field == "port" and monitor.kind == "ServiceMonitor":
                ports = [each for service in services for each in service.get("spec", "ports") or ()]
                if not services or port in [each.get("name") for each in ports]:
                    continue
                own = services[0].get("spec", "ports") or ()
                there = ", ".join(
                    str(each.get("name") or f"{each.get('port')} without a name") for each in own
                )
                yield Fault(
                    monitor,
                    pointer,
                    f'no port of {services[0].subject} is named "{port}"; its ports: {there or "none"}',
                    "write the name of the Service's port",
                    also=((services[0], ("spec", "ports"), "its ports"),),
                )
            elif workloads and not any(declares(each, port) for each in workloads):
                first = workloads[0]
                yield Fault(
                    monitor,
                    pointer,
                    f'no container of {first!r} declares port "{port}"; declared: {declared(first)}',
                    "name a declared container port",
                    also=((first.manifest, (*first.pod_pointer, "containers"), "the pods that it selects"),),
                )
