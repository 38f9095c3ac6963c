"""A role reads only the Secrets that it names.

`get`, `list` and `watch` of Secrets show what is in them. Without `resourceNames` it is every Secret of the
namespace, tokens and passwords of others included; in a ClusterRole those of all namespaces.

Bad:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [get, list, watch]}

Good:
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [orders]}

See: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile
from k8sgen.lint.security import grants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.WARNING
CATEGORY = Category.SECURITY
PROFILE = Profile.STRICT
READS = ("get", "list", "watch")


def check(manifests: Manifests) -> Iterator[Fault]:
    """Rules that read Secrets by kind; what `*` includes is told by rbac-wildcard."""
    for role in manifests.of_kind("Role", "ClusterRole"):
        for index, rule in grants(role):
            resources, verbs = rule.get("resources") or [], rule.get("verbs") or []
            reads = [verb for verb in verbs if verb in READS]
            if "secrets" in resources and reads and not rule.get("resourceNames"):
                yield Fault(
                    role,
                    ("rules", index, "resources", resources.index("secrets")),
                    f"{', '.join(reads)} of secrets shows every Secret, not only its own",
                    "name them in resourceNames, with the verb get, or mount them",
                )
