"""The grace period leaves time after the preStop hook.

The grace period (`terminationGracePeriodSeconds`, 30 unless given) begins with the preStop hook. A hook
that sleeps through it leaves the program no time: it gets SIGTERM when SIGKILL is already due, and never
finishes its requests. How long it takes to finish is declared: by the spec, or by the annotation
`k8sgen/shutdown-seconds`. Kubernetes itself compares only native sleeps, and lets an equal one pass.

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
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 30]}}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 30]}}}

See: https://github.com/PostHog/posthog/issues/59609 https://github.com/kubernetes/kubernetes/issues/23515
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.stopping import grace_period, pause, pause_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload

SEVERITY = Severity.ERROR
CATEGORY = Category.ROLLOUT
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Pods whose hook and shutdown take the whole grace period."""
    for workload in manifests.workloads():
        grace = grace_period(workload)
        shutdown = workload.facts.shutdown_seconds or 0
        for container in workload.running:
            sleep = pause(container)
            finish = shutdown if container.pointer == (*workload.pod_pointer, "containers", 0) else 0
            if (sleep or finish) and grace <= sleep + finish:
                yield workload.pod_fault(
                    ("terminationGracePeriodSeconds",),
                    f"{spelled(workload, grace)} is no longer than what stopping takes: "
                    f'{sleep} s in the preStop hook of container "{container.name}" and {finish} s after SIGTERM',
                    f"write terminationGracePeriodSeconds: {sleep + max(finish, 20) + 5}",
                    also=(
                        (
                            workload.manifest,
                            (*container.pointer, *pause_pointer(container)),
                            f"sleeps {sleep} s",
                        ),
                    )
                    if sleep
                    else (),
                )
                break


def spelled(workload: Workload, grace: int) -> str:
    """The grace period, and whether it is the default."""
    given = "terminationGracePeriodSeconds" in workload.pod
    return f"a grace period of {grace} s" if given else f"the default grace period of {grace} s"
