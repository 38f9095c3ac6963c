"""What a NetworkPolicy isolates and admits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.lint.pod_ports import numbers_named, protocol_of

if TYPE_CHECKING:
    from k8sgen.lint.workload import Workload
    from k8sgen.manifests import Manifest

DNS = 53
DNS_IN_PODS = 5353
"""Where some distributions' DNS pods listen: a policy sees the port behind the Service."""
DNS_PORTS = {DNS, DNS_IN_PODS, "53", "5353", "dns", "dns-tcp"}
BOTH = frozenset({"UDP", "TCP"})


def is_policy(manifest: Manifest) -> bool:
    """Whether an object is a NetworkPolicy of Kubernetes, as it is served today."""
    return manifest.kind == "NetworkPolicy" and manifest.group == "networking.k8s.io"


def isolates_ingress(policy: Manifest) -> bool:
    """Whether its pods take only connections that a policy admits."""
    types = policy.get("spec", "policyTypes")
    return not types or "Ingress" in types


def isolates_egress(policy: Manifest) -> bool:
    """Whether its pods make only connections that a policy admits."""
    types = policy.get("spec", "policyTypes")
    return "Egress" in types if types else "egress" in policy.map("spec")


def admits(policy: Manifest, workload: Workload, number: int) -> bool:
    """Whether a policy admits connections from somewhere to a TCP port of these pods."""
    return any(
        not rule.get("ports") or any(covers(port, workload, number) for port in rule["ports"])
        for rule in policy.get("spec", "ingress") or ()
    )


def covers(port: dict[str, Any], workload: Workload, number: int) -> bool:
    """Whether a port of a rule, perhaps a range or a name, is this TCP port of these pods."""
    named = port.get("port")
    if protocol_of(port) != "TCP":
        return False
    if named is None:
        return True
    if isinstance(named, str):
        return number in numbers_named(workload, named)
    return bool(named <= number <= (port.get("endPort") or named))


def dns_protocols(policy: Manifest) -> frozenset[str]:
    """The protocols over which a policy lets its pods ask DNS somewhere.

    A rule without ports admits them all; where it is for pods of the same namespace only, those are not
    taken for DNS servers.
    """
    found: set[str] = set()
    if not isolates_egress(policy):
        return frozenset()
    for rule in policy.get("spec", "egress") or ():
        peers = rule.get("to") or []
        if not rule.get("ports"):
            inside = peers and all(peer.keys() <= {"podSelector"} for peer in peers)
            if not inside or policy.namespace == "kube-system":
                return BOTH
        for port in rule.get("ports") or ():
            named, end = port.get("port"), port.get("endPort")
            in_range = isinstance(named, int) and isinstance(end, int) and named <= DNS <= end
            if named is None or named in DNS_PORTS or in_range:
                found.add(protocol_of(port))
    return frozenset(found)
