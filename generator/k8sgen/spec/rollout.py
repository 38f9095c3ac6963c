"""How a new version replaces the old one."""

from __future__ import annotations

from typing import Literal

from k8sgen.spec.model import Model, default, derived
from k8sgen.spec.types import Count, IntOrPercent, Positive, Seconds


class Rollout(Model):
    """The strategy of a Deployment (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy)."""

    type: Literal["RollingUpdate", "Recreate"] = default(
        "RollingUpdate",
        "Replace pods step by step, or stop all before starting any.",
        "no downtime while a version replaces another",
    )
    max_surge: IntOrPercent = default(
        "25%", "Pods above `replicas` during a rollout.", "new pods come before old ones go"
    )
    max_unavailable: IntOrPercent = default(
        0, "Pods below `replicas` during a rollout.", "a rollout never takes capacity away"
    )
    min_ready_seconds: Seconds = default(
        5,
        "How long a new pod must stay ready before it counts.",
        "a pod that dies right after its start stops the rollout",
    )
    progress_deadline_seconds: Positive | None = derived(
        "600, or start-up, minReadySeconds and 300 s for the image when that is longer; Recreate adds the shutdown",
        "After how long without progress the rollout is reported as failed.",
    )
    revision_history_limit: Count = default(
        5, "Old versions kept to roll back to.", "enough to roll back to, few enough to read"
    )


class Startup(Model):
    """Declared facts about how long the process takes to start."""

    expected_seconds: Positive = default(10, "Seconds that a start normally takes.")
    slowest_seconds: Positive = default(60, "Seconds of the slowest start that is still in order.")
