"""Calls over gRPC reach more than one pod.

A gRPC client keeps one connection, and a Service with an address of its own chooses a pod by connection: all
calls of a client go to one pod, and new pods stay idle. A headless Service with balancing in the client, or
a mesh, chooses by call. Looked at are workloads of two pods or more that no mesh is seen for.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: grpc, port: 9000, targetPort: 9000}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  replicas: 3
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {clusterIP: None, selector: {app: orders}, ports: [{name: grpc, port: 9000, targetPort: 9000}]}

See: https://github.com/dapr/dapr/issues/1444 https://kubernetes.io/blog/2018/11/07/grpc-load-balancing-on-kubernetes-without-tears/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.manifests import text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.INFO
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD

MESHES = (
    "sidecar.istio.io",
    "istio.io",
    "istio-injection",
    "linkerd.io",
    "consul.hashicorp.com",
    "kuma.io",
    "dapr.io",
)
PROTOCOLS = {"grpc", "kubernetes.io/h2c"}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Services with an address of their own in front of gRPC."""
    for service in manifests.services():
        spec = service.map("spec")
        if spec.get("clusterIP") == "None" or spec.get("type", "ClusterIP") != "ClusterIP":
            continue
        index = next(
            (number for number, port in enumerate(spec.get("ports") or ()) if speaks_grpc(port)), None
        )
        if index is None:
            continue
        for workload in manifests.selected_by(service):
            if manifests.floor(workload) < 2 or in_mesh(manifests, workload):
                continue
            if any(each.get("spec", "clusterIP") == "None" for each in manifests.services_of(workload)):
                continue
            yield Fault(
                service,
                ("spec", "ports", index),
                f"all gRPC calls of a client go to one of the {manifests.floor(workload)} pods of {workload!r}",
                "add a headless Service (clusterIP: None) and balance in the client, or use a mesh",
            )
            break


def speaks_grpc(port: dict[str, Any]) -> bool:
    """Whether a port says that it speaks gRPC."""
    name = text(port.get("name"))
    return port.get("appProtocol") in PROTOCOLS or name == "grpc" or name.startswith("grpc-")


def in_mesh(manifests: Manifests, workload: Workload) -> bool:
    """Whether labels or annotations of the pods or their namespace name a mesh."""
    keys = [*workload.labels, *workload.annotations]
    namespace = manifests.find(workload.manifest, "Namespace", workload.namespace, "")
    if namespace:
        keys += [*namespace.map("metadata", "labels"), *namespace.map("metadata", "annotations")]
    return any(key.startswith(MESHES) for key in keys)
