"""IP addresses and blocks of them.

Source: `k8s.io/apimachinery/pkg/util/validation/ip.go` and `pkg/apis/core/validation`:
IsValidIPForLegacyField, IsValidCIDRForLegacyField, ValidateEndpointIP; from 1.36 they refuse leading
zeros, host bits and IPv4 inside IPv6 (gate StrictIPCIDRValidation), which we refuse for every version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

_is_prefix = re.compile(r"[^/%]+/(?:0|[1-9][0-9]*)").fullmatch
_leading_zeros = re.compile(r"(?<![0-9])0+(?=[0-9])")


def check_address(node: Node, field: Pointer = ()) -> IPv4Address | IPv6Address | None:
    """Report what is no IP address; the address if it is one."""
    address = _address(node.text)
    if address is None:
        node.refuse_value("is no IP address", field=field)
    elif address.version == 6 and address.ipv4_mapped:
        node.refuse_value("is an IPv4 address inside IPv6", f"write {address.ipv4_mapped}", field)
        return None
    return address


def check_endpoint(node: Node) -> None:
    """Report what is no address that traffic can be sent to."""
    address = check_address(node)
    if address is None:
        return
    group = address.packed[:3] == b"\xe0\x00\x00" if address.version == 4 else address.packed[0] == 0xFF
    if address.is_unspecified:
        node.refuse_value("stands for no address")
    elif address.is_loopback:
        node.refuse_value("is a loopback address")
    elif address.is_link_local:
        node.refuse_value("is a link-local address")
    elif group and (address.version == 4 or address.packed[1] & 0x0F == 2):
        node.refuse_value("is a link-local multicast address")


def is_address(text: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address, leading zeros or not; ParseIPSloppy."""
    if ":" in text:
        return _address(text) is not None
    # Most texts are host names, which the parser takes long to refuse.
    return text[-1:].isdigit() and _address(_leading_zeros.sub("", text)) is not None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    from ipaddress import ip_address

    if "%" in text or not text.isascii():
        return None
    try:
        return ip_address(text)
    except ValueError:
        return None


def check_block(node: Node, field: Pointer = (), *, padded: bool = False) -> IPv4Network | IPv6Network | None:
    """Report what is no block of addresses; the block if it is one. `padded`: with spaces around it."""
    from ipaddress import ip_network

    if not node.require("write a block of addresses such as 10.0.0.0/8", field):
        return None
    text = node.text.strip() if padded else node.text
    if _is_prefix(text) and text.isascii():
        try:
            return ip_network(text)
        except ValueError:
            pass
        try:
            whole = ip_network(text, strict=False)
        except ValueError:
            node.refuse_value("is no block of addresses", "write one such as 10.0.0.0/8", field)
            return None
        node.refuse_value("has bits set beyond its prefix", f"write {whole}", field)
        return whole
    hint = "write one such as 10.0.0.0/8" if "/" in text else f"write {text}/32 for one IPv4 address"
    node.refuse_value("is no block of addresses", hint, field)
    return None
