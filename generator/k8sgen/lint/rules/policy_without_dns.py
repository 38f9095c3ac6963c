"""A NetworkPolicy that lists where pods may connect to lets them ask DNS.

Once a policy isolates the egress of a pod, names resolve only if some policy admits port 53. Resolvers ask
over UDP and turn to TCP when an answer is large. A policy that admits nothing at all is left alone: it denies
on purpose, and others add to it.

Bad:
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec:
  podSelector: {matchLabels: {app: orders}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: database}}}], ports: [{port: 5432}]}]

Good:
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: orders}
spec:
  podSelector: {matchLabels: {app: orders}}
  policyTypes: [Egress]
  egress:
    - {to: [{podSelector: {matchLabels: {app: database}}}], ports: [{port: 5432}]}
    - {ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]}

See: https://github.com/aws/aws-network-policy-agent/issues/230 https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.policies import dns_protocols, isolates_egress
from k8sgen.lint.rule import Category, Edit, Fault, Profile, Set
from k8sgen.lint.selectors import Selector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest

SEVERITY = Severity.WARNING
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD


def check(manifests: Manifests) -> Iterator[Fault]:
    """Egress policies whose pods may not ask DNS."""
    for policy in manifests.policies():
        if not isolates_egress(policy) or not policy.get("spec", "egress"):
            continue
        if len(dns_protocols(policy)) == 2:
            continue
        selector = Selector.of(policy.get("spec", "podSelector")) or Selector({})
        pods = [each.labels for each in manifests.selected(policy, selector)] or [selector.labels]
        admitted = set.intersection(
            *(
                set().union(
                    dns_protocols(policy), *map(dns_protocols, manifests.policies_for(policy, labels))
                )
                for labels in pods
            )
        )
        if "UDP" not in admitted:
            yield Fault(
                policy,
                ("spec", "egress"),
                f"the pods may not ask DNS: no rule admits port 53 over {'UDP' if admitted else 'UDP or TCP'}",
                "add a rule with ports 53/UDP and 53/TCP",
            )
        elif "TCP" not in admitted:
            yield Fault(
                policy,
                ("spec", "egress"),
                "dns is admitted over UDP only: large answers, which come over TCP, fail",
                "add port 53 with protocol: TCP",
                edits=with_tcp(policy),
                severity=Severity.INFO,
            )


def with_tcp(policy: Manifest) -> tuple[Edit, ...]:
    """Edits that add TCP beside each UDP 53."""
    edits: list[Edit] = []
    for index, rule in enumerate(policy.get("spec", "egress")):
        ports = rule.get("ports") or []
        if any(port.get("port") == 53 and port.get("protocol") == "UDP" for port in ports):
            added = [*ports, {"port": 53, "protocol": "TCP"}]
            edits.append(Set(("spec", "egress", index, "ports"), added))
    return tuple(edits)
