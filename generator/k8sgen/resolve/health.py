"""What a weighted health check weighs, where it finds its address, and which weights make no sense."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.health import HealthCheck
from k8sgen.spec.service_spec import Spec


@derived(given="env")
def health_check_env(check: HealthCheck) -> str:
    """The variable that holds the address of what is checked; nothing for a type that has no usual one."""
    if check.type == "postgres":
        return "DATABASE_URL"
    if check.type == "redis":
        return "REDIS_URL"
    if check.type == "sqlite":
        return "SQLITE_PATH"
    return ""


@derived(given="intervalSeconds")
def health_check_interval(check: HealthCheck) -> int:
    """Seconds between two checks."""
    return 5


@derived(given="timeoutSeconds")
def health_check_timeout(check: HealthCheck) -> int:
    """Seconds after which a check has failed."""
    return min(2, health_check_interval(check))


@derived()
def health_kind_weight(spec: Spec, kind: str) -> int:
    """Points that the checks of a kind share."""
    if kind == "infrastructure":
        return spec.health.weights.infrastructure
    if kind == "middleware":
        return spec.health.weights.middleware
    return spec.health.weights.business


@derived()
def given_health_weight(spec: Spec, kind: str) -> int:
    """Points that checks of a kind say of themselves."""
    total = 0
    for _, check in by_key(spec.health.checks):
        if check.kind == kind and check.weight is not None:
            total += check.weight
    return total


@derived()
def sharing_health_checks(spec: Spec, kind: str) -> int:
    """Checks of a kind that share what the others leave."""
    count = 0
    for _, check in by_key(spec.health.checks):
        if check.kind == kind and check.weight is None:
            count += 1
    return count


@rule(
    "health.weights",
    hint="let infrastructure, middleware and business add up to 100",
)
def health_weights_not_whole(spec: Spec) -> str:
    """Points of a score of 100."""
    total = spec.health.weights.infrastructure + spec.health.weights.middleware + spec.health.weights.business
    if spec.health.enabled and total != 100:
        return f"health.weights add up to {total}"
    return ""


@rule(
    "*.weight",
    "*",
    "health.weights",
    each="health.checks",
    hint="change the weights of these checks, or health.weights",
)
def health_weight_makes_no_sense(check: HealthCheck, spec: Spec, at: str) -> str:
    """What a kind has is shared out: not more, not less, and no check is left with nothing."""
    if not spec.health.enabled:
        return ""
    has = health_kind_weight(spec, check.kind)
    given = given_health_weight(spec, check.kind)
    if given > has:
        return f"the {check.kind} checks weigh {given}, and health.weights.{check.kind} is {has}"
    if sharing_health_checks(spec, check.kind) == 0 and given != has:
        return f"the {check.kind} checks weigh {given} together, and health.weights.{check.kind} is {has}"
    if check.weight is None and given == has:
        return f"{at}weight is not given, and nothing of health.weights.{check.kind} ({has}) is left to share"
    return ""


@rule(
    "*.env",
    "*",
    each="health.checks",
    hint="name the variable of env that holds the address",
)
def health_check_without_address(check: HealthCheck, spec: Spec, at: str) -> str:
    """The service is told by its environment where its dependencies are."""
    if not spec.health.enabled:
        return ""
    name = health_check_env(check)
    if name == "":
        return f"{at}type is {check.type}, and there is no env to say where"
    if check.type != "sqlite" and name not in spec.env and not spec.env_from:
        return f"{at}env is {name}, and env has no such variable"
    return ""


@rule(
    "*.timeoutSeconds",
    "*.intervalSeconds",
    each="health.checks",
    hint="lower timeoutSeconds or raise intervalSeconds",
)
def health_check_slower_than_its_interval(check: HealthCheck, spec: Spec, at: str) -> str:
    """A check must be over before the next begins."""
    if spec.health.enabled and health_check_timeout(check) > health_check_interval(check):
        return (
            f"{at}timeoutSeconds ({health_check_timeout(check)}) is above intervalSeconds "
            f"({health_check_interval(check)})"
        )
    return ""
