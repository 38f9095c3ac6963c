"""No placeholder is left in a value.

A name or image with `${VERSION}`, `{{ .Values.image }}` or `CHANGEME` was meant to be filled in by a step
that did not run. An image with one cannot be pulled.

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
          image: "ghcr.io/acme/orders:${VERSION}"

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
          image: "ghcr.io/acme/orders:HELMSUBST_TAG"

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

See: https://kubernetes.io/docs/concepts/containers/images/#image-names
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL
HINT = "lint what the step that fills it in writes, such as envsubst or helm template"


PLACEHOLDER = re.compile(
    r"\$\{[A-Za-z_][^}]*\}|\{\{.*?\}\}|<[A-Za-z][A-Za-z0-9_ -]*>|HELMSUBST_\w+"
    r"|C(?<!\wC)HANGE_?ME\b|R(?<!\wR)EPLACE_?ME\b"
)
"""Each way begins with a character of its own, which is what makes the search quick."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Placeholders in images and in names of objects, where no program fills them in later."""
    for each in manifests.objects:
        if each.name and (found := PLACEHOLDER.search(each.name)):
            yield Fault(each, ("metadata", "name"), f'placeholder "{found[0]}" is left in the name', HINT)
    for workload in manifests.workloads():
        for container in workload.all_containers:
            if found := PLACEHOLDER.search(container.image):
                yield container.fault(("image",), f'placeholder "{found[0]}" is left in the image', HINT)
