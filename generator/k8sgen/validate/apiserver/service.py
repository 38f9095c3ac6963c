"""Services.

Source: `pkg/apis/core/validation`: validateService, validateServicePort, ValidateServiceClusterIPsRelatedFields,
validateServiceExternalTrafficPolicy, validateClientIPAffinityConfig, validateServiceTrafficDistribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.addresses import check_address, check_block, check_endpoint
from k8sgen.validate.apiserver.containers import PROTOCOLS
from k8sgen.validate.apiserver.metadata import check_labels
from k8sgen.validate.apiserver.probes import check_port

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

TYPES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
LONGEST_AFFINITY = 86400
SAME_ZONE = 34
OF_LOAD_BALANCERS = ("loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass")
TRAFFIC = ("externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution", "healthCheckNodePort")
SOURCE_RANGES = "LoadBalancerSourceRanges"


def check_service(obj: Node, minor: int) -> None:
    """The spec of a Service; validateService."""
    spec = obj["spec"]
    kind = spec["type"].text or "ClusterIP"
    headless = spec["clusterIP"].value == "None"
    spec["type"].one_of(*TYPES)
    if kind == "ExternalName":
        _check_external_name(spec)
    elif not headless:
        spec["ports"].require("write the ports, or clusterIP: None")
    if headless and kind in {"LoadBalancer", "NodePort"}:
        spec["clusterIP"].refuse(
            f"type {kind} cannot be headless", "remove clusterIP: None", (*spec["clusterIPs"].pointer, 0)
        )
    _check_ports(spec["ports"], kind)
    for labels in spec.given("selector"):
        check_labels(labels)
    if spec.has("sessionAffinity"):
        _check_affinity(spec)
    if spec.has("ipFamilies", "ipFamilyPolicy", "clusterIP", "clusterIPs"):
        _check_families(spec, headless=headless)
    if spec.has(*OF_LOAD_BALANCERS, "externalIPs"):
        _check_load_balancer(spec, kind)
    if spec.has(*TRAFFIC):
        _check_traffic(spec, kind, minor)


def _check_external_name(spec: Node) -> None:
    if spec["externalName"].require():
        reason = names.dns_subdomain(spec["externalName"].text.removesuffix("."))
        if reason:
            spec["externalName"].refuse_value(reason)
    for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"):
        if spec[field].filled:
            named = spec["clusterIPs" if field == "clusterIP" else field].pointer
            spec[field].refuse(f"type ExternalName has no {field}", "remove it", named)


def _check_ports(ports: Node, kind: str) -> None:
    seen: set[str] = set()
    for port in ports.items():
        name, target = port["name"], port["targetPort"]
        if name.filled:
            name.named(names.dns_label)
            name.only_once(seen, "names two ports")
        elif ports.count > 1:
            name.refuse("a Service of several ports names each", "write a name")
        _check_numbers(port, target, kind)
    for field in ("port", "nodePort"):
        _check_distinct(ports, field)


def _check_numbers(port: Node, target: Node, kind: str) -> None:
    before = len(port.found)
    port["port"].required_between(1, 65535)
    if target.value in (None, 0, ""):
        port.also(before, target.pointer)  # the server takes the port for it
    for protocol in port.given("protocol"):
        protocol.one_of(*PROTOCOLS)
    if target.value not in (None, 0, ""):
        check_port(target)
    for protocol in port.given("appProtocol"):
        protocol.named(names.qualified_name)
    for node_port in port.given("nodePort"):
        if kind == "ClusterIP" and node_port.integer:
            node_port.refuse_value("is for type NodePort or LoadBalancer", "remove it")


def _check_distinct(ports: Node, field: str) -> None:
    """Within one protocol a number stands for one port."""
    if ports.count < 2:
        return
    seen: set[tuple[str, int]] = set()
    for port in ports.items():
        protocol, number = port["protocol"].text or "TCP", port[field].integer
        if number and (protocol, number) in seen:
            named = port if field == "port" else port[field]
            port[field].refuse_value(f"with {protocol} is there twice", "change one", named.pointer)
        seen.add((protocol, number or 0))


def _check_affinity(spec: Node) -> None:
    affinity, config = spec["sessionAffinity"], spec["sessionAffinityConfig"]
    affinity.one_of("ClientIP", "None")
    if affinity.value == "ClientIP":
        config["clientIP"]["timeoutSeconds"].between(1, LONGEST_AFFINITY)


def _check_families(spec: Node, *, headless: bool) -> None:
    seen: set[str] = set()
    for family in spec["ipFamilies"].items():
        family.one_of("IPv4", "IPv6", empty=False)
        family.only_once(seen, "is there twice")
    spec["ipFamilyPolicy"].one_of("SingleStack", "PreferDualStack", "RequireDualStack", empty=False)
    addresses, first = spec["clusterIPs"], spec["clusterIP"]
    if spec["type"].value == "ExternalName":
        return
    if first.filled and not headless and not addresses.count:
        check_address(first, (*addresses.pointer, 0))
    if addresses.count and addresses.value[0] != first.value:
        problem = "do not start with clusterIP" if first.filled else "stand there without clusterIP"
        addresses.refuse(f"clusterIPs {problem}", "write both, or clusterIP alone")
    for index, address in enumerate(addresses.items()):
        if index or address.value != "None":
            check_address(address)
    if addresses.count > 2 or (addresses.count > 1 and "None" in addresses.texts):
        addresses.refuse("clusterIPs holds None alone, or one address of each family", "remove some")


def _check_load_balancer(spec: Node, kind: str) -> None:
    for field in OF_LOAD_BALANCERS:
        value = spec[field]
        if kind != "LoadBalancer" and value.present and value.value != []:
            named = (*spec.pointer, SOURCE_RANGES) if field == "loadBalancerSourceRanges" else ()
            value.refuse(f"{field} is for type LoadBalancer", "remove it", named)
    for index, block in enumerate(spec["loadBalancerSourceRanges"].items()):
        check_block(block, (*spec.pointer, SOURCE_RANGES, index), padded=True)
    if kind == "LoadBalancer" and spec["loadBalancerClass"].present:
        spec["loadBalancerClass"].named(names.qualified_name)
    for address in spec["externalIPs"].items():
        check_endpoint(address)


def _check_traffic(spec: Node, kind: str, minor: int) -> None:
    external = spec["externalTrafficPolicy"]
    reachable = kind in {"LoadBalancer", "NodePort"} or (kind == "ClusterIP" and spec["externalIPs"].filled)
    if reachable:
        external.one_of("Cluster", "Local")
    elif external.filled:
        external.refuse("externalTrafficPolicy is for a Service reached from outside", "remove it")
    spec["internalTrafficPolicy"].one_of("Cluster", "Local", empty=False)
    near = ("PreferClose", "PreferSameZone", "PreferSameNode") if minor >= SAME_ZONE else ("PreferClose",)
    spec["trafficDistribution"].one_of(*near, empty=False)
    health = spec["healthCheckNodePort"]
    if health.integer:
        health.between(1, 65535)
    if health.integer and not (kind == "LoadBalancer" and external.value == "Local"):
        health.refuse(
            "healthCheckNodePort is for type LoadBalancer with externalTrafficPolicy Local", "remove it"
        )
