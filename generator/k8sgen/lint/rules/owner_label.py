"""Objects say who owns them.

At night somebody has to find out whom to wake.

Bad:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders, labels: {owner: shop}}

See: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.HYGIENE
PROFILE = Profile.OPINION


class Options(NamedTuple):
    """`label`: the label that every object has."""

    label: str = "owner"


def check(manifests: Manifests, options: Options) -> Iterator[Fault]:
    """Objects without the label."""
    for each in manifests.objects:
        if options.label not in each.map("metadata", "labels"):
            yield Fault(
                each,
                ("metadata", "labels", options.label),
                f'{each.subject} has no label "{options.label}"',
                f"add the label {options.label}",
            )
