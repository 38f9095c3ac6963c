"""The target version still serves the API version.

An object of an API version that the cluster no longer serves is refused: `no matches for kind`. Manifests
that nobody touched for a year fail on the day of the upgrade.

Bad:
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: orders}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: orders}}

Bad:
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: report, image: "ghcr.io/acme/report:1.4.2"}]}

Good:
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: orders}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: orders}}

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

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL
ALONE = True


def check(manifests: Manifests) -> Iterator[Fault]:
    """Objects of API versions that are gone."""
    for each in manifests.objects:
        removal = REMOVED.get((each.api_version, each.kind))
        if removal is None or manifests.minor < removal.minor:
            continue
        edits = (Set(("apiVersion",), removal.replacement),) if removal.same else ()
        hint = "remove it; Pod Security Admission takes its place"
        if removal.replacement:
            hint = f"write apiVersion: {removal.replacement}"
            hint += "" if removal.same else ", and bring the fields up to date: they are not all the same"
        yield Fault(
            each,
            ("apiVersion",),
            f'{each.kind} of "{each.api_version}" is not served since Kubernetes 1.{removal.minor}',
            hint,
            edits=edits,
        )
