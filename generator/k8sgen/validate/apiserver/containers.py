"""Containers: main, init and sidecar.

Source: `pkg/apis/core/validation`: validateContainers, validateInitContainers, validateContainerCommon,
validateContainerPorts, AccumulateUniqueHostPorts, validateInitContainerRestartPolicy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.env import check_env
from k8sgen.validate.apiserver.probes import PROBES, check_lifecycle, check_probes
from k8sgen.validate.apiserver.resources import check_claims, check_resources
from k8sgen.validate.apiserver.security import check_container_security
from k8sgen.validate.apiserver.volumes import check_mounts

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

RESTART_RULES = 35
MOST_RESTART_RULES = 20
MOST_EXIT_CODES = 255
PROTOCOLS = ("TCP", "UDP", "SCTP")


def check_containers(pod: Node, volumes: dict[str, int], grace_seconds: int, minor: int) -> None:
    """All containers of a pod with these volumes and this grace period."""
    containers = pod["containers"]
    containers.require("write at least one container")
    seen: set[str] = set()
    for container in containers.items():
        _check_common(container, volumes, seen, minor)
        _check_for_pod(container, pod)
        if "lifecycle" in container.map:
            check_lifecycle(container["lifecycle"], grace_seconds, minor)
        check_probes(container)
        if container.has("restartPolicy"):
            if minor < RESTART_RULES:
                container["restartPolicy"].refuse("restartPolicy is for init containers", "remove it")
            container.check_one_of("restartPolicy", "Always", "Never", "OnFailure", empty=False)
        if "restartPolicyRules" in container.map:
            _check_restart_rules(container)
    _check_host_ports(containers)
    for containers in pod.given("initContainers"):
        for container in containers.items():
            _check_common(container, volumes, seen, minor)
            _check_for_pod(container, pod)
            _check_init(container, grace_seconds, minor)
        _check_host_ports(containers, together=False)


def _check_for_pod(container: Node, pod: Node) -> None:
    """What a container's resources say of its pod."""
    if "claims" in container.map_of("resources"):
        known = {claim.text_of("name") for claim in pod["resourceClaims"].items()}
        check_claims(container["resources"], known)
    if "resizePolicy" in container.map:
        _check_resize_policy(container["resizePolicy"], never=pod.map.get("restartPolicy") == "Never")


def _check_restart_rules(container: Node) -> None:
    """validateContainerRestartPolicy: what is done at which exit codes."""
    rules = container["restartPolicyRules"]
    if not rules.count:
        return
    if not container["restartPolicy"].present:
        container["restartPolicy"].refuse("restartPolicyRules need a restartPolicy", "write one")
    if rules.count > MOST_RESTART_RULES:
        rules.refuse(f"there are more than {MOST_RESTART_RULES} rules", "remove some")
    for rule in rules.items():
        rule.check_one_of("action", "Restart", "RestartAllContainers", empty=False, absent=False)
        codes = rule["exitCodes"]
        if not codes.present:
            codes.require()
            continue
        codes.check_one_of("operator", "In", "NotIn", empty=False, absent=False)
        if codes["values"].count > MOST_EXIT_CODES:
            codes["values"].refuse(f"there are more than {MOST_EXIT_CODES} exit codes", "remove some")


def _check_init(container: Node, grace_seconds: int, minor: int) -> None:
    policy = container["restartPolicy"]
    if "restartPolicyRules" in container.map:
        _check_restart_rules(container)
    policy.one_of(*(("Always", "Never", "OnFailure") if minor >= RESTART_RULES else ("Always",)), empty=False)
    if policy.value == "Always":
        check_lifecycle(container["lifecycle"], grace_seconds, minor)
        check_probes(container)
        return
    for field in container.given("lifecycle", *PROBES):
        hint = "remove it, or make it a sidecar with restartPolicy: Always"
        field.refuse(f"an init container that runs once takes no {field.key}", hint)


def _check_common(container: Node, volumes: dict[str, int], seen: set[str], minor: int) -> None:
    given = container.map
    if container.require_field("name"):
        container.check_name("name", names.dns_label)
        container.check_once("name", seen, "names two containers")
    if container.require_field("image"):
        _check_image(container)
    container.check_one_of("terminationMessagePolicy", "File", "FallbackToLogsOnError")
    container.check_one_of("imagePullPolicy", "Always", "IfNotPresent", "Never")
    if "ports" in given:
        _check_ports(container["ports"])
    if "env" in given or "envFrom" in given:
        check_env(container, minor)
    if "volumeMounts" in given or "volumeDevices" in given:
        check_mounts(container, volumes)
    if "resources" in given:
        check_resources(container["resources"])
    if "securityContext" in given:
        check_container_security(container["securityContext"])


def _check_image(container: Node) -> None:
    text = container.text_of("image")
    if text != text.strip():
        container["image"].refuse_value("has a space before or after it", f"write {text.strip()}")


def _check_ports(ports: Node) -> None:
    seen: set[str] = set()
    for port in ports.items():
        given = port.map
        if given.get("name"):
            port.check_name("name", names.port_name)
            port.check_once("name", seen, "names two ports")
        port.require_between(1, 65535, "containerPort")
        if given.get("hostPort"):
            port.check_between(1, 65535, "hostPort")
        port.check_one_of("protocol", *PROTOCOLS)


def _check_host_ports(containers: Node, *, together: bool = True) -> None:
    """Each port of the host is taken once: by all containers, or by each of those that run one by one."""
    seen: set[tuple[int, str, str]] = set()
    for container in containers.items():
        if not together:
            seen.clear()
        for port in container["ports"].items() if "ports" in container.map else ():
            number = port.integer_of("hostPort")
            if number:
                taken = (number, port.text_of("protocol") or "TCP", port.text_of("hostIP"))
                if taken in seen:
                    port["hostPort"].refuse_value("is taken by another port of the pod", "change one")
                seen.add(taken)


def _check_resize_policy(policies: Node, *, never: bool) -> None:
    """`never`: the pod's containers are not restarted."""
    seen: set[str] = set()
    for policy in policies.items():
        name, restart = policy["resourceName"], policy["restartPolicy"]
        name.one_of("cpu", "memory", empty=False, absent=False, field=policies.pointer)
        restart.one_of("NotRequired", "RestartContainer", empty=False, absent=False, field=policies.pointer)
        if never and restart.value == "RestartContainer":
            restart.refuse_value(
                "contradicts the pod's restartPolicy Never", "write NotRequired", policies.pointer
            )
        name.only_once(seen, "has two resize policies", policy.pointer)
