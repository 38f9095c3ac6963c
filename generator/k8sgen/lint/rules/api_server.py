"""Every value is one that the API server takes.

The schemas do not show most rules of the API server: ports, quantities, names, labels, selectors, probes.
An object that breaks one is refused when it is applied, often after half of a release is out.

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
          ports: [{containerPort: 80800}]

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
          ports: [{containerPort: 8080}]

See: https://kubernetes.io/docs/reference/using-api/api-concepts/#validation
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.refusals import refusals
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL
ALONE = True


def check(manifests: Manifests) -> Iterator[Fault]:
    """What the API server's own rules refuse of the objects to judge."""
    for each in manifests.refused():
        yield from refusals(each, "api-server")
