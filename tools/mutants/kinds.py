"""Mutations that know what Kubernetes makes of a kind: versions, contradictions."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from mutants.slots import pick, slots

if TYPE_CHECKING:
    from random import Random

VERSIONS = (
    "v1", "apps/v1", "apps/v1beta1", "extensions/v1beta1", "batch/v1", "batch/v1beta1", "policy/v1", "policy/v1beta1",
    "networking.k8s.io/v1", "networking.k8s.io/v1beta1", "autoscaling/v1", "autoscaling/v2", "autoscaling/v2beta2",
    "rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1", "v2", "", "apps", "core/v1", "V1",
)  # fmt: skip
KINDS = (
    "Deployment",
    "deployment",
    "Deployments",
    "Pod",
    "Service",
    "ConfigMap",
    "Job",
    "List",
    "",
    "Deploy",
    "ReplicaSet",
)

CONTRADICTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("strategy", {"type": "Recreate"}),
    ("strategy", {"type": "OnDelete"}),
    ("rollingUpdate", {"maxSurge": 0, "maxUnavailable": 0}),
    ("rollingUpdate", {"maxSurge": "0%", "maxUnavailable": "00%"}),
    ("updateStrategy", {"type": "OnDelete"}),
    ("livenessProbe", {"tcpSocket": {"port": 80}}),
    ("livenessProbe", {"successThreshold": 2}),
    ("readinessProbe", {"exec": {"command": ["true"]}}),
    ("readinessProbe", {"terminationGracePeriodSeconds": 5}),
    ("startupProbe", {"httpGet": {"port": 80}}),
    ("startupProbe", {"successThreshold": 3}),
    ("preStop", {"sleep": {"seconds": 1}}),
    ("preStop", {"sleep": {"seconds": 100000}}),
    ("postStart", {"httpGet": {"port": "web"}}),
    ("env", {"valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}),
    ("env", {"value": "x"}),
    ("valueFrom", {"configMapKeyRef": {"name": "c", "key": "k"}}),
    ("envFrom", {"secretRef": {"name": "s"}}),
    ("volumes", {"emptyDir": {}}),
    ("volumes", {"hostPath": {"path": "/x"}}),
    ("sources", {"secret": {"name": "s"}}),
    ("volumeMounts", {"subPath": "a", "subPathExpr": "$(A)"}),
    ("volumeMounts", {"mountPropagation": "Bidirectional"}),
    ("volumeMounts", {"recursiveReadOnly": "Enabled"}),
    ("securityContext", {"privileged": True, "allowPrivilegeEscalation": False}),
    ("securityContext", {"windowsOptions": {"runAsUserName": "a"}}),
    ("seccompProfile", {"type": "Localhost"}),
    ("seccompProfile", {"type": "RuntimeDefault", "localhostProfile": "a"}),
    ("tolerations", {"operator": "Exists"}),
    ("tolerations", {"tolerationSeconds": 5, "effect": "NoSchedule"}),
    ("topologySpreadConstraints", {"minDomains": 2}),
    ("topologySpreadConstraints", {"maxSkew": 0}),
    ("matchExpressions", {"operator": "Exists"}),
    ("matchExpressions", {"operator": "In", "values": []}),
    ("matchExpressions", {"operator": "Gt", "values": ["x"]}),
    ("resources", {"requests": {"cpu": "4"}, "limits": {"cpu": "2"}}),
    ("resources", {"requests": {"nvidia.com/gpu": 1}}),
    ("resources", {"limits": {"nvidia.com/gpu": "1.5"}}),
    ("resources", {"requests": {"hugepages-2Mi": "4Mi"}, "limits": {"hugepages-2Mi": "4Mi"}}),
    ("resources", {"claims": [{"name": "x"}]}),
    ("limits", {"foo": 1}),
    ("template", {"metadata": {"labels": {"other": "x"}}}),
    ("spec", {"clusterIP": "None"}),
    ("spec", {"type": "ClusterIP"}),
    ("spec", {"type": "NodePort"}),
    ("spec", {"type": "ExternalName"}),
    ("spec", {"externalName": "a.b"}),
    ("spec", {"externalTrafficPolicy": "Local"}),
    ("spec", {"sessionAffinity": "None"}),
    ("spec", {"minAvailable": 1, "maxUnavailable": 1}),
    ("spec", {"minReplicas": 20}),
    ("spec", {"minReplicas": 0}),
    ("spec", {"restartPolicy": "Always"}),
    ("spec", {"restartPolicy": "Never"}),
    ("spec", {"activeDeadlineSeconds": 5}),
    ("spec", {"hostNetwork": True}),
    ("spec", {"hostUsers": False, "hostPID": True}),
    ("spec", {"hostPID": True, "shareProcessNamespace": True}),
    ("spec", {"dnsPolicy": "None"}),
    ("spec", {"progressDeadlineSeconds": 5, "minReadySeconds": 5}),
    ("spec", {"completionMode": "Indexed"}),
    ("spec", {"backoffLimitPerIndex": 1}),
    ("spec", {"podReplacementPolicy": "Failed"}),
    ("spec", {"suspend": True, "ttlSecondsAfterFinished": 0}),
    ("spec", {"volumeName": "v"}),
    ("spec", {"dataSource": {"kind": "PersistentVolumeClaim", "name": "x"}}),
    ("spec", {"ingressClassName": "nginx"}),
    ("spec", {"os": {"name": "windows"}}),
    ("spec", {"os": {"name": "linux"}}),
    ("spec", {"hostname": "a", "setHostnameAsFQDN": True}),
    ("spec", {"schedulingGates": [{"name": "a/b"}, {"name": "a/b"}]}),
    ("spec", {"overhead": {"cpu": "-1"}}),
    ("spec", {"resources": {"requests": {"cpu": "1m"}}}),
    ("backend", {"resource": {"kind": "K", "name": "n", "apiGroup": "a.b"}}),
    ("port", {"name": "http", "number": 80}),
    ("ports", {"endPort": 70}),
    ("ports", {"nodePort": 30000}),
    ("ports", {"hostPort": 8081}),
    ("from", {"ipBlock": {"cidr": "10.0.0.0/8"}}),
    ("to", {"podSelector": {}}),
    ("ipBlock", {"except": ["192.168.0.0/16"]}),
    ("target", {"averageUtilization": 50, "averageValue": "1"}),
    ("metrics", {"type": "External"}),
    ("scaleTargetRef", {"apiVersion": "v1"}),
    ("scaleUp", {"stabilizationWindowSeconds": 4000}),
    ("rules", {"nonResourceURLs": ["/healthz"]}),
    ("subjects", {"apiGroup": "rbac.authorization.k8s.io"}),
    ("roleRef", {"kind": "User"}),
    ("metadata", {"generateName": "a-"}),
    ("metadata", {"name": ""}),
    ("metadata", {"finalizers": ["x"]}),
    ("metadata", {"finalizers": ["example.com/x"]}),
    ("metadata", {"ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "x", "uid": "1"}]}),
    ("metadata", {"ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "x"}]}),
    ("metadata", {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "x"}}),
    ("metadata", {"annotations": {"container.apparmor.security.beta.kubernetes.io/x": "runtime/default"}}),
    ("metadata", {"annotations": {"kubernetes.io/ingress.class": "x"}}),
    ("metadata", {"labels": None}),
    ("data", {"a b": "x"}),
    ("data", {"..": "eA=="}),
    ("data", {"x": "not base64!"}),
    ("stringData", {"a/b": "x"}),
)
"""A field, and what is laid over the map it holds, or over one of the maps in its list."""


def version_changed(random: Random, obj: Any) -> bool:
    """The apiVersion or kind of another object, or of none."""
    if random.random() < 0.8:
        obj["apiVersion"] = random.choice(VERSIONS)
    else:
        obj["kind"] = random.choice(KINDS)
    return True


def contradiction(random: Random, obj: Any) -> bool:
    """Two fields that do not go together, or one without the other it needs."""
    fields = {slot.field for slot in slots(obj)}
    field, laid = random.choice([pair for pair in CONTRADICTIONS if pair[0] in fields])
    slot = pick(random, obj, lambda each: each.field == field and isinstance(each.value, dict))
    if slot is None:
        return False
    for key, value in copy.deepcopy(laid).items():
        here = slot.value.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            here.update(value)
        else:
            slot.value[key] = value
    return True
