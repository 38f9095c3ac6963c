"""Secrets are read from files.

Variables are inherited by every child process and end up in crash reports. A mounted file is not, and
changes with its Secret.

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
          env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: orders, key: token}}}]

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
          volumeMounts: [{name: secret, mountPath: /secret}]
      volumes: [{name: secret, secret: {secretName: orders}}]

See: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.SECURITY
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Variables, alone or as a whole, that come from a Secret."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            for index, variable in enumerate(container.env):
                if (variable.get("valueFrom") or {}).get("secretKeyRef"):
                    name = variable.get("name", "")
                    yield container.fault(
                        ("env", index, "valueFrom", "secretKeyRef"),
                        f'variable "{name}" comes from a Secret',
                        "mount the Secret as a file",
                        key=True,
                    )
            for index, source in enumerate(container.data.get("envFrom") or ()):
                if source.get("secretRef"):
                    yield container.fault(
                        ("envFrom", index, "secretRef"),
                        "all keys of a Secret become variables",
                        "mount the Secret as a file",
                        key=True,
                    )
