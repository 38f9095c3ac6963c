"""Node.js keeps its old space below the memory limit.

`--max-old-space-size` is in MiB, and counts only V8's old objects; buffers, code and young objects come
on top. At the container's memory limit the kernel kills the process before V8 collects in earnest.

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
          env: [{name: NODE_OPTIONS, value: --max-old-space-size=512}]

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
          env: [{name: NODE_OPTIONS, value: --max-old-space-size=384}]

See: https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.flags import texts
from k8sgen.lint.quantities import memory, size
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.RUNTIME
PROFILE = Profile.MINIMAL


OLD_SPACE = re.compile(r"--max[-_]old[-_]space[-_]size=([0-9]+)(?![\w.])").findall


def check(manifests: Manifests) -> Iterator[Fault]:
    """Old spaces, in NODE_OPTIONS, commands and arguments, that reach the memory limit."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            limit = memory(container.limits.get("memory"))
            if not limit:
                continue
            for text in texts(container, "NODE_OPTIONS".__eq__):
                sizes = OLD_SPACE(text.text)
                if sizes and (heap := int(sizes[-1]) << 20) >= limit:
                    yield container.fault(
                        text.steps,
                        f"an old space of {size(heap)} in {text.name} leaves nothing of the memory limit of {size(limit)}",
                        f"write --max-old-space-size={limit * 3 // 4 >> 20}, three quarters of the limit",
                        also=(
                            (
                                workload.manifest,
                                (*container.pointer, "resources", "limits", "memory"),
                                "the limit",
                            ),
                        ),
                    )
