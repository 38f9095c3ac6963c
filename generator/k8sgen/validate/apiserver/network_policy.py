"""NetworkPolicies.

Source: `pkg/apis/networking/validation`: ValidateNetworkPolicySpec, ValidateNetworkPolicyPort,
ValidateNetworkPolicyPeer, ValidateIPBlock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.addresses import check_block
from k8sgen.validate.apiserver.containers import PROTOCOLS
from k8sgen.validate.apiserver.metadata import check_selector

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node


def check_network_policy(obj: Node, _minor: int) -> None:
    """The spec of a policy."""
    spec = obj["spec"]
    check_selector(spec["podSelector"])
    for rules in spec.given("ingress", "egress"):
        side = "from" if rules.key == "ingress" else "to"
        for rule in rules.items():
            for port in rule["ports"].items() if "ports" in rule.map else ():
                _check_port(port)
            for peer in rule[side].items() if side in rule.map else ():
                _check_peer(peer)
    for kinds in spec.given("policyTypes"):
        if kinds.count > 2:
            kinds.refuse("there are more than two policyTypes", "write each once")
            return
        for kind in kinds.items():
            kind.one_of("Ingress", "Egress", empty=False)


def _check_port(port: Node) -> None:
    if "protocol" in port.map:
        port.check_one_of("protocol", *PROTOCOLS, empty=False)
    port.check_between(1, 65535, "port")
    port.check_name("port", names.port_name)
    for last in port.given("endPort") if "endPort" in port.map else ():
        first = port.integer_of("port")
        if first is None:
            last.refuse("endPort needs a port number to start from", "write port as a number")
        elif last.integer is not None and last.integer < first:
            last.refuse_value(f"is below port ({first})", "raise endPort")
        last.between(1, 65535)


def _check_peer(peer: Node) -> None:
    given = peer.keys()
    if not given:
        peer.refuse("an empty peer", "write podSelector, namespaceSelector or ipBlock")
    elif "ipBlock" in given and len(given) > 1:
        peer.refuse("ipBlock stands beside a selector", "make two peers")
    for selector in peer.given("podSelector", "namespaceSelector"):
        check_selector(selector)
    for block in peer.given("ipBlock"):
        _check_ip_block(block)


def _check_ip_block(allowed: Node) -> None:
    whole = check_block(allowed["cidr"])
    for part in allowed["except"].items():
        block = check_block(part)
        if whole is None or block is None:
            continue
        inside = whole.version == block.version and block.network_address in whole
        if not inside or block.prefixlen <= whole.prefixlen:
            part.refuse_value(f"is no part of {whole}", "except takes smaller blocks inside cidr")
