"""As whom the pods speak to the API server, and with which rights."""

from __future__ import annotations

from k8sgen.resolve.derivation import Release, derived, rule
from k8sgen.spec.service_spec import Spec

ACCOUNT_DOCS = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
RBAC_DOCS = "https://kubernetes.io/docs/reference/access-authn-authz/rbac/"


@derived(given="serviceAccount.name", source=ACCOUNT_DOCS)
def service_account_name(spec: Spec, release: Release) -> str:
    """Name of the ServiceAccount of the pods; `default` is there in every namespace."""
    return release.fullname if spec.service_account.create else "default"


@derived(given="serviceAccount.automountToken", source=ACCOUNT_DOCS)
def automount_token(spec: Spec) -> bool:
    """Whether pods get a token for the API server: only those that have rights there."""
    return has_rights(spec)


@automount_token.because
def _(spec: Spec) -> str:
    if automount_token(spec):
        return "the rights in serviceAccount are used with a token"
    return "a service that does not call the API server needs no token"


@derived()
def has_rights(spec: Spec) -> bool:
    """Whether the spec gives the account rights."""
    return bool(spec.service_account.rules or spec.service_account.cluster_rules)


@derived(source=RBAC_DOCS)
def cluster_role_name(release: Release) -> str:
    """Name of the objects without a namespace: no two namespaces may share one."""
    return f"{release.fullname}.{release.namespace}"


@rule(
    "serviceAccount.rules",
    "serviceAccount.clusterRules",
    "serviceAccount.create",
    "serviceAccount.name",
    hint="name the account that is to have them, or let one be created",
    source=ACCOUNT_DOCS,
)
def rights_for_everybody(spec: Spec, release: Release) -> str:
    """The account `default` is that of every pod in the namespace that names none."""
    if has_rights(spec) and service_account_name(spec, release) == "default":
        return (
            "serviceAccount gives rights to the account default, which other pods of the namespace have too"
        )
    return ""


@rule("serviceAccount.clusterRules", hint="add `namespace:`", source=RBAC_DOCS)
def cluster_rights_without_namespace(spec: Spec) -> str:
    """A ClusterRoleBinding says in which namespace the account is, and its name must not clash with another's."""
    if spec.service_account.cluster_rules and spec.namespace is None:
        return "serviceAccount.clusterRules need the namespace of the account, and there is no namespace"
    return ""
