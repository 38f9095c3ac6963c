"""A variable refers to ones that stand before it.

`$(NAME)` in a value is replaced by a variable that stands earlier in the list. One that stands later, or
nowhere, is left as it is: the program reads the text `$(NAME)`.

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
          env: [{name: URL, value: "http://$(HOST)/"}, {name: HOST, value: db}]

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
          env: [{name: HOST, value: db}, {name: URL, value: "http://$(HOST)/"}]

See: https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STANDARD


REFERENCE = re.compile(r"(?<!\$)(?:\$\$)*\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")
"""Source: `third_party/forked/golang/expansion/expand.go`; `$$(NAME)` is an escape."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """References to variables that are set later in the list."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            if not any("$(" in str(variable.get("value", "")) for variable in container.env):
                continue
            places = {str(variable.get("name")): index for index, variable in enumerate(container.env)}
            for index, variable in enumerate(container.env):
                for name in REFERENCE.findall(str(variable.get("value") or "")):
                    if places.get(name, -1) > index:
                        later = (*container.pointer, "env", places[name])
                        yield container.fault(
                            ("env", index, "value"),
                            f'"$({name})" stands before "{name}" is set, and stays as it is',
                            f'move "{name}" above "{variable.get("name")}"',
                            also=((workload.manifest, later, "set here"),),
                        )
