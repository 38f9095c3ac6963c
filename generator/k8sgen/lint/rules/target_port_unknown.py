"""A Service's named target port is declared by its pods.

A `targetPort` given by name is looked up among the container ports of each pod, with its protocol. Where no
pod declares it, the Service has no endpoint for that port and refuses every connection.

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
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: web, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: http}]}

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
        - {name: orders, image: "ghcr.io/acme/orders:1.4.2", ports: [{name: http, containerPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: http}]}

See: https://github.com/bitnami/charts/issues/21488 https://github.com/bespinian/livelint/issues/27
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.pod_ports import declared, declares, protocol_of
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.ERROR
CATEGORY = Category.NETWORK
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Names of target ports that no selected pod declares."""
    for service in manifests.services():
        ports = service.get("spec", "ports") or ()
        if not any(is_name(port.get("targetPort")) for port in ports):
            continue
        workloads = [each for each in manifests.selected_by(service) if each.kind in RUNS_FOR_EVER]
        for index, port in enumerate(ports):
            name = port.get("targetPort")
            if not workloads or not is_name(name):
                continue
            if not any(declares(each, name, protocol_of(port)) for each in workloads):
                first = workloads[0]
                yield Fault(
                    service,
                    ("spec", "ports", index, "targetPort"),
                    f'no {protocol_of(port)} port of {first!r} is named "{name}"; declared: {declared(first)}',
                    "name a declared port, or give its number",
                    also=((first.manifest, (*first.pod_pointer, "containers"), "the pods that it selects"),),
                )


def is_name(port: object) -> bool:
    """Whether a target port is given by name."""
    return isinstance(port, str) and not port.isdecimal()
