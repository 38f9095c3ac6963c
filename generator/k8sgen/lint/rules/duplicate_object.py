"""An object is there once.

Of two objects with the same kind, namespace and name the cluster keeps the one that is applied last: which
one depends on the order of files. Objects of directories that hold the same ones, such as one for each
cluster, are told apart.

Bad:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: info}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: debug}

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data: {LOG_LEVEL: info}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: invoices}
data: {LOG_LEVEL: info}

See: https://github.com/projectcalico/calicoctl/issues/1345
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.CORRECTNESS
PROFILE = Profile.MINIMAL


def check(manifests: Manifests) -> Iterator[Fault]:
    """Objects that an earlier one of the same scope has the identity of."""
    for each, first in manifests.doubles():
        if each.name and each.kind:
            yield Fault(
                each,
                ("metadata", "name"),
                f"{each.subject} is there twice",
                "remove one, or give it another name",
                also=((first, ("metadata", "name"), "the first one"),),
            )
