"""A probe asks a port that some container declares.

Declaring a port is documentation to Kubernetes: a probe of a number that nobody declares is legal and may
work. Where a container declares other ports, though, it is often a number that was changed in one place
and not in the other, and then every probe fails.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: 8081}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: 8080}}

See: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import PROBES
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Numeric ports of probes that are not declared, in containers that declare others."""
    for workload in manifests.workloads():
        for container in workload.running:
            probes = [
                found for kind in PROBES if (found := container.probe(kind)) and isinstance(found.port, int)
            ]
            if not probes or not container.ports:
                continue
            declared = {port.get("containerPort") for port in workload.ports}
            for probe in probes:
                way = next(iter(probe.handler), "")
                port = probe.port
                if port not in declared and not dig(probe.data, way, "host"):
                    declared.add(port)  # said once a pod
                    numbers = ", ".join(str(each.get("containerPort")) for each in container.ports)
                    yield probe.fault(
                        (way, "port"),
                        f"port {port} is not declared; the container declares {numbers}",
                        "declare the port, or ask one that is",
                    )
