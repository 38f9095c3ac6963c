"""The kubelet can tell that an image's user is not root.

With `runAsNonRoot: true` the kubelet compares the user's number. An image that names its user (`USER app`)
has none, and the container is refused with CreateContainerConfigError. That the image does is
declared with the annotation `k8sgen/numeric-user: "false"`; without it nothing is said.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/numeric-user: "false"}}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, annotations: {k8sgen/numeric-user: "false"}}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 65532}
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]

See: https://github.com/prometheus/statsd_exporter/issues/406
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.lint.security import effective, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """The first container of workloads whose image names its user, where no number is given."""
    for workload in manifests.workloads():
        if workload.facts.numeric_user is not False:
            continue
        for container in workload.containers[:1]:
            if effective(container, "runAsNonRoot") is True and effective(container, "runAsUser") is None:
                yield workload.fault(
                    place_of(container, "runAsNonRoot"),
                    "runAsNonRoot true refuses this image, whose user is a name and not a number",
                    "write the number of the user as runAsUser, or as USER in the image",
                )
