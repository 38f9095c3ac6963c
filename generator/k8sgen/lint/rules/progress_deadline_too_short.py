"""A rollout may take as long as its start-up.

A Deployment whose pods make no progress for `progressDeadlineSeconds` (600 unless given) is reported as
failed, and tools that wait for it give up or roll back. A pod that starts makes no progress until it is
ready. So a startup probe that may wait longer, or a start that is declared to take longer
(`k8sgen/startup-seconds`), fails rollouts that are fine. Kubernetes compares only `minReadySeconds`.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  progressDeadlineSeconds: 120
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10, failureThreshold: 30}

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
          startupProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10, failureThreshold: 30}

See: https://github.com/kubernetes/k8s.io/issues/6706
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container, Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.MINIMAL


MARGIN = 300
"""Seconds to schedule a pod and pull its image."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Deadlines that end before a start may have ended: an error when it is declared to take so long."""
    for workload in manifests.workloads("Deployment"):
        said = workload.spec.get("progressDeadlineSeconds")
        deadline = said if isinstance(said, int) else 600
        declared = workload.facts.startup_seconds or 0
        needed = max(declared, startup_budget(workload))
        if deadline > needed:
            continue
        default = "" if said is not None else ", the default,"
        what = (
            f"a start takes {declared} s" if declared >= deadline else f"a startup probe may wait {needed} s"
        )
        yield workload.fault(
            ("spec", "progressDeadlineSeconds"),
            f"progressDeadlineSeconds {deadline}{default} reports a rollout as failed, when {what}",
            f"write progressDeadlineSeconds: {needed + MARGIN}",
            severity=Severity.ERROR if declared >= deadline else Severity.WARNING,
        )


def startup_budget(workload: Workload) -> int:
    """Seconds that its startup probes may wait: sidecars start one after the other, then all others at once."""
    sidecars = sum(most(each) for each in workload.running if each.is_init)
    return sidecars + max((most(each) for each in workload.containers), default=0)


def most(container: Container) -> int:
    """Seconds until its startup probe gives up."""
    probe = container.probe("startup")
    return probe.initial_delay + probe.failures * probe.period if probe else 0
