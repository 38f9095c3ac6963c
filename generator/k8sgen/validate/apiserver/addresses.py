"""IP addresses and blocks of them.

Source: `pkg/apis/core/validation`: IsValidIPForLegacyField, IsValidCIDRForLegacyField; from 1.36 they
refuse leading zeros and host bits (gate StrictIPCIDRValidation), which we refuse for every version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from k8sgen.validate.apiserver.node import Node


def check_address(node: Node) -> None:
    """Report what is no IP address."""
    if not is_address(node.text):
        node.refuse_value("is no IP address")


def is_address(text: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address."""
    from ipaddress import ip_address

    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def check_block(node: Node) -> IPv4Network | IPv6Network | None:
    """Report what is no block of addresses; the block if it is one."""
    from ipaddress import ip_network

    if not node.require("write a block of addresses such as 10.0.0.0/8"):
        return None
    if "/" in node.text:
        try:
            return ip_network(node.text)
        except ValueError:
            pass
        try:
            whole = ip_network(node.text, strict=False)
        except ValueError:
            node.refuse_value("is no block of addresses", "write one such as 10.0.0.0/8")
            return None
        node.refuse_value("has bits set beyond its prefix", f"write {whole}")
        return whole
    node.refuse_value("is no block of addresses", f"write {node.text}/32 for one IPv4 address")
    return None
