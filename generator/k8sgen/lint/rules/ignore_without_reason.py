"""An ignore says why.

Whoever meets an ignore a year later must be able to judge whether it still holds. One without a reason
ignores nothing.

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
          image: ghcr.io/acme/orders:latest  # k8sgen-ignore latest-tag

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

See: https://typescript-eslint.io/rules/ban-ts-comment/
"""

from __future__ import annotations

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

SEVERITY = Severity.WARNING
CATEGORY = Category.HYGIENE
PROFILE = Profile.STANDARD
ALONE = True
