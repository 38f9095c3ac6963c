"""A program that is not root listens above 1023.

Ports below 1024 need a right that a program without root has only where the container runtime gives it:
containerd does by default from 2.0 on, older ones must be told. With `capabilities: {drop: [ALL]}`
the listening fails elsewhere. The sysctl `net.ipv4.ip_unprivileged_port_start: "0"` settles it in the pod.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          ports: [{containerPort: 80}]
          securityContext: {capabilities: {drop: [ALL]}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          ports: [{containerPort: 8080}]
          securityContext: {capabilities: {drop: [ALL]}}

See: https://github.com/containerd/containerd/issues/6924 https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
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

SEVERITY = Severity.INFO
CATEGORY = Category.SECURITY
PROFILE = Profile.STRICT
SYSCTL = "net.ipv4.ip_unprivileged_port_start"


def check(manifests: Manifests) -> Iterator[Fault]:
    """Low ports of containers that are not root and dropped all capabilities."""
    for workload in manifests.workloads():
        sysctls = dig(workload.pod, "securityContext", "sysctls") or ()
        if workload.pod.get("hostNetwork") or any(each.get("name") == SYSCTL for each in sysctls):
            continue
        for container in workload.running:
            capabilities = container.security.get("capabilities") or {}
            if "ALL" not in (capabilities.get("drop") or ()) or capabilities.get("add") or is_root(container):
                continue
            for index, port in enumerate(container.ports):
                number = port.get("containerPort") or 1024
                if number < 1024:
                    yield container.fault(
                        ("ports", index, "containerPort"),
                        f"port {number} is below 1024, which some container runtimes keep for root",
                        f'listen on a port above 1023, or set the sysctl {SYSCTL} to "0"',
                    )


def is_root(container: Container) -> bool:
    """Whether it may be root, as far as its security context says."""
    user = effective(container, "runAsUser")
    return user == 0 or (user is None and effective(container, "runAsNonRoot") is not True)
