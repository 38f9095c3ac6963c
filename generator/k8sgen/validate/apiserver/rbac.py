"""Roles and bindings.

Source: `pkg/apis/rbac/validation`: ValidatePolicyRule, ValidateRoleBinding, ValidateClusterRoleBinding,
ValidateRoleBindingSubject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import check_selector

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

GROUP = "rbac.authorization.k8s.io"


def check_role(obj: Node, _minor: int) -> None:
    """The rules of a Role or ClusterRole."""
    namespaced = obj["kind"].value == "Role"
    for rule in obj["rules"].items():
        rule.require_field("verbs")
        urls = rule["nonResourceURLs"]
        if not urls.filled:
            rule.require_field("apiGroups", 'write the groups, "" for the core group')
            rule.require_field("resources")
            continue
        if namespaced:
            urls.refuse("a Role has no nonResourceURLs", "use a ClusterRole")
        if any(rule[field].filled for field in ("apiGroups", "resources", "resourceNames")):
            urls.refuse("nonResourceURLs and resources stand side by side", "make two rules")
    aggregation = obj["aggregationRule"]
    if aggregation.present:
        aggregation.require_field("clusterRoleSelectors")
        for selector in aggregation["clusterRoleSelectors"].items():
            check_selector(selector)


def check_binding(obj: Node, _minor: int) -> None:
    """What a RoleBinding or ClusterRoleBinding binds to whom."""
    role, namespaced = obj["roleRef"], obj["kind"].value == "RoleBinding"
    role.check_one_of("apiGroup", GROUP)
    role.check_one_of(
        "kind", *(("Role", "ClusterRole") if namespaced else ("ClusterRole",)), empty=False, absent=False
    )
    if role.require_field("name"):
        role.check_name("name", names.path_segment)
    for subject in obj["subjects"].items():
        _check_subject(subject, namespaced=namespaced)


def _check_subject(subject: Node, *, namespaced: bool) -> None:
    kind, group = subject["kind"], subject["apiGroup"]
    kind.one_of("Group", "ServiceAccount", "User", empty=False, absent=False)
    subject.require_field("name")
    if kind.value == "ServiceAccount":
        subject.check_name("name", names.dns_subdomain)
        if group.filled:
            group.refuse_value("is not the group of a ServiceAccount", "remove apiGroup")
        if not namespaced:
            subject.require_field("namespace", "write the namespace of the ServiceAccount")
    elif kind.text in {"Group", "User"} and group.filled:
        group.one_of(GROUP)
