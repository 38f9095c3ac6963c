"""A liveness probe comes with a startup probe.

Without a startup probe, liveness has two jobs that pull in different directions: it should notice a hung
process soon, and leave a slow start alone. A start that takes longer than usual, on a busy node or after
a migration, is then killed. Reported are liveness probes that restart within 30 s of the start.

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
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 2, failureThreshold: 30}
          livenessProbe: {httpGet: {path: /live, port: http}}

See: https://github.com/treeverse/charts/issues/143 https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
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
PROFILE = Profile.STRICT


class Options(NamedTuple):
    """`seconds`: a liveness probe that leaves a start more than these needs no startup probe."""

    seconds: int = 30


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Liveness probes that leave a start little time and have no startup probe before them."""
    for workload in manifests.workloads():
        if not workload.runs_for_ever or workload.facts.startup_seconds is not None:
            continue
        for container in workload.running:
            probe = container.probe("liveness")
            if probe is None or container.probe("startup"):
                continue
            latest = probe.initial_delay + probe.failures * probe.period
            if latest <= options.seconds:
                yield probe.fault(
                    (),
                    f"a start that takes longer than {latest} s is restarted, as no startupProbe waits for it",
                    "add a startupProbe with the same handler and a failureThreshold for the slowest start",
                )
