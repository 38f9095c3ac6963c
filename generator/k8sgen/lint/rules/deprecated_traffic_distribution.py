"""Traffic distribution has its clear name.

`PreferClose` has been renamed to `PreferSameZone`, which says what it does; the API server warns about the
old name from 1.37 on.

Bad:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  trafficDistribution: PreferClose
  selector: {app: orders}
  ports: [{port: 80}]

Good:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec:
  trafficDistribution: PreferSameZone
  selector: {app: orders}
  ports: [{port: 80}]

See: https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile, Set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.HYGIENE
PROFILE = Profile.STANDARD


SINCE = 34


def check(manifests: Manifests) -> Iterator[Fault]:
    """Services with the old name."""
    for service in manifests.of_kind("Service"):
        if service.get("spec", "trafficDistribution") == "PreferClose":
            pointer = ("spec", "trafficDistribution")
            yield Fault(
                service,
                pointer,
                'trafficDistribution "PreferClose" is an old name',
                "write PreferSameZone",
                edits=(Set(pointer, "PreferSameZone"),),
            )
