"""A key is set once.

Most tools silently keep the last of two equal keys. The API server refuses both when it is strict, as
`kubectl apply` asks it to be since 1.27.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  name: invoices
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

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

See: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
"""

from __future__ import annotations

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL
ALONE = True
