"""A NetworkPolicy lets Prometheus reach the port it scrapes.

Once a policy isolates the ingress of a pod, only the ports that some policy admits are open. Prometheus asks
the pod's port, not that of a Service. Looked at are ports named by the annotation `prometheus.io/port`, by a
ServiceMonitor and by a PodMonitor; from where a policy admits connections is not looked at.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}, annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090"}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec:
  podSelector: {matchLabels: {app: orders}}
  policyTypes: [Ingress]
  ingress: [{ports: [{port: 8080}]}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}, annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9090"}}
    spec:
      containers:
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec:
  podSelector: {matchLabels: {app: orders}}
  policyTypes: [Ingress]
  ingress: [{ports: [{port: 8080}, {port: metrics}]}]

See: https://github.com/codecentric/helm-charts/issues/546
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.monitors import MONITORS, scraped_ports
from k8sgen.lint.policies import admits, isolates_ingress
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest, Pointer

SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD

PORT = "prometheus.io/port"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Scraped ports that the policies of their pods do not admit."""
    for workload in manifests.workloads(*RUNS_FOR_EVER):
        port = str(workload.annotations.get(PORT, ""))
        if str(workload.annotations.get("prometheus.io/scrape")) == "true" and port.isdecimal():
            pointer: Pointer = (*workload.template_pointer, "metadata", "annotations", PORT)
            yield from blocked(manifests, workload, int(port), workload.manifest, pointer)
    for monitor in manifests.of_kind(*MONITORS):
        for workload, number, pointer in scraped_ports(manifests, monitor):
            yield from blocked(manifests, workload, number, monitor, pointer)


def blocked(
    manifests: Manifests, workload: Workload, number: int, scraper: Manifest, pointer: Pointer
) -> Iterator[Fault]:
    """The fault of one port, if the pods are isolated and no policy admits it."""
    policies = [each for each in manifests.policies_of(workload) if isolates_ingress(each)]
    if policies and not any(admits(each, workload, number) for each in policies):
        yield Fault(
            scraper,
            pointer,
            f"no NetworkPolicy of {workload!r} admits port {number}, which Prometheus scrapes",
            f"admit port {number} in {policies[0].subject}, from the namespace of Prometheus",
            also=((policies[0], ("spec", "ingress"), "what the policy admits"),),
        )
