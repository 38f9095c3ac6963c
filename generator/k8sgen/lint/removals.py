"""API versions that Kubernetes no longer serves: since when, and what serves the kind now."""

from __future__ import annotations

from typing import NamedTuple


class Removal(NamedTuple):
    """From which minor version on a kind is not served, its new apiVersion ("" when there is none), and whether that has the same fields."""

    minor: int
    replacement: str
    same: bool


REMOVED: dict[tuple[str, str], Removal] = {
    **{
        ("extensions/v1beta1", kind): Removal(16, "apps/v1", same=False)
        for kind in ("DaemonSet", "Deployment", "ReplicaSet")
    },
    **{
        (f"apps/v1beta{number}", kind): Removal(16, "apps/v1", same=False)
        for number in (1, 2)
        for kind in ("DaemonSet", "Deployment", "ReplicaSet", "StatefulSet")
    },
    ("extensions/v1beta1", "NetworkPolicy"): Removal(16, "networking.k8s.io/v1", same=True),
    ("extensions/v1beta1", "PodSecurityPolicy"): Removal(16, "", same=False),
    ("extensions/v1beta1", "Ingress"): Removal(22, "networking.k8s.io/v1", same=False),
    ("networking.k8s.io/v1beta1", "Ingress"): Removal(22, "networking.k8s.io/v1", same=False),
    ("networking.k8s.io/v1beta1", "IngressClass"): Removal(22, "networking.k8s.io/v1", same=True),
    ("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration"): Removal(
        22, "admissionregistration.k8s.io/v1", same=False
    ),
    ("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration"): Removal(
        22, "admissionregistration.k8s.io/v1", same=False
    ),
    ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"): Removal(
        22, "apiextensions.k8s.io/v1", same=False
    ),
    ("apiregistration.k8s.io/v1beta1", "APIService"): Removal(22, "apiregistration.k8s.io/v1", same=True),
    ("certificates.k8s.io/v1beta1", "CertificateSigningRequest"): Removal(
        22, "certificates.k8s.io/v1", same=False
    ),
    ("coordination.k8s.io/v1beta1", "Lease"): Removal(22, "coordination.k8s.io/v1", same=True),
    **{
        ("rbac.authorization.k8s.io/v1beta1", kind): Removal(22, "rbac.authorization.k8s.io/v1", same=True)
        for kind in ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")
    },
    ("scheduling.k8s.io/v1beta1", "PriorityClass"): Removal(22, "scheduling.k8s.io/v1", same=True),
    **{
        ("storage.k8s.io/v1beta1", kind): Removal(22, "storage.k8s.io/v1", same=True)
        for kind in ("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment")
    },
    ("batch/v1beta1", "CronJob"): Removal(25, "batch/v1", same=True),
    ("discovery.k8s.io/v1beta1", "EndpointSlice"): Removal(25, "discovery.k8s.io/v1", same=False),
    ("events.k8s.io/v1beta1", "Event"): Removal(25, "events.k8s.io/v1", same=False),
    ("autoscaling/v2beta1", "HorizontalPodAutoscaler"): Removal(25, "autoscaling/v2", same=False),
    ("policy/v1beta1", "PodDisruptionBudget"): Removal(25, "policy/v1", same=False),
    ("policy/v1beta1", "PodSecurityPolicy"): Removal(25, "", same=False),
    ("node.k8s.io/v1beta1", "RuntimeClass"): Removal(25, "node.k8s.io/v1", same=True),
    ("autoscaling/v2beta2", "HorizontalPodAutoscaler"): Removal(26, "autoscaling/v2", same=True),
    **{
        (f"flowcontrol.apiserver.k8s.io/v1beta{number}", kind): Removal(
            minor, "flowcontrol.apiserver.k8s.io/v1", same=False
        )
        for number, minor in ((1, 26), (2, 29), (3, 32))
        for kind in ("FlowSchema", "PriorityLevelConfiguration")
    },
    ("storage.k8s.io/v1beta1", "CSIStorageCapacity"): Removal(27, "storage.k8s.io/v1", same=True),
}
"""By apiVersion and kind. Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/"""
