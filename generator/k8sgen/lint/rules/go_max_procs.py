"""Go runs on no more threads than its CPU limit has cores.

Before 1.25 Go starts as many threads as the node has cores, whatever the CPU limit is. They use up the
limit's share in the first milliseconds of each period and then all stand still: requests that took 5 ms
take 100. `GOMAXPROCS` at the limit, rounded up, avoids it. That a program is written in Go, and in which
version, is declared: by the spec, or by the annotations `k8sgen/runtime` and `k8sgen/runtime-version`.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/runtime: go, k8sgen/runtime-version: "1.24"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          resources: {limits: {cpu: 500m}}

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
          resources: {limits: {cpu: 2}}
          env: [{name: GOMAXPROCS, value: "8"}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/runtime: go, k8sgen/runtime-version: "1.25"}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          ports: [{name: http, containerPort: 8080}]
          resources: {limits: {cpu: 500m}}

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
          resources: {limits: {cpu: 2}}
          env: [{name: GOMAXPROCS, value: "2"}]

See: https://github.com/golang/go/issues/73193 https://go.dev/doc/go1.25#container-aware-gomaxprocs
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.quantities import whole_cores
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container

SEVERITY = Severity.WARNING
CATEGORY = Category.RUNTIME
PROFILE = Profile.STANDARD


AWARE = (1, 25)
"""The first version that reads the CPU limit; it never runs on less than 2 threads by itself."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Go programs with more threads than their CPU limit has cores."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            cores = whole_cores(container.limits.get("cpu"))
            if cores is None:
                continue
            is_main = container.pointer[-2:] == ("containers", 0)
            version = (
                version_of(workload.facts.runtime_version)
                if is_main and workload.facts.runtime == "go"
                else None
            )
            blind = version is not None and version < AWARE
            index = next(
                (at for at, each in enumerate(container.env) if each.get("name") == "GOMAXPROCS"), None
            )
            if index is not None:
                yield from judge_variable(container, index, cores if blind else max(2, cores), cores)
            elif blind and "envFrom" not in container.data:
                yield container.fault(
                    ("env",),
                    f"version {workload.facts.runtime_version} of Go does not see the CPU limit of "
                    f"{container.limits['cpu']} and starts a thread for each core of the node",
                    f'write GOMAXPROCS: "{cores}", or build with Go 1.25',
                )


def judge_variable(container: Container, index: int, most: int, cores: int) -> Iterator[Fault]:
    """A variable that is given: more than `most` is reported."""
    value = container.env[index].get("value")
    if isinstance(value, str) and value.isascii() and value.isdigit() and int(value) > most:
        yield container.fault(
            ("env", index, "value"),
            f"a GOMAXPROCS of {value} is above the CPU limit of {container.limits['cpu']}",
            f'write GOMAXPROCS: "{cores}"',
            also=(
                (
                    container.workload.manifest,
                    (*container.pointer, "resources", "limits", "cpu"),
                    "the limit",
                ),
            ),
        )


def version_of(text: str) -> tuple[int, ...] | None:
    """A version in numbers; None when it is not said."""
    parts = text.split(".")[:2]
    return tuple(int(part) for part in parts) if text.isascii() and all(map(str.isdigit, parts)) else None
