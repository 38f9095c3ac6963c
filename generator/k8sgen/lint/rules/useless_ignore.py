"""An ignore ignores something.

An ignore whose rule finds nothing there any more hides the next fault of that kind, and an ignore of a
rule that does not exist hides nothing.

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
          image: ghcr.io/acme/orders:1.4.2  # k8sgen-ignore latest-tag: built by every commit

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
          image: ghcr.io/acme/orders:latest  # k8sgen-ignore latest-tag: built by every commit

See: https://docs.astral.sh/ruff/rules/unused-noqa/
"""

from __future__ import annotations

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

SEVERITY = Severity.WARNING
CATEGORY = Category.HYGIENE
PROFILE = Profile.STANDARD
ALONE = True
