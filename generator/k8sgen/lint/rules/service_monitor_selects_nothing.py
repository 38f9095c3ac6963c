"""A ServiceMonitor selects a Service by the Service's own labels.

A ServiceMonitor that selects nothing is silent: Prometheus has no target. Most often the labels are those of
the pods, which the Service selects but does not carry itself; that is a warning. Else it only says that no
such Service, or for a PodMonitor no such pod, is in this input.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: orders}
spec: {selector: {matchLabels: {app: orders}}, endpoints: [{port: http}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders, labels: {app: orders}}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: orders}
spec: {selector: {matchLabels: {app: orders}}, endpoints: [{port: http}]}

See: https://github.com/prometheus-operator/prometheus-operator/blob/main/Documentation/platform/troubleshooting.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.monitors import MONITORS, monitored_services, monitored_workloads, namespaces_of
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Monitors that select nothing in this input."""
    for monitor in manifests.of_kind(*MONITORS):
        selector = manifests.selector_of(monitor)
        namespaces = namespaces_of(monitor)
        if not selector or not selector.labels or namespaces != [monitor.namespace]:
            continue
        of_pods = monitor.kind == "PodMonitor"
        if monitored_workloads(manifests, monitor) or monitored_services(manifests, monitor):
            continue
        place = ("spec", "selector")
        if not of_pods and (workloads := manifests.selected(monitor, selector)):
            service = next(iter(manifests.services_of(workloads[0])), None)
            if service:
                yield Fault(
                    monitor,
                    place,
                    f"no Service carries the labels {selector}; the pods of {workloads[0]!r} do",
                    f"add these labels to {service.subject}, too: they are looked up there",
                    also=((service, ("metadata", "labels"), "selects these pods"),),
                )
                continue
        if manifests.has(monitor, *(RUNS_FOR_EVER if of_pods else ("Service",))):
            yield Fault(
                monitor,
                place,
                f"no {'pod' if of_pods else 'Service'} in this input has the labels {selector}",
                "select labels that it has, or add it to the input",
                severity=Severity.INFO,
            )
