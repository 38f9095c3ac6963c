"""The rules that the API server holds in code and the published schemas do not show.

Ours, written from the facts in Kubernetes' `pkg/apis/*/validation` (1.37.2) and compared with a real
server in the tests: one module per concern, each naming the functions it follows. Defaults that the
server fills in before it validates are kept in mind, so an absent field is judged by its default.

Cluster settings are not known here: node port ranges, admission plugins, quotas, what exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.validate.apiserver.autoscaling import check_autoscaler
from k8sgen.validate.apiserver.claims import check_claim
from k8sgen.validate.apiserver.classes import check_ingress_class, check_priority_class, check_storage_class
from k8sgen.validate.apiserver.config import check_config_map, check_secret
from k8sgen.validate.apiserver.disruption import check_budget
from k8sgen.validate.apiserver.gateway import check_http_route
from k8sgen.validate.apiserver.ingress import check_ingress
from k8sgen.validate.apiserver.jobs import check_cron_job, check_job
from k8sgen.validate.apiserver.metadata import check_metadata
from k8sgen.validate.apiserver.namespaces import check_namespace
from k8sgen.validate.apiserver.network_policy import check_network_policy
from k8sgen.validate.apiserver.node import Node
from k8sgen.validate.apiserver.quotas import check_limit_range, check_quota
from k8sgen.validate.apiserver.rbac import check_binding, check_role
from k8sgen.validate.apiserver.service import check_service
from k8sgen.validate.apiserver.workloads import (
    check_daemon_set,
    check_deployment,
    check_pod,
    check_replica_set,
    check_stateful_set,
)
from k8sgen.validate.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from k8sgen.validate.violation import Pointer

RULES: dict[tuple[str, str], Callable[[Node, int], None]] = {
    ("", "ConfigMap"): check_config_map,
    ("", "LimitRange"): check_limit_range,
    ("", "Namespace"): check_namespace,
    ("", "PersistentVolumeClaim"): check_claim,
    ("", "Pod"): check_pod,
    ("", "ResourceQuota"): check_quota,
    ("", "Secret"): check_secret,
    ("", "Service"): check_service,
    ("apps", "DaemonSet"): check_daemon_set,
    ("apps", "Deployment"): check_deployment,
    ("apps", "ReplicaSet"): check_replica_set,
    ("apps", "StatefulSet"): check_stateful_set,
    ("autoscaling", "HorizontalPodAutoscaler"): check_autoscaler,
    ("batch", "CronJob"): check_cron_job,
    ("batch", "Job"): check_job,
    ("gateway.networking.k8s.io", "HTTPRoute"): check_http_route,
    ("networking.k8s.io", "Ingress"): check_ingress,
    ("networking.k8s.io", "IngressClass"): check_ingress_class,
    ("networking.k8s.io", "NetworkPolicy"): check_network_policy,
    ("policy", "PodDisruptionBudget"): check_budget,
    ("rbac.authorization.k8s.io", "ClusterRole"): check_role,
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): check_binding,
    ("rbac.authorization.k8s.io", "Role"): check_role,
    ("rbac.authorization.k8s.io", "RoleBinding"): check_binding,
    ("scheduling.k8s.io", "PriorityClass"): check_priority_class,
    ("storage.k8s.io", "StorageClass"): check_storage_class,
}


def check_object(obj: Mapping[str, Any], minor: int) -> list[Violation]:
    """What Kubernetes 1.`minor` would refuse in an object that passes its schema.

    Values of a wrong type are skipped: they are the schema's business. Kinds without rules of their
    own get those of all metadata.
    """
    node = Node(obj)
    check_metadata(node, minor)
    group = node.text_of("apiVersion").rpartition("/")[0]
    if rule := RULES.get((group, node.text_of("kind"))):
        rule(node, minor)
    return node.found


def check_null_items(obj: Mapping[str, Any]) -> list[Violation]:
    """Nulls in lists, which the server reads as empty items and takes where it takes those; nobody means them."""
    return [
        Violation(pointer, "null in a list is read as an empty item", "remove it")
        for pointer in _null_items(obj, ())
    ]


def _null_items(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    """Null as a value is dropped by the server, but as an item of a list it becomes an empty one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                yield from _null_items(inner, (*pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if item is None:
                yield (*pointer, index)
            elif isinstance(item, dict | list):
                yield from _null_items(item, (*pointer, index))
