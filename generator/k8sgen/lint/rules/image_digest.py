"""An image is named by its digest.

A tag can be moved to another image; a digest cannot. Most teams read tags, and let a tool write digests.

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
          image: ghcr.io/acme/orders@sha256:9b2c9c1f5d5d5d1e6e8f3a4b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d

See: https://kubernetes.io/docs/concepts/containers/images/#image-names
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
    """Images without a digest."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            if container.image and "@" not in container.image:
                yield container.fault(
                    ("image",),
                    f'image "{container.image}" has no digest',
                    "append @sha256:… of the image that you tested",
                )
