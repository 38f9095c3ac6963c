"""An image names a version, not a moving tag.

A tag such as `latest` names another image tomorrow: two pods of one Deployment may run different code,
and a rollback rolls back to nothing. `imagePullPolicy` then defaults to Always, too.

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
          image: ghcr.io/acme/orders:latest

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

See: https://kubernetes.io/docs/concepts/containers/images/#image-names
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD
BUILT = "ko://"
"""What ko builds, and writes with its digest when it applies the manifest."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Images without a tag, or with `latest`."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            name, _, digest = container.image.partition("@")
            if digest or not name or name.startswith(BUILT):
                continue
            tag = name.rpartition("/")[2].partition(":")[2]
            if tag in {"", "latest"}:
                what = "has no tag, which means latest" if not tag else "is a moving tag"
                yield container.fault(
                    ("image",),
                    f'image "{container.image}" {what}',
                    "name the version that you tested, such as :1.4.2",
                )
