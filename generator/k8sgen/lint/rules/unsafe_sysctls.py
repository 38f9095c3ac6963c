"""A pod sets only kernel parameters that the kubelet allows.

The kubelet takes sysctls of a pod only from a list that it holds to be safe, which grew over the versions.
A pod with another one is placed on a node and then refused there with SysctlForbidden, unless the
node's `allowedUnsafeSysctls` names it.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {sysctls: [{name: net.core.somaxconn, value: "1024"}]}
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
      securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65535"}]}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STRICT
SAFE_SINCE = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ping_group_range": 18,
    "net.ipv4.ip_unprivileged_port_start": 22,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
}
"""The minor version from which on a sysctl is on the kubelet's list of safe ones."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Sysctls that the target version's kubelet refuses by default."""
    for workload in manifests.workloads():
        for index, sysctl in enumerate(dig(workload.pod, "securityContext", "sysctls") or ()):
            name = str(sysctl.get("name", "")).replace("/", ".")
            if name and SAFE_SINCE.get(name, 999) > manifests.minor:
                yield workload.pod_fault(
                    ("securityContext", "sysctls", index, "name"),
                    f'sysctl "{name}" is not allowed by a kubelet of 1.{manifests.minor} unless its node says so',
                    "remove it, or run the pod only on nodes whose allowedUnsafeSysctls names it",
                )
