"""A startup probe waits for a start, not a long initial delay.

With `initialDelaySeconds` on the liveness probe every start waits that long before a hang is noticed, and
a start that takes longer is killed all the same. A startup probe ends as soon as the start is through,
and may leave room for the slowest.

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
          livenessProbe: {httpGet: {path: /live, port: http}, initialDelaySeconds: 60}

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
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 5, failureThreshold: 13}
          livenessProbe: {httpGet: {path: /live, port: http}}

See: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


class Options(NamedTuple):
    """`seconds`: from which initial delay of liveness on it is reported."""

    seconds: int = 30


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Long initial delays of liveness without a startup probe."""
    for workload in manifests.workloads():
        for container in workload.running:
            probe = container.probe("liveness")
            if probe and probe.initial_delay >= options.seconds and not container.probe("startup"):
                failures = -(-probe.initial_delay // 5) + 1
                yield probe.fault(
                    ("initialDelaySeconds",),
                    f"liveness waits {probe.initial_delay} s after every start, and kills a start that takes longer than "
                    f"{probe.initial_delay + probe.failures * probe.period} s",
                    "replace it by a startupProbe with the same handler, periodSeconds: 5 and "
                    f"failureThreshold: {failures} or more",
                )
