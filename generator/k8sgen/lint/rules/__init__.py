"""The rules, one file each. A rule is added by its file and its line here; the order is that of `--list`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from k8sgen.lint.rule import Rule

RULES = (
    # availability
    "budget-blocks-drain",
    "budget-without-policy",
    "overlapping-budgets",
    "budget-missing",
    "budget-selects-nothing",
    "budget-keeps-broken-pods",
    "single-replica",
    "spread-missing",
    "spread-misses-own-pods",
    "spread-counts-old-pods",
    "spread-cannot-be-met",
    # rollout
    "latest-tag",
    "selector-changed",
    # probes
    # resources
    # runtime
    # security
    # network
    "target-port-unknown",
    "target-port-undeclared",
    "service-selects-nothing",
    "service-monitor-port",
    "service-monitor-selects-nothing",
    "policy-blocks-scrape",
    "policy-without-dns",
    "policy-selects-nothing",
    "ingress-backend-missing",
    "ingress-path-conflict",
    "ingress-class-annotation",
    "ingress-without-class",
    "ingress-without-tls",
    "grpc-behind-cluster-ip",
    "stateful-set-service",
    "service-links-collide",
    # scaling
    "autoscaler-without-request",
    "autoscaler-never-scales",
    "two-autoscalers",
    "overlapping-selectors",
    "autoscaler-and-replicas",
    "autoscaler-target-missing",
    "autoscaler-fixed",
    "autoscaler-minimum-one",
    # correctness
    "duplicate-key",
    # hygiene
    "ignore-without-reason",
    "useless-ignore",
)


@cache
def rule_of(identifier: str) -> Rule:
    """The rule of an id."""
    from k8sgen.lint.rule import load_rule

    return load_rule(identifier)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of `--list`."""
    return tuple(rule_of(identifier) for identifier in RULES)
