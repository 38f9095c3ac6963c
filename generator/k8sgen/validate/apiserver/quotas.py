"""What a namespace may use: ResourceQuotas and LimitRanges.

Source: `pkg/apis/core/validation`: ValidateResourceQuotaSpec, validateResourceQuotaScopes,
validateScopedResourceSelectorRequirement, ValidateLimitRange; the defaults of containers that the server
fills in are looked at too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import check_values_fit
from k8sgen.validate.apiserver.quantities import NANO, check_spelled, quantity
from k8sgen.validate.apiserver.resources import HUGE_PAGES, STANDARD, check_amount, check_resource_name

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

COUNTED = (
    "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
    "services.nodeports", "services.loadbalancers",
)  # fmt: skip
COMPUTED = ("cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory")
KNOWN = {
    *COUNTED, *COMPUTED, "ephemeral-storage", "requests.storage", "requests.ephemeral-storage", "limits.ephemeral-storage",
}  # fmt: skip
OF_PODS = {"pods", *COMPUTED}
SCOPES = {
    "BestEffort": {"pods"},
    "CrossNamespacePodAffinity": OF_PODS,
    "NotBestEffort": OF_PODS,
    "NotTerminating": OF_PODS,
    "PriorityClass": OF_PODS,
    "Terminating": OF_PODS,
    "VolumeAttributesClass": {"persistentvolumeclaims", "requests.storage"},
}
"""Each scope with the resources it can be about."""
EXISTING = SCOPES.keys() - {"PriorityClass", "VolumeAttributesClass"}
OPPOSITES = ({"BestEffort", "NotBestEffort"}, {"Terminating", "NotTerminating"})
TYPES = ("Container", "PersistentVolumeClaim", "Pod")
PARTS = ("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")
ORDERED = (
    ("min", "max", "min"),
    ("min", "defaultRequest", "defaultRequest"),
    ("defaultRequest", "max", "defaultRequest"),
    ("defaultRequest", "default", "defaultRequest"),
    ("min", "default", "default"),
    ("default", "max", "default"),
)
"""What may not be above what, and which of the two the server names."""


def check_quota(obj: Node, _minor: int) -> None:
    """The spec of a ResourceQuota."""
    spec = obj["spec"]
    for name, amount in spec["hard"].entries():
        _check_name(name, amount)
        check_amount(name, amount)
        if name in COUNTED and (quantity(amount.value) or 0) % NANO:
            amount.refuse_value(f"is no whole number, and {name} are counted")
    scopes = spec["scopes"]
    for scope in scopes.items():
        if scope.text not in SCOPES:
            scope.refuse_value("is no scope", f"write {' or '.join(SCOPES)}", scopes.pointer)
        _check_reach(scope, spec, scopes)
    _check_opposites(scopes.texts, scopes, scopes)
    required = spec["scopeSelector"]["matchExpressions"]
    for requirement in required.items():
        _check_scope(requirement, spec, required)
    _check_opposites({each.text_of("scopeName") for each in required.items()}, required, scopes)


def _check_name(name: str, amount: Node) -> None:
    if reason := names.qualified_name(name):
        amount.refuse(f'the resource "{name}" {reason}')
    elif (
        "/" not in name and name not in KNOWN and not name.startswith((HUGE_PAGES, f"requests.{HUGE_PAGES}"))
    ):
        amount.refuse(f'"{name}" is no resource of a quota', "write requests.cpu, limits.memory, pods …")


def _check_scope(requirement: Node, spec: Node, required: Node) -> None:
    scope, operator = requirement["scopeName"], requirement["operator"]
    if scope.text not in SCOPES:
        scope.refuse_value("is no scope", f"write {' or '.join(SCOPES)}", (*required.pointer, "scopeName"))
    _check_reach(scope, spec, required)
    if scope.text in EXISTING and operator.value != "Exists":
        operator.refuse_value(
            f"does not go with {scope.text}", "write Exists", (*required.pointer, "operator")
        )
    before = len(requirement.found)
    check_values_fit(requirement, ("In", "NotIn"), ("Exists", "DoesNotExist"))
    for index in range(before, len(requirement.found)):
        found = requirement.found[index]
        requirement.found[index] = found._replace(fields=((*required.pointer, found.pointer[-1]),))


def _check_reach(scope: Node, spec: Node, field: Node) -> None:
    """A scope of pods has no limits of Secrets."""
    allowed = SCOPES.get(scope.text)
    for name in spec["hard"].keys() if allowed else ():
        if allowed and name in KNOWN and name not in allowed:
            scope.refuse_value(f"does not go with {name}", "make two quotas", field.pointer)


def _check_opposites(scopes: set[str], place: Node, field: Node) -> None:
    for pair in OPPOSITES:
        if pair <= scopes:
            place.refuse(f"{' and '.join(sorted(pair))} exclude each other", "remove one", field.pointer)


def check_limit_range(obj: Node, _minor: int) -> None:
    """The limits of a LimitRange, one entry for each type of what is limited."""
    seen: set[str] = set()
    for limit in obj["spec"]["limits"].items():
        kind = limit["type"]
        if kind.require() and "/" not in kind.text:
            kind.one_of(*TYPES, empty=False)
        elif kind.filled:
            kind.named(names.qualified_name)
        kind.only_once(seen, "is limited twice")
        if kind.value == "Pod":
            for part in limit.given("default", "defaultRequest"):
                if part.filled:
                    part.refuse("a limit of whole pods has no defaults", "make it one of type Container")
        storage = [part for part in limit.given("min", "max") if "storage" in part.keys()]  # noqa: SIM118 - keys() leaves nulls out
        if kind.value == "PersistentVolumeClaim" and not storage:
            limit.refuse(
                "there is neither min.storage nor max.storage", "write one", (*limit.pointer, "limits")
            )
        _check_limit(limit, kind.text)


def _check_limit(limit: Node, kind: str) -> None:
    for part in limit.given(*PARTS):
        if kind == "Pod" and part.key in {"default", "defaultRequest"}:
            continue
        for name, amount in part.entries():
            check_spelled(amount)
            if kind in {"Pod", "Container"}:
                check_resource_name(name, amount)
            elif name != "storage" and name not in KNOWN and "/" not in name:
                amount.refuse(f'"{name}" is no resource', f"write storage, {' or '.join(STANDARD)}")
    names_given = {name for part in limit.given(*PARTS) for name, _ in part.entries()}
    for name in sorted(names_given):
        _check_order(limit, name, kind)


def _check_order(limit: Node, name: str, kind: str) -> None:
    amounts = {part: limit[part][name] for part in PARTS}
    given = {str(part.key) for part in limit.given(*PARTS) for key, _ in part.entries() if key == name}
    known = {part: quantity(amount.value) for part, amount in amounts.items() if part in given}
    if kind == "Container":
        for part, of in (("default", "max"), ("defaultRequest", "default"), ("defaultRequest", "min")):
            if part not in known and of in known:
                known[part] = known[of]
    elif kind == "Pod":
        known = {part: value for part, value in known.items() if not part.startswith("default")}
    for low, high, named in ORDERED:
        below, above = known.get(low), known.get(high)
        if below is not None and above is not None and below > above:
            field = (*limit.pointer, named, name)
            amounts[low if low in given else high].refuse(
                f"{low} of {name} is above its {high}", "raise or lower one", field
            )
    ratio = known.get("maxLimitRequestRatio")
    if ratio is not None and ratio < NANO:
        amounts["maxLimitRequestRatio"].refuse_value("is a ratio below 1")
    low_amount, high_amount = known.get("min"), known.get("max")
    if ratio is not None and low_amount and high_amount and ratio * low_amount > high_amount * NANO:
        amounts["maxLimitRequestRatio"].refuse_value("is above what max and min leave")
