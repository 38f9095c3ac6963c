"""Objects do not live in the default namespace.

Quotas, policies and permissions are given by namespace. What lives in `default` shares them with everything
that nobody placed.

Bad:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders, namespace: default}

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders, namespace: shop}

See: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.INFO
CATEGORY = Category.HYGIENE
PROFILE = Profile.OPINION


def check(manifests: Manifests) -> Iterator[Fault]:
    """Objects that name the default namespace."""
    for each in manifests.objects:
        if each.namespace == "default":
            yield Fault(
                each,
                ("metadata", "namespace"),
                f"{each.subject} lives in the namespace default",
                "give the service a namespace",
            )
