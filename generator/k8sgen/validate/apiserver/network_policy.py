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
    for direction, side in (("ingress", "from"), ("egress", "to")):
        for rule in spec[direction].items():
            for port in rule["ports"].items():
                _check_port(port)
            for peer in rule[side].items():
                _check_peer(peer)
    if spec["policyTypes"].count > 2:
        spec["policyTypes"].refuse("there are more than two policyTypes", "write each once")
        return
    for kind in spec["policyTypes"].items():
        kind.one_of("Ingress", "Egress", empty=False)


def _check_port(port: Node) -> None:
    port["protocol"].one_of(*PROTOCOLS, empty=False)
    first, last = port["port"], port["endPort"]
    if first.integer is not None:
        first.between(1, 65535)
    elif isinstance(first.value, str):
        first.named(names.port_name)
    if not last.present:
        return
    if first.integer is None:
        last.refuse("endPort needs a port number to start from", "write port as a number")
    elif last.integer is not None and last.integer < first.integer:
        last.refuse_value(f"is below port ({first.value})", "raise endPort")
    last.between(1, 65535)


def _check_peer(peer: Node) -> None:
    given = peer.keys()
    if not given:
        peer.refuse("an empty peer", "write podSelector, namespaceSelector or ipBlock")
    elif "ipBlock" in given and len(given) > 1:
        peer.refuse("ipBlock stands beside a selector", "make two peers")
    check_selector(peer["podSelector"])
    check_selector(peer["namespaceSelector"])
    if not peer["ipBlock"].present:
        return
    whole = check_block(peer["ipBlock"]["cidr"])
    for part in peer["ipBlock"]["except"].items():
        block = check_block(part)
        if whole is None or block is None:
            continue
        inside = whole.version == block.version and block.network_address in whole
        if not inside or block.prefixlen <= whole.prefixlen:
            part.refuse_value(f"is no part of {whole}", "except takes smaller blocks inside cidr")
