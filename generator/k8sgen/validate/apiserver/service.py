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
FAMILIES = ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")
OF_LOAD_BALANCERS = ("loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass")
TRAFFIC = ("externalTrafficPolicy", "internalTrafficPolicy", "trafficDistribution", "healthCheckNodePort")
SOURCE_RANGES = "LoadBalancerSourceRanges"


def check_service(obj: Node, minor: int) -> None:
    """The spec of a Service; validateService."""
    spec = obj["spec"]
    given, ports = spec.map, spec["ports"]
    kind = spec.text_of("type") or "ClusterIP"
    headless = given.get("clusterIP") == "None"
    spec.check_one_of("type", *TYPES)
    if kind == "ExternalName":
        _check_external_name(spec)
    elif not headless:
        ports.require("write the ports, or clusterIP: None")
    if headless and kind in {"LoadBalancer", "NodePort"}:
        spec["clusterIP"].refuse(
            f"type {kind} cannot be headless", "remove clusterIP: None", (*spec["clusterIPs"].pointer, 0)
        )
    _check_ports(ports, kind)
    check_labels(spec, "selector")
    if "sessionAffinity" in given:
        _check_affinity(spec)
    if spec.has(*FAMILIES):
        _check_families(spec, headless=headless)
    if spec.has(*OF_LOAD_BALANCERS, "externalIPs"):
        _check_load_balancer(spec, kind)
    if spec.has(*TRAFFIC):
        _check_traffic(spec, kind, minor)


def _check_external_name(spec: Node) -> None:
    if spec.require_field("externalName"):
        reason = names.dns_subdomain(spec.text_of("externalName").removesuffix("."))
        if reason:
            spec["externalName"].refuse_value(reason)
    for field in FAMILIES:
        if spec[field].filled:
            named = spec["clusterIPs" if field == "clusterIP" else field].pointer
            spec[field].refuse(f"type ExternalName has no {field}", "remove it", named)


def _check_ports(ports: Node, kind: str) -> None:
    seen: set[str] = set()
    for port in ports.items():
        if port.map.get("name"):
            port.check_name("name", names.dns_label)
            port.check_once("name", seen, "names two ports")
        elif ports.count > 1:
            port["name"].refuse("a Service of several ports names each", "write a name")
        _check_numbers(port, kind)
    for field in ("port", "nodePort"):
        _check_distinct(ports, field)


def _check_numbers(port: Node, kind: str) -> None:
    before = len(port.found)
    targeted = port.map.get("targetPort") not in (None, 0, "")
    port.require_between(1, 65535, "port")
    if not targeted and len(port.found) > before:
        port.also(before, port["targetPort"].pointer)  # the server takes the port for it
    port.check_one_of("protocol", *PROTOCOLS)
    if targeted:
        check_port(port, "targetPort")
    port.check_name("appProtocol", names.qualified_name)
    if kind == "ClusterIP" and port.integer_of("nodePort"):
        port["nodePort"].refuse_value("is for type NodePort or LoadBalancer", "remove it")


def _check_distinct(ports: Node, field: str) -> None:
    """Within one protocol a number stands for one port."""
    if ports.count < 2:
        return
    seen: set[tuple[str, int]] = set()
    for port in ports.items():
        protocol, number = port.text_of("protocol") or "TCP", port.integer_of(field)
        if number and (protocol, number) in seen:
            named = port if field == "port" else port[field]
            port[field].refuse_value(f"with {protocol} is there twice", "change one", named.pointer)
        seen.add((protocol, number or 0))


def _check_affinity(spec: Node) -> None:
    affinity, config = spec["sessionAffinity"], spec["sessionAffinityConfig"]
    affinity.one_of("ClientIP", "None")
    if affinity.value == "ClientIP":
        config["clientIP"].check_between(1, LONGEST_AFFINITY, "timeoutSeconds")


def _check_families(spec: Node, *, headless: bool) -> None:
    seen: set[str] = set()
    for family in spec["ipFamilies"].items():
        family.one_of("IPv4", "IPv6", empty=False)
        family.only_once(seen, "is there twice")
    spec.check_one_of("ipFamilyPolicy", "SingleStack", "PreferDualStack", "RequireDualStack", empty=False)
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
        spec.check_name("loadBalancerClass", names.qualified_name)
    for address in spec["externalIPs"].items():
        check_endpoint(address)


def _check_traffic(spec: Node, kind: str, minor: int) -> None:
    external = spec["externalTrafficPolicy"]
    reachable = kind in {"LoadBalancer", "NodePort"} or (kind == "ClusterIP" and spec["externalIPs"].filled)
    if reachable:
        external.one_of("Cluster", "Local")
    elif external.filled:
        external.refuse("externalTrafficPolicy is for a Service reached from outside", "remove it")
    spec.check_one_of("internalTrafficPolicy", "Cluster", "Local", empty=False)
    near = ("PreferClose", "PreferSameZone", "PreferSameNode") if minor >= SAME_ZONE else ("PreferClose",)
    spec.check_one_of("trafficDistribution", *near, empty=False)
    health = spec["healthCheckNodePort"]
    if health.integer:
        health.between(1, 65535)
    if health.integer and not (kind == "LoadBalancer" and external.value == "Local"):
        health.refuse(
            "healthCheckNodePort is for type LoadBalancer with externalTrafficPolicy Local", "remove it"
        )
