"""Nobody is bound to cluster-admin.

cluster-admin may do everything with everything: who has the token of such an account has the cluster. In a
RoleBinding it is everything of one namespace, which is milder. The binding of `system:masters` that every
cluster has is passed over.

Bad:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: orders}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: orders, namespace: shop}]

Good:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: orders}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: orders, namespace: shop}]

See: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Bindings of cluster-admin to anybody but system:masters."""
    for binding in manifests.of_kind("ClusterRoleBinding", "RoleBinding"):
        if (
            binding.get("roleRef", "name") != "cluster-admin"
            or binding.get("roleRef", "kind") != "ClusterRole"
        ):
            continue
        subjects = [
            f"{each.get('kind')}/{each.get('name')}"
            for each in binding.data.get("subjects") or ()
            if each.get("name") != "system:masters"
        ]
        if subjects:
            whole = binding.kind == "ClusterRoleBinding"
            yield Fault(
                binding,
                ("roleRef", "name"),
                f'"cluster-admin" gives {", ".join(subjects)} every right '
                + ("in the cluster" if whole else "in the namespace"),
                "bind a role with the rights that are used",
                severity=None if whole else Severity.WARNING,
            )
