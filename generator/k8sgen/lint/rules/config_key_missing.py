"""A key that is read from a ConfigMap or Secret is in it.

A container whose variable or file comes from a key that is not there does not start:
`CreateContainerConfigError`. Looked at where the ConfigMap or Secret is in the input; one that is not may
well be in the cluster.

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
          env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: orders, key: level}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: info}

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
          env: [{name: LEVEL, valueFrom: {configMapKeyRef: {name: orders, key: LOG_LEVEL}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: info}

See: https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest, Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """References to keys that the object in the input does not have."""
    for workload in manifests.workloads():
        for pointer, kind, name, key in references(workload):
            source = manifests.find(workload.manifest, kind, name)
            if source is None or key in keys_of(source):
                continue
            if kind == "Secret" and not keys_of(source):
                # Committed empty, for somebody or something else to fill.
                continue
            yield workload.fault(
                pointer,
                f'{source.subject} has no key "{key}"',
                "it has " + (", ".join(sorted(keys_of(source))) or "no keys"),
                also=((source, ("metadata", "name"), "the object"),),
            )


def references(workload: Workload) -> Iterator[tuple[Pointer, str, str, str]]:
    """Every key that the pod cannot start without: where it is named, and the kind, name and key."""
    for container in workload.all_containers:
        for index, variable in enumerate(container.env):
            source = variable.get("valueFrom") or {}
            for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
                found = source.get(field)
                if found and not found.get("optional") and found.get("name"):
                    pointer = (*container.pointer, "env", index, "valueFrom", field, "key")
                    yield pointer, kind, found["name"], found.get("key", "")
    for index, volume in enumerate(workload.pod.get("volumes") or ()):
        for field, kind, name in (("configMap", "ConfigMap", "name"), ("secret", "Secret", "secretName")):
            found = volume.get(field)
            if found and not found.get("optional") and found.get(name):
                for number, item in enumerate(found.get("items") or ()):
                    pointer = workload.pod_path("volumes", index, field, "items", number, "key")
                    yield pointer, kind, found[name], item.get("key", "")


def keys_of(source: Manifest) -> set[str]:
    """The keys of a ConfigMap or Secret."""
    return {key for field in ("data", "binaryData", "stringData") for key in source.map(field)}
