"""The API version has a future.

An API version that is served but deprecated will be refused after an upgrade. The replacement works today.

Bad:
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}

Good:
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}

See: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.removals import REMOVED
from k8sgen.lint.rule import Category, Fault, Profile, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STRICT


SUPERSEDED = {
    ("autoscaling/v1", "HorizontalPodAutoscaler"): "autoscaling/v2",
    ("v1", "ReplicationController"): "apps/v1 ReplicaSet, or better a Deployment",
    ("v1", "Endpoints"): "discovery.k8s.io/v1 EndpointSlice",
}
"""Kinds that are served, and whose successor has been stable for years. Endpoints warn since 1.33."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Objects of API versions that are about to go, or that have a successor."""
    for each in manifests.objects:
        removal = REMOVED.get((each.api_version, each.kind))
        if removal is not None and removal.minor > manifests.minor:
            yield Fault(
                each,
                ("apiVersion",),
                f'{each.kind} of "{each.api_version}" is no longer served from Kubernetes 1.{removal.minor} on',
                f"write apiVersion: {removal.replacement}" if removal.replacement else "remove it",
                edits=(Set(("apiVersion",), removal.replacement),) if removal.same else (),
                severity=Severity.WARNING,
            )
        elif successor := SUPERSEDED.get((each.api_version, each.kind)):
            yield Fault(
                each,
                ("apiVersion",),
                f'{each.kind} of "{each.api_version}" has a successor',
                f"use {successor}",
            )
