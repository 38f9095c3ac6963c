"""A pod that gets requests has time to finish them.

After `terminationGracePeriodSeconds` a pod is killed, in the middle of whatever it does. A few seconds
pass before proxies stop sending requests, and those must be answered, too.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.ports import requesting
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.stopping import grace_period, pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


class Options(NamedTuple):
    """`seconds`: up to which grace period is reported."""

    seconds: int = 5


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Short grace periods of pods that a Service sends requests to."""
    for workload in manifests.workloads():
        grace = grace_period(workload)
        if not workload.runs_for_ever or grace > options.seconds:
            continue
        longest = max((pause(each) for each in workload.running), default=0)
        if longest and grace <= longest:
            continue  # grace-period-too-short says it already
        if services := requesting(manifests, workload):
            yield workload.pod_fault(
                ("terminationGracePeriodSeconds",),
                f"a grace period of {grace} s cuts off requests that {services[0].subject} still sends",
                "write terminationGracePeriodSeconds: 30, or leave it out",
            )
