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
    pod["containers"].require("write at least one container")
    seen: set[str] = set()
    claims = {claim["name"].text for claim in pod["resourceClaims"].items()}
    never = pod["restartPolicy"].value == "Never"
    for container in pod["containers"].items():
        _check_common(container, volumes, seen, minor)
        _check_for_pod(container, claims, never=never)
        for lifecycle in container.given("lifecycle"):
            check_lifecycle(lifecycle, grace_seconds, minor)
        check_probes(container)
        for policy in container.given("restartPolicy"):
            if minor < RESTART_RULES:
                policy.refuse("restartPolicy is for init containers", "remove it")
            policy.one_of("Always", "Never", "OnFailure", empty=False)
        if container.has("restartPolicyRules"):
            _check_restart_rules(container)
    _check_host_ports(pod["containers"])
    for container in pod["initContainers"].items():
        _check_common(container, volumes, seen, minor)
        _check_for_pod(container, claims, never=never)
        _check_init(container, grace_seconds, minor)
    for containers in pod.given("initContainers"):
        _check_host_ports(containers, together=False)


def _check_for_pod(container: Node, claims: set[str], *, never: bool) -> None:
    """What a container's resources say of its pod; `never`: its containers are not restarted."""
    for resources in container.given("resources"):
        if resources.has("claims"):
            check_claims(resources, claims)
    for policies in container.given("resizePolicy"):
        _check_resize_policy(policies, never=never)


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
        rule["action"].one_of("Restart", "RestartAllContainers", empty=False, absent=False)
        codes = rule["exitCodes"]
        if not codes.present:
            codes.require()
            continue
        codes["operator"].one_of("In", "NotIn", empty=False, absent=False)
        if codes["values"].count > MOST_EXIT_CODES:
            codes["values"].refuse(f"there are more than {MOST_EXIT_CODES} exit codes", "remove some")


def _check_init(container: Node, grace_seconds: int, minor: int) -> None:
    policy = container["restartPolicy"]
    if container.has("restartPolicyRules"):
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
    name, image = container["name"], container["image"]
    if name.require():
        name.named(names.dns_label)
        name.only_once(seen, "names two containers")
    if image.require() and image.text != image.text.strip():
        image.refuse_value("has a space before or after it", f"write {image.text.strip()}")
    for policy in container.given("terminationMessagePolicy"):
        policy.one_of("File", "FallbackToLogsOnError")
    for policy in container.given("imagePullPolicy"):
        policy.one_of("Always", "IfNotPresent", "Never")
    for ports in container.given("ports"):
        _check_ports(ports)
    if container.has("env", "envFrom"):
        check_env(container, minor)
    if container.has("volumeMounts", "volumeDevices"):
        check_mounts(container, volumes)
    for resources in container.given("resources"):
        check_resources(resources)
    for context in container.given("securityContext"):
        check_container_security(context)


def _check_ports(ports: Node) -> None:
    seen: set[str] = set()
    for port in ports.items():
        name, number = port["name"], port["containerPort"]
        if name.filled:
            name.named(names.port_name)
            name.only_once(seen, "names two ports")
        number.required_between(1, 65535)
        for host in port.given("hostPort"):
            if host.integer:
                host.between(1, 65535)
        for protocol in port.given("protocol"):
            protocol.one_of(*PROTOCOLS)


def _check_host_ports(containers: Node, *, together: bool = True) -> None:
    """Each port of the host is taken once: by all containers, or by each of those that run one by one."""
    seen: set[tuple[int, str, str]] = set()
    for container in containers.items():
        if not together:
            seen.clear()
        for port in container["ports"].items():
            number = port["hostPort"].integer if port.has("hostPort") else 0
            if number:
                taken = (number, port["protocol"].text or "TCP", port["hostIP"].text)
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
