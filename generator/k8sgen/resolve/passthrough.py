"""Fields of Kubernetes that the spec passes on: all but those which have a place of their own."""

from __future__ import annotations

from typing import Any

from k8sgen.resolve.arithmetic import by_key
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.container import Container
from k8sgen.spec.service_spec import Spec

CONTAINER_PLACES = {
    "args": "args",
    "command": "command",
    "env": "env",
    "envFrom": "envFrom",
    "image": "image",
    "imagePullPolicy": "image.pullPolicy",
    "livenessProbe": "probes.liveness",
    "name": "containerName, or the key of the sidecar",
    "ports": "ports",
    "readinessProbe": "probes.readiness",
    "resources": "resources",
    "restartPolicy": "sidecars, whose containers are restarted",
    "securityContext": "security",
    "startupProbe": "probes.startup",
    "volumeMounts": "volumes, with mountPath",
    "workingDir": "workingDir",
}
"""Where the spec keeps each field of a Container that it knows."""

POD_PLACES = {
    "affinity": "placement.affinity",
    "automountServiceAccountToken": "serviceAccount.automountToken",
    "containers": "the fields of the service itself, and sidecars",
    "imagePullSecrets": "image.pullSecrets",
    "initContainers": "initContainers",
    "nodeSelector": "placement.nodeSelector",
    "priorityClassName": "placement.priorityClassName",
    "securityContext": "security",
    "serviceAccount": "serviceAccount",
    "serviceAccountName": "serviceAccount.name",
    "terminationGracePeriodSeconds": "shutdown.gracePeriodSeconds",
    "tolerations": "placement.tolerations",
    "topologySpreadConstraints": "placement.spread",
    "volumes": "volumes",
}
"""Where the spec keeps each field of a PodSpec that it knows."""


@derived()
def has_lifecycle(container: Container) -> bool:
    """Whether a container passes hooks on, which are printed with our own preStop hook."""
    return container.container is not None and "lifecycle" in container.container


@derived()
def fields_beside_lifecycle(container: Container) -> dict[str, Any]:
    """What a container passes on, without its hooks."""
    fields: dict[str, Any] = {}
    for key, value in by_key(container.container):
        if key != "lifecycle":
            fields[key] = value  # noqa: PERF403 - a chart has no comprehensions
    return fields


@derived()
def passes_service_links(spec: Spec) -> bool:
    """Whether the spec says itself if there are variables for every Service of the namespace."""
    return "enableServiceLinks" in spec.pod


@rule("*", each="containers.container", hint="move it there")
def container_field_has_its_own_place(value: str, key: str, at: str) -> str:
    """One fact, one place."""
    if key in CONTAINER_PLACES:
        return f"{at.removesuffix('.')} has a place of its own in the spec: {CONTAINER_PLACES[key]}"
    return ""


@rule("*", each="pod", hint="move it there")
def pod_field_has_its_own_place(value: str, key: str) -> str:
    """One fact, one place."""
    if key in POD_PLACES:
        return f"pod.{key} has a place of its own in the spec: {POD_PLACES[key]}"
    return ""
