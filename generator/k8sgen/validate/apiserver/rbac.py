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
        rule["verbs"].require()
        urls = rule["nonResourceURLs"]
        if not urls.filled:
            rule["apiGroups"].require('write the groups, "" for the core group')
            rule["resources"].require()
            continue
        if namespaced:
            urls.refuse("a Role has no nonResourceURLs", "use a ClusterRole")
        if any(rule[field].filled for field in ("apiGroups", "resources", "resourceNames")):
            urls.refuse("nonResourceURLs and resources stand side by side", "make two rules")
    aggregation = obj["aggregationRule"]
    if aggregation.present:
        aggregation["clusterRoleSelectors"].require()
        for selector in aggregation["clusterRoleSelectors"].items():
            check_selector(selector)


def check_binding(obj: Node, _minor: int) -> None:
    """What a RoleBinding or ClusterRoleBinding binds to whom."""
    role, namespaced = obj["roleRef"], obj["kind"].value == "RoleBinding"
    role["apiGroup"].one_of(GROUP)
    role["kind"].one_of(
        *(("Role", "ClusterRole") if namespaced else ("ClusterRole",)), empty=False, absent=False
    )
    if role["name"].require():
        role["name"].named(names.path_segment)
    for subject in obj["subjects"].items():
        _check_subject(subject, namespaced=namespaced)


def _check_subject(subject: Node, *, namespaced: bool) -> None:
    kind, group = subject["kind"], subject["apiGroup"]
    kind.one_of("Group", "ServiceAccount", "User", empty=False, absent=False)
    subject["name"].require()
    if kind.value == "ServiceAccount":
        subject["name"].named(names.dns_subdomain)
        if group.filled:
            group.refuse_value("is not the group of a ServiceAccount", "remove apiGroup")
        if not namespaced:
            subject["namespace"].require("write the namespace of the ServiceAccount")
    elif kind.text in {"Group", "User"} and group.filled:
        group.one_of(GROUP)
