"""A Service selects the pods of some workload.

A Service whose labels no pod carries refuses every connection. Where a workload of the input carries all
labels but one this is a warning; else it only says that no such workload is in this input. It is silent
when the input has no workloads to look at.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders, tier: web}}
  template:
    metadata: {labels: {app: orders, tier: web}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders, tier: wbe}, ports: [{port: 80, targetPort: 8080}]}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders, tier: web}}
  template:
    metadata: {labels: {app: orders, tier: web}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders, tier: web}, ports: [{port: 80, targetPort: 8080}]}

See: https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/#does-the-service-have-any-endpoints
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.selectors import Selector
from k8sgen.lint.workload import RUNS_FOR_EVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest

SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Services that select no pods of this input."""
    for service in manifests.services():
        selector = manifests.selector_of(service)
        if not selector or manifests.selected_by(service) or service.get("spec", "type") == "ExternalName":
            continue
        if not manifests.has(service, *RUNS_FOR_EVER) or manifests.selected(service, selector.written):
            continue
        if (close := closest(manifests, service, selector)) is not None:
            key, workload = close
            yield Fault(
                service,
                ("spec", "selector", key),
                f'no pods have the label {key}="{selector.labels[key]}"; those of {workload!r} have '
                f'"{workload.labels[key]}"',
                "write the value that the pods have",
                also=((workload.manifest, (*workload.template_pointer, "metadata", "labels", key), "here"),),
            )
        elif not manifests.selects_anywhere(service, selector):
            yield Fault(
                service,
                ("spec", "selector"),
                f"no workload in this input has pods with the labels {selector}",
                "select the labels of the pod template, or add what makes the pods, perhaps an operator, to the input",
                severity=Severity.INFO,
            )


def closest(manifests: Manifests, service: Manifest, selector: Selector) -> tuple[str, Workload] | None:
    """A workload whose pods differ in the value of one label, and that label's key.

    A selector of one label is compared with a workload of the Service's name.
    """
    if len(selector.labels) == 1:
        (key,) = selector.labels
        for kind in ("Deployment", "StatefulSet", "DaemonSet"):
            found = manifests.find(service, kind, service.name)
            workload = manifests.workload(found) if found else None
            if workload and key in workload.labels:
                return key, workload
        return None
    for key in selector.labels:
        rest = Selector({name: value for name, value in selector.labels.items() if name != key})
        for workload in manifests.selected(service, rest):
            if key in workload.labels and workload.name == service.name:
                return key, workload
    return None
