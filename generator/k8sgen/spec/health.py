"""How well the service does, out of what it depends on: for a service that checks its dependencies itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from k8sgen.spec.model import Model, Section, default, derived, part, required
from k8sgen.spec.types import DnsLabel, EnvName, Positive

Weight = Annotated[int, Field(ge=0, le=100)]
"""Points of a score of 100."""


class HealthWeights(Model):
    """How many of the 100 points each kind of check has; those of a kind without a check count for nothing."""

    infrastructure: Weight = default(20, "Points of what everything stands on, such as the database server.")
    middleware: Weight = default(30, "Points of what helps the service to work, such as a cache or a queue.")
    business: Weight = default(50, "Points of what the service is there for, such as the API of a supplier.")


class HealthCheck(Model):
    """One dependency that the service watches in the background."""

    kind: Literal["infrastructure", "middleware", "business"] = required("Whose points the check shares.")
    type: Literal["postgres", "redis", "sqlite", "http", "tcp"] = required(
        "What is checked: a query, a ping, a URL that answers below 400, or a connection that opens."
    )
    env: EnvName | None = derived(
        "DATABASE_URL for postgres, REDIS_URL for redis, SQLITE_PATH for sqlite",
        "Variable of the main container that holds the address: a URL, or host:port for tcp.",
    )
    weight: Weight | None = derived(
        "an equal share of what the other checks of its kind leave", "Points of this check."
    )
    required: bool | None = derived("false", "Whether a failure makes the pod unready whatever the score.")
    interval_seconds: Positive | None = derived("5", "Time between checks.")
    timeout_seconds: Positive | None = derived(
        "2, at most intervalSeconds", "Time after which a check has failed."
    )


class Health(Section):
    """Weighted checks, for the app that `k8sgen app` writes; manifests ask its probes and need none of this."""

    enabled: bool = default(False, "Whether the app weighs checks.")
    checks: dict[DnsLabel, HealthCheck] = default({}, "Checks by name.")
    threshold: Weight = default(80, "Score from which the pod is ready.")
    weights: HealthWeights = part(HealthWeights, "Points of each kind; together 100.")
