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
    "priority-class",
    "minimum-three-replicas",
    # rollout
    "latest-tag",
    "selector-changed",
    "selector-has-version",
    "grace-period-too-short",
    "shared-volume-rollout",
    "rollout-stalls-on-anti-affinity",
    "progress-deadline-too-short",
    "stateful-set-name-too-long",
    "rollout-takes-all-down",
    "pre-stop-missing",
    "pre-stop-needs-shell",
    "short-grace-period",
    "min-ready-seconds-missing",
    "rollout-needs-spare-node",
    "recreate-strategy",
    "config-change-without-rollout",
    # probes
    "probe-port-unknown",
    "startup-budget-too-short",
    "liveness-kills-slow-start",
    "liveness-equals-readiness",
    "liveness-checks-dependency",
    "readiness-missing",
    "probe-timeout-exceeds-period",
    "liveness-timeout-one-second",
    "long-initial-delay",
    "probe-port-undeclared",
    "startup-probe-missing",
    "liveness-missing",
    # resources
    "requests-missing",
    "memory-limit-missing",
    "fractional-bytes",
    "ephemeral-storage",
    "requests-equal-limits",
    "cpu-limit-missing",
    # runtime
    "jvm-heap-exceeds-limit",
    "node-heap-exceeds-limit",
    "go-memory-limit",
    "go-max-procs",
    # security
    "container-hardening",
    "runs-as-root",
    "privileged-container",
    "host-namespaces",
    "host-path",
    "unsafe-sysctls",
    "service-account-token",
    "service-account-missing",
    "rbac-wildcard",
    "rbac-cluster-admin",
    "rbac-reads-secrets",
    "rbac-creates-pods",
    "rbac-escalation",
    "secret-in-env",
    "secret-in-config-map",
    "run-as-non-root-by-name",
    "read-only-root-without-tmp",
    "ssh-port",
    "privileged-port",
    "ingress-snippets",
    "image-digest",
    "image-pull-policy",
    "secret-from-env",
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
    "network-policy-missing",
    "exposed-service",
    # scaling
    "autoscaler-without-request",
    "autoscaler-never-scales",
    "two-autoscalers",
    "overlapping-selectors",
    "autoscaler-and-replicas",
    "autoscaler-target-missing",
    "autoscaler-fixed",
    "autoscaler-minimum-one",
    "hpa-minimum-three-replicas",
    # correctness
    "duplicate-key",
    "schema",
    "api-server",
    "dropped-field",
    "removed-api",
    "deprecated-api",
    "unknown-kind",
    "too-large",
    "duplicate-object",
    "duplicate-env",
    "duplicate-port",
    "env-order",
    "config-key-missing",
    "placeholder-left-in",
    # hygiene
    "ignore-without-reason",
    "useless-ignore",
    "deprecated-service-account-field",
    "deprecated-label",
    "deprecated-traffic-distribution",
    "owner-label",
    "default-namespace",
)


@cache
def rule_of(identifier: str) -> Rule:
    """The rule of an id."""
    from k8sgen.lint.rule import load_rule

    return load_rule(identifier)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of `--list`."""
    return tuple(rule_of(identifier) for identifier in RULES)
