"""A role does not make pods or run commands in them.

Who may create a pod may mount every Secret of the namespace and take any of its ServiceAccounts. Who may
`exec` or attach has what the pod has.

Bad:
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [pods/exec], verbs: [create]}

Good:
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [configmaps], verbs: [get, watch], resourceNames: [orders]}

See: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
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
VERBS = {
    "pods": {"create"},
    "pods/attach": {"create", "get"},
    "pods/exec": {"create", "get"},
    "pods/ephemeralcontainers": {"patch", "update"},
}


def check(manifests: Manifests) -> Iterator[Fault]:
    """Rules that create pods, or run something in others'; `*` is told by rbac-wildcard."""
    for role in manifests.of_kind("Role", "ClusterRole"):
        for index, rule in grants(role):
            verbs = rule.get("verbs") or []
            for position, resource in enumerate(rule.get("resources") or ()):
                if found := [verb for verb in verbs if verb in VERBS.get(resource, ())]:
                    yield Fault(
                        role,
                        ("rules", index, "resources", position),
                        f'{", ".join(found)} of "{resource}" reaches the Secrets and accounts of the namespace',
                        "leave it to controllers of the cluster, or keep such a role in a namespace of its own",
                    )
