"""The JVM's heap leaves room below the memory limit.

Besides its heap a JVM needs memory for classes, compiled code, threads and buffers. With a heap as large
as the container's memory limit the kernel kills it before the collector sees a reason to work harder, and
the log says nothing. `MaxRAMPercentage` above 80 leaves too little in the same way.

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
          env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx512m}]

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
          env: [{name: JAVA_OPTS, value: -XX:MaxRAMPercentage=90}]

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
          env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx320m}]

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
          env: [{name: JAVA_OPTS, value: -XX:MaxRAMPercentage=70}]

See: https://github.com/apecloud/kubeblocks-addons/issues/2822
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.flags import texts
from k8sgen.lint.quantities import memory, size
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.flags import Text
    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Container

SEVERITY = Severity.ERROR
CATEGORY = Category.RUNTIME
PROFILE = Profile.MINIMAL


VARIABLES = re.compile(r"JAVA|JVM|JDK|HEAP_OPTS|CATALINA|_OPTS$").search
MAXIMUM = re.compile(r"(?:-Xmx|-XX:MaxHeapSize=)([0-9]+)([kKmMgGtT]?)(?![\w.])").findall
PERCENTAGE = re.compile(r"-XX:MaxRAMPercentage=([0-9]+(?:\.[0-9]+)?)(?![\w.])").findall
UNITS = {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}


class Options(NamedTuple):
    """`percent`: up to which MaxRAMPercentage is fine."""

    percent: int = 80


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Heaps, in variables, commands and arguments, that leave too little of the memory limit."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            limit = memory(container.limits.get("memory"))
            if not limit:
                continue
            for text in texts(container, lambda name: bool(VARIABLES(name))):
                yield from judge_options(container, text, limit, options.percent)


def judge_options(container: Container, text: Text, limit: int, percent: int) -> Iterator[Fault]:
    """The options in one text, of which the last one counts; -Xmx goes before a percentage."""
    fits = f"write -Xmx{limit * 3 // 4 >> 20}m or less, or raise the memory limit"
    also = (
        (container.workload.manifest, (*container.pointer, "resources", "limits", "memory"), "the limit"),
    )
    if sizes := MAXIMUM(text.text):
        number, unit = sizes[-1]
        heap = int(number) << UNITS[unit.lower()]
        if heap >= limit:
            yield container.fault(
                text.steps,
                f"a heap of {size(heap)} in {text.name} leaves nothing of the memory limit of {size(limit)}",
                fits,
                also=also,
            )
    elif percentages := PERCENTAGE(text.text):
        share = percentages[-1]
        if float(share) > percent:
            yield container.fault(
                text.steps,
                f"a heap of {share} % in {text.name} leaves too little of the memory limit of {size(limit)}",
                f"write -XX:MaxRAMPercentage={min(75, percent)}",
                also=also,
                severity=Severity.ERROR if float(share) >= 100 else Severity.WARNING,
            )
