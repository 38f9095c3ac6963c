"""As whom the pods speak to the API server."""

from __future__ import annotations

from typing import Any, ClassVar

from k8sgen.spec.model import Model, default, derived
from k8sgen.spec.types import Annotations, DnsName, KubernetesObject
from k8sgen.yamltext.read import Map


class ServiceAccount(Model):
    """The ServiceAccount of the pods and its rights. The short form is the name of an existing one."""

    short_forms: ClassVar = ({"type": "string", "description": "Name of an account that exists already."},)

    create: bool = default(True, "Whether the account is made here.")
    name: DnsName | None = derived("the service's name; `default` without create", "Name of the account.")
    annotations: Annotations = default({}, "Annotations of the account, such as a cloud identity.")
    automount_token: bool | None = derived(
        "true when rights are given", "Whether pods get a token for the API server."
    )
    rules: list[KubernetesObject] = default(
        [],
        "Rights in the namespace, each a Kubernetes PolicyRule.",
        kubernetes="io.k8s.api.rbac.v1.PolicyRule",
    )
    cluster_rules: list[KubernetesObject] = default(
        [],
        "Rights in the whole cluster, each a Kubernetes PolicyRule.",
        kubernetes="io.k8s.api.rbac.v1.PolicyRule",
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A name is that of an account that exists already."""
        return Map({"create": False, "name": value}) if isinstance(value, str) else value
