"""Keys that people know from Kubernetes, Helm and Compose, and the field that does it here.

A test holds that every field named here exists, and that no key here is one of its own.
"""

from __future__ import annotations

ELSEWHERE: dict[str, str] = {
    "clusterRole": "serviceAccount.clusterRules",
    "configMap": "files",
    "configMaps": "files",
    "config": "files",
    "cpu": "resources.requests.cpu",
    "depends_on": "initContainers",
    "deploymentStrategy": "rollout",
    "entrypoint": "command",
    "extraEnv": "env",
    "extraEnvFrom": "envFrom",
    "healthcheck": "probes.liveness",
    "horizontalPodAutoscaler": "autoscaling",
    "host": "expose.hosts",
    "hosts": "expose.hosts",
    "hpa": "autoscaling",
    "httpRoute": "expose.gateway",
    "imagePullPolicy": "image.pullPolicy",
    "imagePullSecrets": "image.pullSecrets",
    "ingress": "expose",
    "ingressClass": "expose.ingressClassName",
    "lifecycle": "shutdown.preStop",
    "liveness": "probes.liveness",
    "livenessProbe": "probes.liveness",
    "memory": "resources.requests.memory",
    "networkPolicy": "network",
    "pdb": "disruption",
    "podDisruptionBudget": "disruption",
    "podSecurityContext": "security",
    "readiness": "probes.readiness",
    "readinessProbe": "probes.readiness",
    "replicaCount": "replicas",
    "role": "serviceAccount.rules",
    "rules": "serviceAccount.rules",
    "scale": "autoscaling",
    "securityContext": "security",
    "serviceAccountName": "serviceAccount",
    "startupProbe": "probes.startup",
    "strategy": "rollout",
    "targetPort": "ports",
    "terminationGracePeriodSeconds": "shutdown.gracePeriodSeconds",
    "topologySpreadConstraints": "placement.spread.constraints",
    "updateStrategy": "rollout",
    "volumeMounts": "volumes",
}
"""By key, wherever it stands."""

HERE: dict[str, str] = {
    "autoscaling.max": "autoscaling.maxReplicas",
    "autoscaling.min": "autoscaling.minReplicas",
    "autoscaling.targetCPUUtilizationPercentage": "autoscaling.cpu",
    "autoscaling.targetMemoryUtilizationPercentage": "autoscaling.memory",
    "expose.host": "expose.hosts",
    "probes.live": "probes.liveness",
    "probes.ready": "probes.readiness",
    "resources.cpu": "resources.requests.cpu",
    "resources.memory": "resources.requests.memory",
    "service.port": "ports.*.servicePort",
    "service.nodePort": "ports.*.nodePort",
    "shutdown.terminationGracePeriodSeconds": "shutdown.gracePeriodSeconds",
}
"""By whole path, before the key alone is looked up."""

SAID: dict[str, str] = {
    "containers": "image, ports and env of the main container stand at the top, other containers under sidecars",
    "deployment": "its fields stand at the top, as replicas or rollout",
    "environment": "variables stand under env, what differs by environment under environments",
    "environments": "environments stand at the top of the file, not inside one another",
    "global": "every field stands at the top, without global",
    "secret": "a Secret is made elsewhere; name it in env, envFrom, files or volumes",
    "secrets": "a Secret is made elsewhere; name it in env, envFrom, files or volumes",
}
"""What to say of a key that no one field answers to."""

SETTINGS_ONLY = ("defaults", "kubernetesVersion", "lint", "output", "schemas")
"""Keys of k8sgen.yaml that people write into service.yaml."""

OBJECT_ONLY = ("apiVersion", "kind", "spec", "metadata")
"""Keys of a Kubernetes object, which a service.yaml is not."""

CONTAINER_FIELDS = (
    "resizePolicy",
    "restartPolicyRules",
    "stdin",
    "stdinOnce",
    "terminationMessagePath",
    "terminationMessagePolicy",
    "tty",
    "volumeDevices",
)
"""Fields of a Kubernetes Container that go under `container`."""

POD_FIELDS = (
    "activeDeadlineSeconds",
    "automountServiceAccountToken",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "hostAliases",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostUsers",
    "hostname",
    "nodeName",
    "os",
    "overhead",
    "preemptionPolicy",
    "priority",
    "readinessGates",
    "resourceClaims",
    "restartPolicy",
    "runtimeClassName",
    "schedulerName",
    "schedulingGates",
    "setHostnameAsFQDN",
    "shareProcessNamespace",
    "subdomain",
)
"""Fields of a Kubernetes PodSpec that go under `pod`."""
