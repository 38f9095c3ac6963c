"""A role gives no more rights than it has.

`escalate` and `bind` let their holder write roles with rights that it does not have; `impersonate` lets it act
as anybody. With `resourceNames` they reach only what is named.

Bad:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: orders}
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate, bind]}

Good:
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [configmaps], verbs: [get, watch], resourceNames: [orders]}

See: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#escalate-verb
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
ESCALATES = ("escalate", "bind", "impersonate")


def check(manifests: Manifests) -> Iterator[Fault]:
    """The three verbs, for anything."""
    for role in manifests.of_kind("Role", "ClusterRole"):
        for index, rule in grants(role):
            if rule.get("resourceNames"):
                continue
            for position, verb in enumerate(rule.get("verbs") or ()):
                if verb in ESCALATES:
                    yield Fault(
                        role,
                        ("rules", index, "verbs", position),
                        f'"{verb}" gives rights that the role itself does not have',
                        "remove it, or name what it is for in resourceNames",
                    )
