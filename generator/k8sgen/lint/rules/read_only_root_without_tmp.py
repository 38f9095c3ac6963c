"""With a read-only root a container has a /tmp to write to.

Many programs and runtimes write temporary files: uploads, sockets, caches, unpacked classes. With
`readOnlyRootFilesystem: true` and no volume at `/tmp` they fail when they first do, which may be long after the start.

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
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext: {readOnlyRootFilesystem: true}

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
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext: {readOnlyRootFilesystem: true}
          volumeMounts: [{name: tmp, mountPath: /tmp}]
      volumes: [{name: tmp, emptyDir: {}}]

See: https://github.com/minio/minio/issues/17300
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STRICT
READ_ONLY = ("configMap", "secret", "projected", "downwardAPI")


def check(manifests: Manifests) -> Iterator[Fault]:
    """What runs with a read-only root, without a writable volume where temporary files go."""
    for workload in manifests.workloads():
        fixed = {
            volume.get("name")
            for volume in workload.pod.get("volumes") or ()
            if any(map(volume.get, READ_ONLY))
        }
        for container in workload.running:
            if container.security.get("readOnlyRootFilesystem") is not True:
                continue
            directory = normpath(container.variable("TMPDIR") or "/tmp")  # noqa: S108 - the name is what is looked for
            writable = [
                normpath(str(mount.get("mountPath", "")))
                for mount in container.data.get("volumeMounts") or ()
                if not mount.get("readOnly") and mount.get("name") not in fixed
            ]
            if not any(covers(path, directory) or covers(directory, path) for path in writable):
                yield container.fault(
                    ("securityContext", "readOnlyRootFilesystem"),
                    f'container "{container.name}" has a read-only root and nothing to write to at {directory}',
                    f"mount an emptyDir at {directory}",
                )


def covers(upper: str, lower: str) -> bool:
    """Whether a directory is another one, or lies above it."""
    return lower == upper or lower.startswith(upper.rstrip("/") + "/")
