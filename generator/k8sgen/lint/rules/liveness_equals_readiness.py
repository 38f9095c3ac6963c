"""Liveness asks something else than readiness, or later.

When both probes ask the same and liveness gives up no later than readiness, an overloaded pod is
restarted at the moment it should only have been taken out of traffic. Its load moves to the others, and
they follow. Let liveness ask something cheaper, or let it wait longer: `failureThreshold` times
`periodSeconds` is what counts.

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
          readinessProbe: {httpGet: {path: /healthz, port: http}}
          livenessProbe: {httpGet: {path: /healthz, port: 8080}}

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
          readinessProbe: {httpGet: {path: /ready, port: http}}
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
          readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 5}
          livenessProbe: {httpGet: {path: /healthz, port: http}, failureThreshold: 6}

See: https://github.com/zegl/kube-score/issues/339 https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.lint.ports import port_number
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Probe

SEVERITY = Severity.WARNING
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Liveness probes that ask what readiness asks, and act no later."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever:
            continue
        for container in workload.running:
            liveness, readiness = container.probe("liveness"), container.probe("readiness")
            if not liveness or not readiness or asked(liveness) != asked(readiness):
                continue
            restart, remove = liveness.failures * liveness.period, readiness.failures * readiness.period
            if restart <= remove:
                failures = remove // liveness.period + 1
                yield liveness.fault(
                    (),
                    f"liveness asks what readiness asks and restarts after {restart} s, when readiness takes "
                    f"the pod out of traffic after {remove} s",
                    f"write livenessProbe.failureThreshold: {failures} or more, or ask something that only a "
                    "hung process fails",
                    also=((workload.manifest, (*container.pointer, readiness.field), "readiness"),),
                )


def asked(probe: Probe) -> Any:
    """What a probe asks, with the defaults of its handler and the number of its port."""
    container, data = probe.container, probe.data
    port = port_number(container, probe.port)
    if http := data.get("httpGet"):
        headers = sorted(
            (str(each.get("name")).lower(), str(each.get("value"))) for each in http.get("httpHeaders") or ()
        )
        return (
            "http",
            port,
            http.get("path") or "/",
            http.get("scheme") or "HTTP",
            http.get("host") or "",
            headers,
        )
    if tcp := data.get("tcpSocket"):
        return ("tcp", port, tcp.get("host") or "")
    if grpc := data.get("grpc"):
        return ("grpc", port, grpc.get("service") or "")
    return ("exec", dig(data, "exec", "command"))
