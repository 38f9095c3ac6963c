"""A role names what it allows.

`*` allows whatever there is, and what later versions and custom resources add. `*` of the resources
includes Secrets, `*` of the verbs includes `escalate`, `bind` and `impersonate`. All resources of a group that is
not Kubernetes' own are milder: controllers often own the whole group.

Bad:
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: orders}
rules:
  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}

Good:
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: orders}
rules:
  - {apiGroups: [""], resources: [configmaps], verbs: [get, watch], resourceNames: [orders]}

See: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#general-good-practice
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
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Rules with `*` as a verb, resource or path, one fault for each."""
    for role in manifests.of_kind("Role", "ClusterRole"):
        for index, rule in grants(role):
            wild = [
                field for field in ("resources", "verbs", "nonResourceURLs") if "*" in (rule.get(field) or ())
            ]
            if wild:
                foreign = all(is_foreign(group) for group in rule.get("apiGroups") or ("",))
                yield Fault(
                    role,
                    ("rules", index, wild[0]),
                    f'"*" in {" and ".join(wild)} allows whatever there is and will be',
                    "name the resources and verbs that are used",
                    severity=Severity.INFO if foreign else None,
                )


def is_foreign(group: str) -> bool:
    """Whether an API group is not Kubernetes' own, or serves nothing but metrics."""
    return group.endswith("metrics.k8s.io") or ("." in group and not group.endswith(".k8s.io"))
