"""Security contexts as they take effect, accounts, and the rights of roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.workload import Container, Workload
    from k8sgen.manifests import Manifest, Pointer


def effective(container: Container, field: str) -> Any:
    """A field of the container's security context, else of the pod's; None when neither says it."""
    own = container.security.get(field)
    return container.workload.security.get(field) if own is None else own


def place_of(container: Container, field: str) -> Pointer:
    """Where the field that takes effect stands."""
    own = container.security.get(field) is not None
    return (*(container.pointer if own else container.workload.pod_path()), "securityContext", field)


def account_of(workload: Workload) -> str:
    """The name of the ServiceAccount of its pods, by the old field too; `default` unless given."""
    return workload.pod.get("serviceAccountName") or workload.pod.get("serviceAccount") or "default"


def grants(role: Manifest) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rules of a Role or ClusterRole of Kubernetes, with their positions."""
    if role.group == "rbac.authorization.k8s.io":
        yield from enumerate(role.data.get("rules") or ())
