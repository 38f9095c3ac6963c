"""Liveness has more than the default second to answer.

`timeoutSeconds` is 1 unless it is given. A pause of the garbage collector, a throttled CPU or a busy node
easily takes a second, and three such answers in a row restart a container that was only slow. Probes that
only open a connection are not meant: the kernel answers those.

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
          livenessProbe: {httpGet: {path: /live, port: http}}

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
          livenessProbe: {httpGet: {path: /live, port: http}, timeoutSeconds: 3}

See: https://github.com/datastax/pulsar-helm-chart/issues/73
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Liveness probes whose answer must come within a second."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever:
            continue
        for container in workload.running:
            probe = container.probe("liveness")
            if probe and probe.timeout == 1 and "tcpSocket" not in probe.data:
                yield probe.fault(
                    ("timeoutSeconds",),
                    f"liveness has 1 s to answer, and {probe.failures} late answers restart the container",
                    f"write timeoutSeconds: {min(3, probe.period)} or more"
                    if probe.period > 1
                    else "write a longer period and time-out",
                )
