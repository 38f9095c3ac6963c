"""There is a schema for every kind.

Without a schema only the form of an object can be checked. Said once for each kind.

Bad:
apiVersion: example.com/v1
kind: Widget
metadata: {name: orders}

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}

See: https://github.com/yannh/kubeconform/issues/51
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.removals import REMOVED
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.STANDARD


ONCE = True


def check(manifests: Manifests) -> Iterator[Fault]:
    """The first object of each kind that no schema is there for."""
    seen: set[tuple[str, str]] = set()
    for each in manifests.objects:
        kind = (each.api_version, each.kind)
        if each.known or kind in seen or kind in REMOVED or not each.api_version or not each.kind:
            continue
        seen.add(kind)
        yield Fault(
            each,
            ("kind",),
            f'there is no schema for {each.kind} of "{each.api_version}", so only its form is checked',
            "name a directory with its CRD: --schemas DIR, or `schemas` in k8sgen.yaml",
        )
