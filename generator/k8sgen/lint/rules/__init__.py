"""The rules, one file each. A rule is added by its file and its line here; the order is that of `--list`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from k8sgen.lint.rule import Rule

RULES = (
    # availability
    "budget-blocks-drain",
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
    "ephemeral-storage",
    "requests-equal-limits",
    "cpu-limit-missing",
    "requests-missing",
    "memory-limit-missing",
    "fractional-bytes",
    # runtime
    "jvm-heap-exceeds-limit",
    "node-heap-exceeds-limit",
    "go-memory-limit",
    "go-max-procs",
    # security
    "image-digest",
    "image-pull-policy",
    "secret-from-env",
    # network
    "network-policy-missing",
    "exposed-service",
    # scaling
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
