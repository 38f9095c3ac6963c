"""No field is switched off in the target version.

A field behind a feature gate that is off is accepted and dropped without a word. A sidecar without its
`restartPolicy` is an init container that never ends.

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
      volumes:
        - {name: config, configMap: {name: orders, defaultUser: 1000}}

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
      volumes:
        - {name: config, configMap: {name: orders}}

See: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/
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
    """What the target version would drop of the objects to judge."""
    for each in manifests.refused():
        yield from refusals(each, "dropped-field")
