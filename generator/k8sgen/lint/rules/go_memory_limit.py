"""GOMEMLIMIT leaves a tenth of the memory limit to what Go does not count.

Go's collector works harder as memory nears `GOMEMLIMIT`; Go does not read the container's limit by
itself. What it does not count (C memory, the binary, the kernel's buffers for it) needs room below the
limit, 5 to 10 % as the guide says: at the limit itself the kernel kills the process first. Go's units are
`MiB` and `GiB`: a program that is given `512Mi` ends at once. That a program is written in Go is
declared: by the spec, or by the annotation `k8sgen/runtime`.

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
          resources: {limits: {memory: 512Mi}}
          env: [{name: GOMEMLIMIT, value: 512MiB}]

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
          resources: {limits: {memory: 512Mi}}
          env: [{name: GOMEMLIMIT, value: 400Mi}]

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata:
      labels: {app: orders}
      annotations: {k8sgen/runtime: go}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2
          resources: {limits: {memory: 512Mi}}

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
          resources: {limits: {memory: 512Mi}}
          env: [{name: GOMEMLIMIT, value: 460MiB}]

See: https://github.com/stackrox/stackrox/issues/20655 https://go.dev/doc/gc-guide#Memory_limit
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.quantities import memory, size
from k8sgen.lint.rule import Category, Fault, Profile, Set
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container
    from k8sgen.manifests import Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.RUNTIME
PROFILE = Profile.STANDARD


UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}
BYTES = re.compile(r"([0-9]+)(B|[KMGT]iB|)").fullmatch
KUBERNETES_UNIT = re.compile(r"[0-9]+[KMGT]i").fullmatch


class Options(NamedTuple):
    """`percent`: how much of the memory limit GOMEMLIMIT may be."""

    percent: int = 90


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Memory limits of Go that come too late, cannot be read, or are missing."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            limit = memory(container.limits.get("memory"))
            index = next(
                (at for at, each in enumerate(container.env) if each.get("name") == "GOMEMLIMIT"), None
            )
            if index is not None:
                yield from judge_variable(container, index, limit, options.percent)
            elif limit and workload.facts.runtime == "go" and container.pointer[-2:] == ("containers", 0):
                yield from missing(container, limit, options.percent)


def missing(container: Container, limit: int, percent: int) -> Iterator[Fault]:
    """A Go program with a limit that it does not know, unless something else may tell it."""
    if "envFrom" not in container.data and container.variable("AUTOMEMLIMIT") is None:
        yield container.fault(
            ("env",),
            f"the Go program does not know its memory limit of {size(limit)}",
            suggestion(limit, percent),
            severity=Severity.WARNING,
        )


def judge_variable(container: Container, index: int, limit: int | None, percent: int) -> Iterator[Fault]:
    """A variable that is given."""
    variable = container.env[index]
    steps: Pointer = ("env", index, "value")
    value = variable.get("value")
    source = dig(variable, "valueFrom", "resourceFieldRef")
    if (
        source
        and limit
        and source.get("resource") == "limits.memory"
        and memory(source.get("divisor", "1")) in {0, 1}
    ):
        value, steps = str(limit), ("env", index, "valueFrom", "resourceFieldRef", "resource")
    if not isinstance(value, str) or not value or value == "off" or "$" in value:
        return
    match = BYTES(value)
    if match is None:
        fix = f"{value}B"
        edits = (Set((*container.pointer, *steps), fix),) if KUBERNETES_UNIT(value) else ()
        hint = f"write {fix}" if edits else "write a number with B, KiB, MiB, GiB or TiB"
        yield container.fault(
            steps,
            f'value "{value}" of GOMEMLIMIT is none that Go can read, and the program ends at once',
            hint,
            edits=edits,
        )
        return
    aim = int(match[1]) * UNITS[match[2]]
    if limit and aim * 100 > limit * percent:
        share = f"{-(-aim * 100 // limit)} % of"
        yield container.fault(
            steps,
            f"a GOMEMLIMIT of {size(aim)} is {share if aim <= limit else 'above'} the memory limit of {size(limit)}",
            suggestion(limit, percent),
            also=(
                (
                    container.workload.manifest,
                    (*container.pointer, "resources", "limits", "memory"),
                    "the limit",
                ),
            ),
            severity=Severity.ERROR if aim > limit else Severity.WARNING,
        )


def suggestion(limit: int, percent: int) -> str:
    """What to write."""
    return f"write GOMEMLIMIT: {limit * percent // 100 >> 20}MiB, {percent} % of the limit"
