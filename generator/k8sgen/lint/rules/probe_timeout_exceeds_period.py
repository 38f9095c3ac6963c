"""A probe's time-out is at most its period.

Probes of a container run one after the other. One that may take longer than `periodSeconds` delays the
next, so that `failureThreshold` failures take the time-out instead of the period each: what looks like 3
times 5 s is then 3 times 10 s.

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
          readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 5, timeoutSeconds: 10}

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
          readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 10, timeoutSeconds: 5}

See: https://github.com/kyverno/policies/issues/1500 https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.workload import PROBES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.PROBES
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Probes with a time-out above their period."""
    for workload in manifests.workloads():
        for container in workload.running:
            for kind in PROBES:
                probe = container.probe(kind)
                if probe and probe.timeout > probe.period:
                    hung = probe.failures * probe.timeout
                    yield probe.fault(
                        ("timeoutSeconds",),
                        f"a time-out of {probe.timeout} s is above the period of {probe.period} s, so a hung "
                        f"container is noticed after {hung} s, not {probe.failures * probe.period} s",
                        f"write timeoutSeconds: {probe.period} or less, or a longer periodSeconds",
                    )
