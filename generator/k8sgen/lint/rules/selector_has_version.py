"""A selector holds for every version.

A selector cannot be changed. With the version or the chart of a release in it the next upgrade is refused,
or, when forced, replaces the workload and takes all pods down.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: orders, app.kubernetes.io/version: 1.4.2}}
  template:
    metadata: {labels: {app.kubernetes.io/name: orders, app.kubernetes.io/version: 1.4.2}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app.kubernetes.io/name: orders}}
  template:
    metadata: {labels: {app.kubernetes.io/name: orders, app.kubernetes.io/version: 1.4.2}}
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:1.4.2

See: https://github.com/helm/charts/issues/7680
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
CATEGORY = Category.ROLLOUT
PROFILE = Profile.STANDARD


CHANGING = ("app.kubernetes.io/version", "helm.sh/chart", "chart", "version")
"""Labels that releases change by convention."""
IMMUTABLE = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
LOOKS_LIKE_VERSION = re.compile(r"v?[0-9]+(?:\.[0-9]+)+[-+.0-9A-Za-z]*|.*-v?[0-9]+\.[0-9]+\.[0-9]+.*")
"""`version: v1` is how meshes tell two workloads apart, each with a name of its own; `1.4.2` is a release."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Selectors with a label that the next release changes."""
    for workload in manifests.workloads(*IMMUTABLE):
        labels = (workload.spec.get("selector") or {}).get("matchLabels") or {}
        for key in CHANGING:
            value = labels.get(key)
            if value is None or (key == "version" and not LOOKS_LIKE_VERSION.fullmatch(str(value))):
                continue
            if re.split(r"[.+]", str(value))[0] in workload.name.split("-"):
                # The next version is another workload beside this one, as for a canary.
                continue
            yield workload.fault(
                ("spec", "selector", "matchLabels", key),
                f'the selector has "{key}: {value}", which the next release changes',
                "take it out of the selector; it may stay on the pods",
                key=True,
            )
