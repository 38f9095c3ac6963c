"""A pod spec as a whole.

Source: `pkg/apis/core/validation`: ValidatePodSpec, ValidatePodTemplateSpec, validatePodDNSConfig,
validatePodHostNetworkDeps, validateHostUsers, ValidateHostAliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.addresses import check_address
from k8sgen.validate.apiserver.containers import check_containers
from k8sgen.validate.apiserver.metadata import check_annotations, check_labels
from k8sgen.validate.apiserver.resources import check_overhead, check_pod_resources
from k8sgen.validate.apiserver.scheduling import check_scheduling
from k8sgen.validate.apiserver.security import check_pod_security
from k8sgen.validate.apiserver.volumes import check_volumes

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

DEFAULT_GRACE = 30
DNS_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")


def check_template(template: Node, minor: int, claims: set[str] | frozenset[str] = frozenset()) -> None:
    """A pod template; `claims` are volumes that the workload adds to each pod."""
    for field, check in (("labels", check_labels), ("annotations", check_annotations)):
        values = template["metadata"][field]
        if values.present:
            check(values, (*template.pointer, field))  # the server leaves metadata out
    if template["spec"]["ephemeralContainers"].filled:
        template["spec"]["ephemeralContainers"].refuse(
            "a pod template has no ephemeral containers", "remove it"
        )
    check_pod_spec(template["spec"], minor, claims)


def check_pod_spec(pod: Node, minor: int, claims: set[str] | frozenset[str] = frozenset()) -> None:
    """The spec of a pod."""
    grace = pod["terminationGracePeriodSeconds"]
    grace.at_least(0)
    volumes = check_volumes(pod["volumes"]) | claims
    check_containers(pod, volumes, DEFAULT_GRACE if grace.integer is None else grace.integer, minor)
    check_pod_resources(pod)
    check_pod_security(pod["securityContext"])
    check_scheduling(pod)
    _check_gates(pod["schedulingGates"])
    check_overhead(pod["overhead"])
    pod["restartPolicy"].one_of("Always", "OnFailure", "Never")
    pod["preemptionPolicy"].one_of("Never", "PreemptLowerPriority", empty=False)
    pod["activeDeadlineSeconds"].between(1, 2**31 - 1)
    for field in ("serviceAccountName", "priorityClassName", "nodeName"):
        if pod[field].filled:
            pod[field].named(names.dns_subdomain)
    pod["runtimeClassName"].named(names.dns_subdomain)
    for field in ("hostname", "subdomain"):
        if pod[field].filled:
            pod[field].named(names.dns_label)
    _check_host(pod)
    _check_dns(pod)
    for gate in pod["readinessGates"].items():
        gate["conditionType"].required_name(names.qualified_name)
    for alias in pod["hostAliases"].items():
        check_address(alias["ip"])
        for host in alias["hostnames"].items():
            host.named(names.dns_subdomain)


def _check_gates(gates: Node) -> None:
    seen: set[str] = set()
    for gate in gates.items():
        if reason := names.qualified_name(gate["name"].text):
            gate["name"].refuse_value(reason, field=gate.pointer)
        gate["name"].only_once(seen, "is there twice", gate.pointer)


def _check_host(pod: Node) -> None:
    if pod["shareProcessNamespace"].value is True and pod["hostPID"].value is True:
        pod["shareProcessNamespace"].refuse("shareProcessNamespace contradicts hostPID", "remove one")
    if pod["hostUsers"].value is False:
        for field in ("hostNetwork", "hostPID", "hostIPC"):
            if pod[field].value is True:
                pod[field].refuse(f"{field} needs the host's users, and hostUsers is false", "remove one")
    if pod["hostNetwork"].value is True:
        for container in pod["containers"].items():
            for port in container["ports"].items():
                if port["hostPort"].integer and port["hostPort"].value != port["containerPort"].value:
                    port["hostPort"].refuse_value(
                        "must be the containerPort in the host's network", "remove hostPort"
                    )


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
        option["name"].require(field=option.pointer)
