"""A probe names a port that its container declares.

The kubelet looks a port's name up in the container that the probe belongs to, and nowhere else. A name
that it does not find gives the result Unknown: the liveness probe never restarts anything, the startup or
readiness probe never succeeds, and no event says why. Hooks that name a port are looked at as well.

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
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {path: /live, port: web}}

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
          ports: [{name: http, containerPort: 8080}]
          livenessProbe: {httpGet: {path: /live, port: http}}

See: https://github.com/kubernetes/kubernetes/issues/139283
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.lint.ports import port_names
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container
    from k8sgen.manifests import Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.PROBES
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Probes and hooks that name a port which their container does not have."""
    for workload in manifests.workloads():
        for container in workload.running:
            names = port_names(container)
            for steps, handler in handlers(container):
                for way in ("httpGet", "tcpSocket"):
                    port = (handler.get(way) or {}).get("port")
                    if isinstance(port, str) and port not in names and not port.isdigit():
                        yield unknown(container, (*steps, way, "port"), port)


def handlers(container: Container) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """The probes and hooks of a container."""
    for field in ("startupProbe", "livenessProbe", "readinessProbe"):
        if field in container.data:
            yield (field,), container.data[field]
    for field, hook in (container.data.get("lifecycle") or {}).items():
        if isinstance(hook, dict):
            yield ("lifecycle", field), hook


def unknown(container: Container, steps: Pointer, port: str) -> Fault:
    """The fault of a name that none of the container's ports has."""
    names = port_names(container)
    owners = [each for each in container.workload.running if port in port_names(each)]
    if owners:
        why = f'is a port of container "{owners[0].name}", and only names of its own are looked up'
    elif names:
        listed = ", ".join(f'"{name}"' for name in names)
        why = f"is not among the ports of the container: {listed}"
    else:
        why = "is no port of the container, which names none"
    from difflib import get_close_matches

    close = get_close_matches(port, names, 1) or (names if len(names) == 1 else [])
    hint = (
        f"write {close[0]}, or declare the port"
        if close
        else "declare the port with this name, or write its number"
    )
    return container.fault(steps, f'port "{port}" {why}', hint)
