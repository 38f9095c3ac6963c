"""Every derived value and every refusing rule, in the order in which a reader meets their subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from k8sgen.resolve import arithmetic, container, disruption, metadata, probes, rollout, shutdown
from k8sgen.resolve.derivation import Derivation, Rule, derived

supports: Derivation[..., bool] = derived()(arithmetic.supports)

DERIVATIONS: Mapping[str, Derivation[..., Any]] = {
    derivation.name: derivation
    for derivation in (
        metadata.selector_labels,
        metadata.prints_label,
        metadata.version_label,
        metadata.container_name,
        metadata.service_account_name,
        metadata.enable_service_links,
        container.image_reference,
        container.image_pull_policy,
        container.port_protocol,
        probes.startup_period_seconds,
        probes.startup_failure_threshold,
        probes.startup_timeout_seconds,
        probes.startup_budget_seconds,
        probes.probe_enabled,
        rollout.progress_deadline_seconds,
        shutdown.grace_period_seconds,
        disruption.lowest_replicas,
        disruption.minimum_replicas,
        disruption.disruption_budget_needed,
        disruption.disruption_max_unavailable,
        supports,
    )
}

RULES: tuple[Rule, ...] = (rollout.rollout_cannot_move,)
