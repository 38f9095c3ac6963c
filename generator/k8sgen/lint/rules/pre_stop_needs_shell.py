"""A preStop hook runs what the image has.

Images without a shell (distroless, scratch) have no `sleep` either. The hook then fails at once, the pod
goes without its pause, and all that tells is an event. Whether the image has a shell is declared: by the
spec, or by the annotation `k8sgen/shell`. Since 1.30 Kubernetes can sleep by itself.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/shell: "false"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 5]}}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/shell: "false"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          lifecycle: {preStop: {sleep: {seconds: 5}}}

See: https://github.com/linkerd/linkerd2/issues/6723
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.stopping import PRE_STOP, SHELLS, pause, pre_stop, program
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Hooks that run a shell or `sleep` in an image that is declared to have no shell."""
    for workload in manifests.workloads():
        if workload.facts.shell is not False or not workload.containers:
            continue
        container = workload.containers[0]
        command = [str(each) for each in dig(pre_stop(container), "exec", "command") or ()]
        if program(command) in SHELLS | {"sleep"}:
            seconds = pause(container) or 5
            native = f"write preStop: {{sleep: {{seconds: {seconds}}}}}"
            yield container.fault(
                (*PRE_STOP, "exec", "command"),
                f'the preStop hook runs "{command[0]}", which the image does not have',
                native
                if manifests.minor >= 30
                else "add the program to the image, or wait in the program itself",
            )
