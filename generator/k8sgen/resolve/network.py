"""Who may talk to the pods, and to whom they may talk."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given, by_key, is_text
from k8sgen.resolve.container import port_protocol
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.services import ports_named
from k8sgen.spec.network import LabelSelector, NetworkPort, Peer
from k8sgen.spec.service_spec import Spec

POLICY_DOCS = "https://kubernetes.io/docs/concepts/services-networking/network-policies/"


@derived(given="protocol")
def own_port_protocol(network_port: NetworkPort, spec: Spec) -> str:
    """Protocol of a port of the pods: what the port of this name or number says, else TCP."""
    protocol = "TCP"
    for name, port in by_key(spec.ports):
        if f"{network_port.port}" == name or f"{network_port.port}" == f"{port.port}":
            protocol = port_protocol(port)
    for _sidecar, container in by_key(spec.sidecars):
        for name, port in by_key(container.ports):
            if f"{network_port.port}" == name or f"{network_port.port}" == f"{port.port}":
                protocol = port_protocol(port)
    return protocol


@derived(source=POLICY_DOCS)
def own_port(network_port: NetworkPort, spec: Spec) -> int | str:
    """A port of the pods: as it is given, but by its number where running pods may not have the name."""
    port = network_port.port
    if as_given(spec.selector) is not None and is_text(network_port.port):
        for number in ports_named(f"{network_port.port}", spec):
            port = number
    return port


@own_port.because
def _(network_port: NetworkPort, spec: Spec) -> str:
    if own_port(network_port, spec) == network_port.port:
        return ""
    return "pods that ran before this spec may have no name for it"


@derived(given="protocol")
def other_port_protocol(network_port: NetworkPort) -> str:
    """Protocol of a port on the other side."""
    return "TCP"


@derived()
def has_selector(peer: Peer) -> bool:
    """Whether a peer is anybody in particular."""
    return peer.pod_selector is not None or peer.namespace_selector is not None or peer.ip_block is not None


@derived()
def selects_some(label_selector: LabelSelector) -> bool:
    """Whether a selector says anything; an empty one selects all."""
    return bool(label_selector.match_labels or label_selector.match_expressions)


@derived(reason="names must resolve, whatever else is denied", source=POLICY_DOCS)
def dns_port(spec: Spec) -> int:
    """Port of DNS, which stays open to any server: the cluster's own may run on the node."""
    return 53


@derived()
def allows_port(peer: Peer, port_name: str, spec: Spec) -> bool:
    """Whether a peer may connect to the port of a name."""
    if not peer.ports:
        return True
    return any(
        f"{network_port.port}" == port_name
        or any(f"{network_port.port}" == f"{number}" for number in ports_named(port_name, spec))
        for network_port in peer.ports
    )


@derived()
def lets_in(port_name: str, spec: Spec) -> bool:
    """Whether anybody may connect to the port of a name."""
    return any(allows_port(peer, port_name, spec) for _name, peer in by_key(spec.network.allow_from))


@rule(
    "*.ports",
    "ports",
    each="network.allowFrom",
    hint="name a port of the service, or write its number",
    source=POLICY_DOCS,
)
def allowed_port_missing(peer: Peer, at: str, spec: Spec) -> str:
    """A policy that opens a port which is not there opens nothing."""
    message = ""
    if peer.ports is None:
        return message
    for network_port in peer.ports:
        if is_text(network_port.port) and not ports_named(f"{network_port.port}", spec):
            message = f'{at}ports names "{network_port.port}", and no container has a port of that name'
    return message


@rule("*.ports", each="network.allowTo", hint="write its number", source=POLICY_DOCS)
def outside_port_by_name(peer: Peer, at: str) -> str:
    """Names of ports belong to pods; an address, or everybody, has none."""
    message = ""
    if peer.ports is None:
        return message
    for network_port in peer.ports:
        if is_text(network_port.port) and peer.pod_selector is None and peer.namespace_selector is None:
            message = f'{at}ports names "{network_port.port}", and only pods have ports with names'
    return message


@derived()
def bad_range(peer: Peer) -> str:
    """The first range of ports that holds none; "" when all are in order."""
    message = ""
    if peer.ports is None:
        return message
    for network_port in peer.ports:
        if network_port.end_port is not None and message == "":
            if is_text(network_port.port):
                message = (
                    f"endPort ({network_port.end_port}) goes with a number, and port is {network_port.port}"
                )
            elif int(network_port.port) > network_port.end_port:
                message = f"endPort ({network_port.end_port}) is below port ({network_port.port})"
    return message


RANGE_HINT = "give the first and the last number of the range"


@rule(
    "*.ports", each="network.allowFrom", hint=RANGE_HINT, source=POLICY_DOCS + "#targeting-a-range-of-ports"
)
def allowed_range_empty(peer: Peer, at: str) -> str:
    """A range of ports counts upwards."""
    return f"{at}ports: {bad_range(peer)}" if bad_range(peer) else ""


@rule("*.ports", each="network.allowTo", hint=RANGE_HINT, source=POLICY_DOCS + "#targeting-a-range-of-ports")
def outside_range_empty(peer: Peer, at: str) -> str:
    """A range of ports counts upwards."""
    return f"{at}ports: {bad_range(peer)}" if bad_range(peer) else ""
