"""Requests and limits.

Source: `pkg/apis/core/validation`: ValidateResourceRequirements, ValidateContainerResourceName,
ValidateResourceQuantityValue, validatePodResourceConsistency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.quantities import NANO, check_quantity, quantity

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

STANDARD = ("cpu", "memory", "ephemeral-storage")
HUGE_PAGES = "hugepages-"
LARGEST_COUNT = 2**63 // 1000 * NANO
"""In thousandths, as they are counted, more than 64 bits hold."""
LARGEST_VALUE = 2**63 * NANO
POD_LEVEL = ("cpu", "memory")


def check_resources(resources: Node) -> None:
    """The resources of a container."""
    limits, requests = resources["limits"], resources["requests"]
    for name, amount in limits.entries(unless=_is_usual):
        before = len(amount.found)
        check_resource_name(name, amount)
        check_amount(name, amount)
        if len(amount.found) > before and not requests.has(name) and _is_of_pod(resources):
            amount.also(before, (*requests.pointer, name))
    for name, amount in requests.entries(unless=_is_usual):
        check_resource_name(name, amount)
        check_amount(name, amount)
    for name, request in requests.entries(unless=lambda name, asked: _is_below(name, asked, limits)):
        _check_below_limit(name, request, limits)
    _check_huge_pages(resources, {*limits.keys(), *requests.keys()})


def _is_usual(name: str, value: Any) -> bool:
    """Whether it is an amount of which nothing is said, as most are."""
    amount = quantity(value)
    return name in STANDARD and amount is not None and amount >= 0


def _is_of_pod(resources: Node) -> bool:
    """Whether they are a Pod's own, where the server requests as much as the limit, and checks that too."""
    return resources.pointer[1] not in {"template", "jobTemplate"}


def check_claims(resources: Node, claims: set[str]) -> None:
    """The devices of a container, which are claims of its pod; validateResourceClaimNames."""
    seen: set[tuple[str, str]] = set()
    for claim in resources["claims"].items():
        name, request = claim["name"], claim["request"]
        if not name.require(field=claim.pointer):
            continue
        key = (name.text, request.text)
        whole = (name.text, "")
        if whole in seen or key in seen or (key == whole and any(each[0] == name.text for each in seen)):
            name.refuse_value("is there twice", "remove one", claim.pointer)
        seen.add(key)
        if request.filled:
            request.named(names.dns_label)
        if name.text not in claims:
            name.refuse_value("is no claim of the pod", "add it to resourceClaims", claim.pointer)


def check_overhead(overhead: Node) -> None:
    """What a pod needs besides its containers; validateOverhead, which calls it limits."""
    for name, amount in overhead.entries():
        field = (*overhead.pointer, "limits", name)
        check_resource_name(name, amount, field)
        check_amount(name, amount, field)


def check_amount(name: str, amount: Node, field: Pointer = ()) -> None:
    """ValidateResourceQuantityValue: not negative, and whole where devices are counted."""
    found = check_quantity(amount, field=field)
    if (
        found
        and (found % NANO or LARGEST_COUNT < found < LARGEST_VALUE)
        and "/" in name
        and "kubernetes.io/" not in name
    ):
        amount.refuse_value(f"is no whole number, and {name} is counted", field=field)


def _check_huge_pages(resources: Node, given: set[str]) -> None:
    if given.isdisjoint(POD_LEVEL) and any(name.startswith(HUGE_PAGES) for name in given):
        resources.refuse("huge pages need cpu or memory beside them", "write requests.cpu or requests.memory")


def _is_below(name: str, asked: Any, limits: Node) -> bool:
    """Whether it is the request of a standard resource, and not above the limit."""
    if name not in STANDARD or name not in limits.map:
        return name in STANDARD
    own, most = quantity(asked), quantity(limits.map[name])
    return own is None or most is None or own <= most


def _check_below_limit(name: str, request: Node, limits: Node) -> None:
    overcommitted = ("/" not in name or "kubernetes.io/" in name) and not name.startswith(HUGE_PAGES)
    if name not in limits.map:
        if not overcommitted:
            request.refuse(
                f"{name} has no limit, and what is requested of it must be limited",
                f"write limits.{name}: {request.value}",
                limits.pointer,
            )
        return
    limit = limits.map[name]
    asked, most = quantity(request.value), quantity(limit)
    if asked is None or most is None:
        return
    if asked > most:
        shown = 0 if limit is None else limit
        request.refuse_value(
            f"is above the limit {shown}", "raise the limit or lower the request", request.holder.pointer
        )
    elif asked != most and not overcommitted:
        request.refuse_value(
            f"is not the limit {limit}, and {name} cannot be overcommitted",
            "write the same twice",
            request.holder.pointer,
        )


def check_resource_name(name: str, amount: Node, field: Pointer = ()) -> None:
    """Report at `amount` what is no name of a container's resource."""
    if name in STANDARD:
        return
    if reason := names.qualified_name(name):
        amount.refuse(f'the resource "{name}" {reason}', field=field)
    elif "/" not in name and not name.startswith(HUGE_PAGES):
        hint = f"write {' or '.join(STANDARD)}, or a name with a domain such as nvidia.com/gpu"
        amount.refuse(f'"{name}" is no resource of a container', hint, field)
    elif "/" in name and "kubernetes.io/" not in name and names.qualified_name(f"requests.{name}"):
        amount.refuse(f'"{name}" is no resource of a device', "shorten its domain", field)


def check_pod_resources(resources: Node) -> None:
    """Resources of the whole pod: at least what its containers ask for together, per-container limits below."""
    pod = resources.holder
    for claims in resources.given("claims"):
        claims.refuse("the resources of a whole pod have no claims", "write them of a container")
    for name, amount in (*resources["limits"].entries(), *resources["requests"].entries()):
        if name not in POD_LEVEL and not name.startswith(HUGE_PAGES):
            amount.refuse(f'"{name}" is no resource of a whole pod', f"write {' or '.join(POD_LEVEL)}")
        check_quantity(amount)
    for name, request in resources["requests"].entries():
        _check_below_limit(name, request, resources["limits"])
        asked = sum(_request(container, name) for container in pod["containers"].items())
        own = quantity(request.value)
        if own is not None and asked > own:
            request.refuse_value("is below what the containers request together", "raise it or lower theirs")
    for container in pod["containers"].items():
        for name, limit in container["resources"]["limits"].entries():
            own, whole = quantity(limit.value), resources["limits"][name]
            most = quantity(whole.value) if whole.present else None
            if own is not None and most is not None and own > most:
                limit.refuse_value(f"is above the pod's limit {whole.value}", "lower it or raise the pod's")


def _request(container: Node, name: str) -> int:
    """What a container requests in billionths; a limit alone is its request too."""
    resources = container["resources"]
    stated = resources["requests"][name]
    return quantity((stated if stated.present else resources["limits"][name]).value) or 0
