"""Every field is one that Kubernetes has, of the right type.

The API server refuses unknown fields and values of another type when it is strict, as `kubectl apply` asks
it to be. When it is not, it drops them without a word: a misspelt probe is no probe.

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
          livenessprobe: {tcpSocket: {port: 8080}}

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
          livenessProbe: {tcpSocket: {port: 8080}}

See: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
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
    """What the schemas refuse of the objects to judge."""
    for each in manifests.refused():
        yield from refusals(each, "schema")
