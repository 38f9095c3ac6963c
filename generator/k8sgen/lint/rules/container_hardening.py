"""A container gives up the rights that it does not need.

Unless told otherwise a container may run as root, may gain rights by set-user-id programs, keeps 14 Linux
capabilities, may write over its own image and may call every system call. Each is a step from a bug in the
program to the node. The five settings here are what the Pod Security Standard "restricted" asks for, and
a read-only root. All that a container leaves open are named at once. What is opened on purpose
is said by `runs-as-root` and `privileged-container`.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}

See: https://kubernetes.io/blog/2019/02/11/runc-and-cve-2019-5736/ https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.lint.security import effective
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault
    from k8sgen.lint.workload import Container

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Containers that leave one of the five open, except Windows' and privileged ones."""
    for workload in manifests.workloads():
        if dig(workload.pod, "os", "name") == "windows":
            continue
        for container in workload.all_containers:
            if container.security.get("privileged") is True:
                continue
            if missing := list(gaps(container)):
                names = ", ".join(each.partition(":")[0] for each in missing)
                yield container.fault(
                    ("securityContext",),
                    f'container "{container.name}" leaves open: {names}',
                    f"write {', '.join(missing)}",
                )


def gaps(container: Container) -> Iterator[str]:
    """What to write in the security context of a container."""
    if effective(container, "runAsNonRoot") is None and effective(container, "runAsUser") is None:
        yield "runAsNonRoot: true"
    if container.security.get("allowPrivilegeEscalation") is None:
        yield "allowPrivilegeEscalation: false"
    if container.security.get("readOnlyRootFilesystem") is not True:
        yield "readOnlyRootFilesystem: true"
    dropped = dig(container.security, "capabilities", "drop") or []
    if "ALL" not in {str(each).upper() for each in dropped}:
        yield "capabilities: {drop: [ALL]}"
    if effective(container, "seccompProfile") is None:
        yield "seccompProfile: {type: RuntimeDefault}"
