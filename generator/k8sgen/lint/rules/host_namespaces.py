"""A pod has namespaces of its own, not those of its node.

With the node's processes, network or IPC a pod sees what others do there: hostPID shows the environment of
every program, hostNetwork passes by NetworkPolicies and takes the node's ports. The pods of a DaemonSet are
often there to look after the node, so that it is only a warning for them. A hostPort lets a
single pod run on each node, and opens it to whoever reaches the node.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      hostPID: true
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
          ports: [{containerPort: 8080, hostPort: 8080}]

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
          ports: [{containerPort: 8080}]

See: https://github.com/containerd/containerd/security/advisories/GHSA-36xw-fx78-c5r4 https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
SHARED = {
    "hostPID": "sees and may stop every process of the node",
    "hostIPC": "shares the memory segments of the node",
    "hostNetwork": "has the network of the node, past every NetworkPolicy",
}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Namespaces of the node, and its ports where the network is the pod's own."""
    for workload in manifests.workloads():
        mild = Severity.WARNING if workload.kind == "DaemonSet" else None
        for field, effect in SHARED.items():
            if workload.pod.get(field) is True:
                yield workload.pod_fault(
                    (field,), f"{field} true: the pod {effect}", f"remove {field}", severity=mild
                )
        if workload.pod.get("hostNetwork") is True:
            continue
        for container in workload.all_containers:
            for index, port in enumerate(container.ports):
                if port.get("hostPort"):
                    yield container.fault(
                        ("ports", index, "hostPort"),
                        f"hostPort {port['hostPort']} is taken on the node, where one such pod can run",
                        "remove hostPort, and write a Service of type LoadBalancer or NodePort",
                        severity=Severity.INFO if mild else Severity.WARNING,
                    )
