"""A StatefulSet's serviceName is a headless Service.

The pods of a StatefulSet get names of their own, such as `orders-0.orders`, from a headless Service
(`clusterIP: None`) of that name that selects them. Without one these names do not resolve, and members that
find each other by them do not start. Of a single pod this is only said as info: nobody may ask for it by name.

Bad:
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  replicas: 3
  serviceName: orders
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

Good:
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: orders}
spec:
  replicas: 3
  serviceName: orders
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {clusterIP: None, selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#limitations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.manifests import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests


SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """StatefulSets whose Service does not name their pods."""
    place = ("spec", "serviceName")
    for workload in manifests.workloads("StatefulSet"):
        name = text(workload.spec.get("serviceName"))
        if not name:
            continue
        service = manifests.find(workload.manifest, "Service", name)
        if service is None:
            if manifests.has(workload.manifest, "Service") and not manifests.is_anywhere(
                "Service", name, workload.namespace
            ):
                yield workload.fault(
                    place,
                    f'service "{name}" is not in this input',
                    "name a headless Service that selects its pods, or add it to the input",
                    severity=Severity.INFO,
                )
        elif service.get("spec", "clusterIP") != "None":
            yield workload.fault(
                place,
                f'service "{name}" is not headless: {workload.name}-0.{name} does not resolve',
                "name a Service with clusterIP: None (the field of an existing one cannot be changed)",
                also=((service, ("spec", "clusterIP"), "has an address of its own"),),
                severity=None if manifests.floor(workload) > 1 else Severity.INFO,
            )
