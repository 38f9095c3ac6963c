"""A pod that gets requests waits before it stops.

When a pod is deleted, two things happen at the same time: it gets SIGTERM, and proxies begin to learn
that it is going. A program that stops at once refuses the requests that still arrive, which clients see
as 502 on every rollout. A preStop hook that sleeps some seconds closes the gap. A program that goes on
serving for some seconds after SIGTERM needs none: ignore the rule there, with that as the reason.

It is a warning where this input has the Service reached from outside the cluster, whose load balancers are
the last to learn, and info otherwise. Databases and brokers, whose clients hold connections, are passed over.

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
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}

See: https://github.com/alphagov/govuk-helm-charts/issues/2202 https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.ports import requesting, serving
from k8sgen.lint.rollouts import is_rolling, steps
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.stopping import pre_stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container, Workload

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD
HELD = frozenset({1433, 2181, 2379, 3306, 4222, 5432, 5672, 6379, 7687, 9042, 9092, 11211, 26379, 27017})
"""Ports of SQL Server, ZooKeeper, etcd, MySQL, NATS, PostgreSQL, AMQP, Redis, Neo4j, Cassandra, Kafka, memcached, MongoDB."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Pods behind a Service of which others go on serving, without any preStop hook."""
    for workload in manifests.workloads("Deployment", "StatefulSet"):
        if any(pre_stop(each) for each in workload.running) or not goes_on(manifests, workload):
            continue
        container = serving(workload)
        services = requesting(manifests, workload)
        if container and container.ports and services and not holds_connections(container):
            native = "lifecycle.preStop: {sleep: {seconds: 5}}"
            shell = 'lifecycle.preStop: {exec: {command: [sh, -c, "sleep 5"]}}'
            yield container.fault(
                ("lifecycle",),
                f'container "{container.name}" stops as soon as it is told, while {services[0].subject} may still send '
                "it requests",
                f"add {native if manifests.minor >= 30 else shell}",
                also=((services[0], ("metadata", "name"), "sends it requests"),),
                severity=None if any(map(manifests.is_exposed, services)) else Severity.INFO,
            )


def holds_connections(container: Container) -> bool:
    """Whether clients hold connections to it, which a pause before the end does not help."""
    return any(port.get("containerPort") in HELD for port in container.ports)


def goes_on(manifests: Manifests, workload: Workload) -> bool:
    """Whether other pods serve while one stops; otherwise requests fail anyway."""
    pods = manifests.floor(workload)
    if workload.kind == "Deployment":
        return pods > 0 and is_rolling(workload) and steps(workload, pods).unavailable < pods
    return pods > 1
