"""A changed ConfigMap or Secret reaches the pods.

Variables, and files mounted with `subPath`, keep the values that they had when the pod started: a changed
ConfigMap changes nothing until something else restarts the pods, some of them early, some late. A
checksum of it in an annotation of the pod template, or in its name, makes the change a rollout.

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
          envFrom: [{configMapRef: {name: orders}}]
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
    metadata:
      labels: {app: orders}
      annotations: {checksum/config: 9f86d081884c7d65}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          envFrom: [{configMapRef: {name: orders}}]
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
          ports: [{name: http, containerPort: 8080}]
          envFrom: [{configMapRef: {name: orders-5h2k7tbd8m}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: orders-5h2k7tbd8m}
data: {LOG_LEVEL: info}

See: https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container
    from k8sgen.manifests import Pointer

SEVERITY = Severity.INFO
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STRICT


HASHED = re.compile(r"-[a-z0-9]{10}$|-[0-9a-f]{7,64}$").search
RELOADER = "reloader.stakater.com/"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Workloads that read objects of this input once, with nothing that tells when these change."""
    for workload in manifests.workloads("Deployment", "StatefulSet", "DaemonSet"):
        notes = [*workload.annotations, *workload.manifest.map("metadata", "annotations")]
        if any("checksum" in key or "hash" in key or RELOADER in key for key in notes):
            continue
        for container in workload.all_containers:
            for pointer, kind, name in read_once(container):
                found = manifests.find(workload.manifest, kind, name)
                if found and not HASHED(name) and not found.data.get("immutable"):
                    yield container.fault(
                        pointer,
                        f'container "{container.name}" reads {kind}/{name} once, when it starts, and nothing starts new pods '
                        "when that changes",
                        f"add an annotation such as checksum/config with a hash of {kind}/{name} to the pod template",
                        also=((found, ("metadata", "name"), "is read once"),),
                    )
                    break
            else:
                continue
            break


def read_once(container: Container) -> Iterator[tuple[Pointer, str, str]]:
    """The ConfigMaps and Secrets that its variables and its files with `subPath` come from."""
    for index, each in enumerate(container.env):
        for field, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
            if name := dig(each, "valueFrom", field, "name"):
                yield ("env", index, "valueFrom", field, "name"), kind, name
    for index, each in enumerate(container.data.get("envFrom") or ()):
        for field, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
            if name := dig(each, field, "name"):
                yield ("envFrom", index, field, "name"), kind, name
    yield from mounted_by_sub_path(container)


def mounted_by_sub_path(container: Container) -> Iterator[tuple[Pointer, str, str]]:
    """Those whose files are mounted with `subPath`, which are never refreshed."""
    mounts = container.data.get("volumeMounts") or ()
    if any(mount.get("subPath") for mount in mounts):
        volumes = {volume.get("name"): volume for volume in container.workload.pod.get("volumes") or ()}
        for index, mount in enumerate(mounts):
            volume = volumes.get(mount.get("name")) if mount.get("subPath") else None
            for way, field, kind in (("configMap", "name", "ConfigMap"), ("secret", "secretName", "Secret")):
                if name := dig(volume, way, field):
                    yield ("volumeMounts", index, "subPath"), kind, name
