"""A pod does not mount directories of its node.

A hostPath volume is what happens to lie on the node: another one after the pod moved, and a way out of
the container. The socket of a container runtime is root on the node; so is a system directory that may be
written. A DaemonSet that looks after its node may need one: that is milder.

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
          volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]
      volumes: [{name: docker, hostPath: {path: /var/run/docker.sock}}]

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
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, hostPath: {path: /mnt/orders}}]

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
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: orders}}]

See: https://github.com/kubernetes/kubernetes/issues/104980 https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
SOCKETS = ("docker.sock", "containerd.sock", "crio.sock", "dockershim.sock", "cri-dockerd.sock")
SYSTEM = [
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/lib",
    "/lib64",
    "/opt/cni",
    "/proc",
    "/root",
    "/run",
    "/sbin",
    "/sys",
    "/usr",
    "/var/lib/containerd",
    "/var/lib/docker",
    "/var/lib/etcd",
    "/var/lib/kubelet",
    "/var/run",
]


def check(manifests: Manifests) -> Iterator[Fault]:
    """Volumes of the node, more or less grave by what lies there and who may write."""
    for workload in manifests.workloads():
        for index, volume in enumerate(workload.pod.get("volumes") or ()):
            path = dig(volume, "hostPath", "path")
            if not path:
                continue
            what, severity = weigh(workload, str(volume.get("name")), normpath(path))
            yield workload.pod_fault(
                ("volumes", index, "hostPath", "path"),
                f'hostPath "{path}" {what}',
                "use a volume of the cluster: a persistentVolumeClaim, an emptyDir or a ConfigMap",
                severity=severity,
            )


def weigh(workload: Workload, volume: str, path: str) -> tuple[str, Severity | None]:
    """What is wrong with a directory of the node, and a milder severity than an error."""
    on_every_node = workload.kind == "DaemonSet"
    if path.endswith(SOCKETS):
        return "is the socket of the container runtime, which is root on the node", None
    system = path == "/" or any(path == each or path.startswith(f"{each}/") for each in SYSTEM)
    if system and any(
        mount.get("name") == volume and not mount.get("readOnly")
        for container in workload.all_containers
        for mount in container.data.get("volumeMounts") or ()
    ):
        milder = Severity.WARNING if on_every_node else None
        return "is part of the node's system, and the pod may write there", milder
    return "ties the pod to what lies on one node", Severity.INFO if on_every_node else Severity.WARNING
