"""A pod spec as a whole.

Source: `pkg/apis/core/validation`: ValidatePodSpec, ValidatePodTemplateSpec, validatePodDNSConfig,
validatePodHostNetworkDeps, validateHostUsers, ValidateHostAliases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.addresses import check_address
from k8sgen.validate.apiserver.containers import check_containers
from k8sgen.validate.apiserver.metadata import check_annotations, check_labels
from k8sgen.validate.apiserver.operating_system import check_operating_system
from k8sgen.validate.apiserver.resources import check_overhead, check_pod_resources
from k8sgen.validate.apiserver.scheduling import check_scheduling
from k8sgen.validate.apiserver.security import check_pod_security
from k8sgen.validate.apiserver.volumes import check_volumes

if TYPE_CHECKING:
    from collections.abc import Callable

    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

LONGEST_HOST_NAME = 64
SECCOMP = ("seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/")
SECCOMP_PROFILES = ("runtime/default", "docker/default", "unconfined")
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
APP_ARMOR_PROFILES = ("", "runtime/default", "unconfined")
DELETION_COST = "controller.kubernetes.io/pod-deletion-cost"
_is_cost = re.compile(r"0|-?[1-9][0-9]{0,9}").fullmatch
DEFAULT_GRACE = 30
DNS_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")


def check_pod_annotations(annotations: Node, pod: Node, field: Pointer = ()) -> None:
    """ValidatePodSpecificAnnotations: what annotations said before there were fields for it."""
    field = field or annotations.pointer
    for key, value in annotations.entries():
        if key.startswith(SECCOMP) and (reason := _seccomp(value.text)):
            value.refuse_value(reason, field=(*field, *key.split(".")))
        elif key.startswith(APP_ARMOR):
            container = key.removeprefix(APP_ARMOR)
            lists = ("containers", "initContainers", "ephemeralContainers")
            known = {each.text_of("name") for kind in lists for each in pod[kind].items()}
            if container not in known:
                value.refuse(f'"{container}" is no container of the pod', field=(*field, key))
            if value.text not in APP_ARMOR_PROFILES and not value.text.startswith("localhost/"):
                value.refuse_value("is no AppArmor profile", field=(*field, key))
        elif key == DELETION_COST and not _is_cost(value.text):
            value.refuse_value("is no cost, an integer of 32 bits", field=(*field, key))


def _seccomp(text: str) -> str:
    if text in SECCOMP_PROFILES:
        return ""
    if text.startswith("localhost/"):
        return names.relative_path(text.removeprefix("localhost/"))
    return "is no seccomp profile"


def check_template(template: Node, minor: int, claims: set[str] | frozenset[str] = frozenset()) -> None:
    """A pod template; `claims` are volumes that the workload adds to each pod."""
    metadata, pod = template["metadata"], template["spec"]
    check_labels(metadata, "labels", template)  # the server leaves metadata out
    if "annotations" in metadata.map:
        check_annotations(metadata, "annotations", template)
        check_pod_annotations(metadata["annotations"], pod, (*template.pointer, "annotations"))
    if pod.map.get("ephemeralContainers"):
        pod["ephemeralContainers"].refuse("a pod template has no ephemeral containers", "remove it")
    check_pod_spec(pod, minor, claims)


def check_pod_spec(pod: Node, minor: int, claims: set[str] | frozenset[str] = frozenset()) -> None:
    """The spec of a pod."""
    given = pod.map
    volumes = check_volumes(pod["volumes"]) | dict.fromkeys(claims, -1)
    grace = pod.integer_of("terminationGracePeriodSeconds")
    seconds = DEFAULT_GRACE if grace is None else grace
    if seconds < 0 and len(pod.pointer) == 1:
        seconds = 1  # the server makes one second of it, in a Pod and not in a template
    check_containers(pod, volumes, seconds, minor)
    for key, check in PARTS.items():
        if key in given and given[key] is not None:
            check(pod[key])
    check_scheduling(pod)
    check_operating_system(pod)
    _check_names(pod)
    _check_host(pod)
    if "dnsPolicy" in given or "dnsConfig" in given:
        _check_dns(pod)


def _check_names(pod: Node) -> None:
    """Names of other objects, and of the pod's host."""
    given = pod.map
    for field in ("serviceAccountName", "priorityClassName", "nodeName"):
        if given.get(field):
            pod.check_name(field, names.dns_subdomain)
    if given.get("serviceAccount") and not given.get("serviceAccountName"):
        pod.check_name("serviceAccount", names.dns_subdomain, pod["serviceAccountName"].pointer)
    if "runtimeClassName" in given:
        pod.check_name("runtimeClassName", names.dns_subdomain)
    for field in ("hostname", "subdomain"):
        if given.get(field) and pod.root.map.get("kind") != "StatefulSet":
            pod.check_name(field, names.dns_label)  # a StatefulSet writes its own over them
    for name in pod.given("hostnameOverride") if "hostnameOverride" in given else ():
        _check_override(name, pod)


def _check_override(name: Node, pod: Node) -> None:
    """ValidatePodHostName."""
    for field in ("setHostnameAsFQDN", "hostNetwork"):
        if pod.map.get(field) is True:
            name.refuse(f"hostnameOverride does not go with {field}", "remove one")
    if len(name.text) > LONGEST_HOST_NAME:
        name.refuse_value(f"is longer than {LONGEST_HOST_NAME} characters")
    name.named(names.dns_subdomain)


def _check_claims(claims: Node) -> None:
    """ValidatePodResourceClaims."""
    seen: set[str] = set()
    for claim in claims.items():
        name, own, template = claim["name"], claim["resourceClaimName"], claim["resourceClaimTemplateName"]
        if name.require():
            name.named(names.dns_label)
        name.only_once(seen, "names two claims")
        if own.present == template.present:
            problem = "stand side by side" if own.present else "are both missing"
            claim.refuse(f"resourceClaimName and resourceClaimTemplateName {problem}", "write one of them")
        own.named(names.dns_subdomain)
        template.named(names.dns_subdomain)


def _check_gates(gates: Node) -> None:
    seen: set[str] = set()
    for gate in gates.items():
        if reason := names.qualified_name(gate.text_of("name")):
            gate["name"].refuse_value(reason, field=gate.pointer)
        gate.check_once("name", seen, "is there twice", gate.pointer)


def _check_readiness(gates: Node) -> None:
    for gate in gates.items():
        gate.require_name("conditionType", names.qualified_name)


def _check_aliases(aliases: Node) -> None:
    """ValidateHostAliases."""
    for alias in aliases.items():
        check_address(alias["ip"])
        for host in alias["hostnames"].items():
            host.named(names.dns_subdomain)


def _check_host(pod: Node) -> None:
    if not pod.has("hostNetwork", "hostPID", "hostIPC", "hostUsers"):
        return
    if pod.map.get("shareProcessNamespace") is True and pod.map.get("hostPID") is True:
        pod["shareProcessNamespace"].refuse("shareProcessNamespace contradicts hostPID", "remove one")
    if pod.map.get("hostUsers") is False:
        _check_users(pod)
    if pod.map.get("hostNetwork") is True:
        for container in pod["containers"].items():
            for port in container["ports"].items():
                if port.integer_of("hostPort") and port["hostPort"].value != port["containerPort"].value:
                    port["hostPort"].refuse_value(
                        "must be the containerPort in the host's network", "remove hostPort"
                    )


def _check_users(pod: Node) -> None:
    """What needs the users of the host, in a pod that has its own; validateHostUsers."""
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.map.get(field) is True:
            named = field if field == "hostNetwork" else field[0].upper() + field[1:]
            pod[field].refuse(
                f"{field} needs the host's users, and hostUsers is false", "remove one", (*pod.pointer, named)
            )
    for kind in pod.given("containers", "initContainers"):
        for devices in (container["volumeDevices"] for container in kind.items()):
            if devices.filled:
                devices.refuse("volumeDevices need the host's users, and hostUsers is false", "remove one")


def _check_dns(pod: Node) -> None:
    policy, config = pod["dnsPolicy"], pod["dnsConfig"]
    policy.one_of(*DNS_POLICIES)
    if policy.value == "None" and not config["nameservers"].filled:
        config["nameservers"].refuse(
            "dnsPolicy None needs a name server",
            "write dnsConfig.nameservers",
            config["nameservers"].pointer if config.present else config.pointer,
        )
    if config["nameservers"].count > 3:
        config["nameservers"].refuse("there are more than 3 name servers", "remove some")
    for server in config["nameservers"].items():
        check_address(server)
    if config["searches"].count > 32:
        config["searches"].refuse("there are more than 32 search paths", "remove some")
    for search in config["searches"].items():
        if search.text != "." and (
            reason := names.dns_subdomain(search.text.removesuffix(".").replace("_", "-"))
        ):
            search.refuse_value(reason)
    for option in config["options"].items():
        option.require_field("name", field=option.pointer)


PARTS: dict[str, Callable[[Node], None]] = {
    "resources": check_pod_resources,
    "securityContext": check_pod_security,
    "schedulingGates": _check_gates,
    "overhead": check_overhead,
    "restartPolicy": lambda policy: policy.one_of("Always", "OnFailure", "Never"),
    "preemptionPolicy": lambda policy: policy.one_of("Never", "PreemptLowerPriority", empty=False),
    "activeDeadlineSeconds": lambda seconds: seconds.between(1, 2**31 - 1),
    "resourceClaims": _check_claims,
    "readinessGates": _check_readiness,
    "hostAliases": _check_aliases,
}
"""What is looked at alone, when it is there."""
