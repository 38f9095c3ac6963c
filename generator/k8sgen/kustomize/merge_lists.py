"""Which lists a strategic merge patch merges by key, as kustomize has it built in.

Kustomize knows the types of Kubernetes 1.21 and takes a list's items for one another where a merge key
says so; every other list is replaced as a whole. Of a kind that is not listed here it may know more or
less than this table, by its version, so lists of such objects are never left to it.
https://github.com/kubernetes-sigs/kustomize/tree/master/kyaml/openapi/kubernetesapi
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Keys = tuple[str, ...]
"""The merge keys of a list, none for a list of scalars that are merged as a set."""


@dataclass(frozen=True, slots=True)
class Merging:
    """How kustomize merges what stands at a place of an object.

    `keys` holds the merge keys of the lists among the values of a map, `inside` what is merged in special
    ways below a key, or below each item of the list that is there.
    """

    keys: Mapping[str, Keys] = field(default_factory=dict)
    inside: Mapping[str, Merging] = field(default_factory=dict)

    def below(self, key: str) -> Merging:
        """The same one key further down."""
        return self.inside.get(key, ORDINARY)


ORDINARY: Final = Merging()
"""Maps merge, lists are replaced."""

CONTAINER: Final = Merging(
    {
        "env": ("name",),
        "volumeMounts": ("mountPath",),
        "volumeDevices": ("devicePath",),
        "ports": ("containerPort", "protocol"),
    }
)
POD: Final = Merging(
    {
        "containers": ("name",),
        "initContainers": ("name",),
        "ephemeralContainers": ("name",),
        "volumes": ("name",),
        "imagePullSecrets": ("name",),
        "hostAliases": ("ip",),
        "topologySpreadConstraints": ("topologyKey", "whenUnsatisfiable"),
    },
    {"containers": CONTAINER, "initContainers": CONTAINER, "ephemeralContainers": CONTAINER},
)
METADATA: Final = Merging({"finalizers": (), "ownerReferences": ("uid",)})
TEMPLATE: Final = Merging(inside={"metadata": METADATA, "spec": POD})


def kind(**inside: Merging) -> Merging:
    """An object with these parts."""
    return Merging(inside={"metadata": METADATA, **inside})


WORKLOAD: Final = kind(spec=Merging(inside={"template": TEMPLATE}))

KINDS: Final[Mapping[tuple[str, str], Merging]] = {
    ("v1", "Pod"): kind(spec=POD),
    ("apps/v1", "Deployment"): WORKLOAD,
    ("apps/v1", "StatefulSet"): WORKLOAD,
    ("apps/v1", "DaemonSet"): WORKLOAD,
    ("apps/v1", "ReplicaSet"): WORKLOAD,
    ("batch/v1", "Job"): WORKLOAD,
    ("batch/v1", "CronJob"): kind(
        spec=Merging(inside={"jobTemplate": Merging(inside={"spec": Merging(inside={"template": TEMPLATE})})})
    ),
    ("v1", "Service"): kind(spec=Merging({"ports": ("port", "protocol")})),
    ("v1", "ServiceAccount"): Merging({"secrets": ("name",)}, {"metadata": METADATA}),
    **{
        known: kind()
        for known in (
            ("v1", "ConfigMap"),
            ("v1", "Secret"),
            ("v1", "PersistentVolumeClaim"),
            ("rbac.authorization.k8s.io/v1", "Role"),
            ("rbac.authorization.k8s.io/v1", "RoleBinding"),
            ("rbac.authorization.k8s.io/v1", "ClusterRole"),
            ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
            ("policy/v1", "PodDisruptionBudget"),
            ("autoscaling/v2", "HorizontalPodAutoscaler"),
            ("networking.k8s.io/v1", "Ingress"),
            ("networking.k8s.io/v1", "NetworkPolicy"),
            ("gateway.networking.k8s.io/v1", "HTTPRoute"),
        )
    },
}


def merging_of(obj: Mapping[str, Any]) -> Merging | None:
    """How kustomize merges an object; None when only its maps are certain."""
    return KINDS.get((str(obj.get("apiVersion", "")), str(obj.get("kind", ""))))
