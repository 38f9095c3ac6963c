"""Images are pulled at every start.

With `imagePullPolicy: Always` the registry is asked at every start, so that pull credentials are checked
and a moved tag is seen. It makes the registry a part of every restart.

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
          imagePullPolicy: IfNotPresent

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
          imagePullPolicy: Always

See: https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
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
    """Containers whose policy is another; a tag of latest has Always as its default."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            tag = container.image.partition("@")[0].rpartition("/")[2].partition(":")[2]
            default = "Always" if tag in {"", "latest"} and "@" not in container.image else "IfNotPresent"
            policy = container.data.get("imagePullPolicy") or default
            if policy != "Always":
                yield container.fault(
                    ("imagePullPolicy",), f"imagePullPolicy is {policy}", "write imagePullPolicy: Always"
                )
