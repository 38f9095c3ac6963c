"""A container does not run as root.

Who breaks out of a container as root is root on the node, unless the pod has a user namespace of its own
(`hostUsers: false`, by default from Kubernetes 1.33 on). An init container, which is gone before
requests come, is worth knowing only.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsUser: 0}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

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
          securityContext: {runAsNonRoot: false}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsUser: 65532, runAsNonRoot: true}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/blog/2019/02/11/runc-and-cve-2019-5736/ https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.lint.security import effective, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault
    from k8sgen.lint.workload import Container
    from k8sgen.manifests import Pointer

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
HINT = "write runAsNonRoot: true and a runAsUser above 0"
USER_NAMESPACES = 33


def check(manifests: Manifests) -> Iterator[Fault]:
    """User 0, or runAsNonRoot: false without another user, at the place that says so, once."""
    for workload in manifests.workloads():
        if workload.pod.get("hostUsers") is False and manifests.minor >= USER_NAMESPACES:
            continue
        seen: set[Pointer] = set()
        for container in workload.all_containers:
            pointer, message = root_of(container)
            if not message or pointer in seen:
                continue
            seen.add(pointer)
            passing = container.is_init and not container.is_sidecar and pointer[:-2] == container.pointer
            yield workload.fault(pointer, message, HINT, severity=Severity.INFO if passing else None)


def root_of(container: Container) -> tuple[Pointer, str]:
    """Where it is said that a container runs as root, and in which words."""
    user, non_root = effective(container, "runAsUser"), effective(container, "runAsNonRoot")
    if user == 0:
        refused = ", which runAsNonRoot: true refuses to start" if non_root is True else ""
        return place_of(container, "runAsUser"), f"runAsUser 0 is root{refused}"
    if user is None and non_root is False:
        return place_of(container, "runAsNonRoot"), "runAsNonRoot false lets the image choose root"
    return (), ""
