"""Requests and limits.

Source: `pkg/apis/core/validation`: ValidateResourceRequirements, ValidateContainerResourceName,
ValidateResourceQuantityValue, validatePodResourceConsistency.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.quantities import check_quantity, quantity

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

STANDARD = ("cpu", "memory", "ephemeral-storage")
POD_LEVEL = ("cpu", "memory")


def check_resources(resources: Node) -> None:
    """The resources of a container."""
    for name, amount in (*resources["limits"].entries(), *resources["requests"].entries()):
        check_resource_name(name, amount)
        check_quantity(amount)
    for name, request in resources["requests"].entries():
        _check_below_limit(name, request, resources["limits"][name])


def _check_below_limit(name: str, request: Node, limit: Node) -> None:
    asked, most = quantity(request.value), quantity(limit.value)
    overcommitted = name in STANDARD
    if not limit.present:
        if not overcommitted:
            request.refuse(
                f"{name} has no limit, and what is requested of it must be limited",
                f"write limits.{name}: {request.value}",
            )
    elif asked is None or most is None:
        return
    elif asked > most:
        request.refuse_value(f"is above the limit {limit.value}", "raise the limit or lower the request")
    elif asked != most and not overcommitted:
        request.refuse_value(
            f"is not the limit {limit.value}, and {name} cannot be overcommitted", "write the same twice"
        )


def check_resource_name(name: str, amount: Node) -> None:
    """Report at `amount` what is no name of a container's resource."""
    if reason := names.qualified_name(name):
        amount.refuse(f'the resource "{name}" {reason}')
    elif "/" not in name and name not in STANDARD and not name.startswith("hugepages-"):
        hint = f"write {' or '.join(STANDARD)}, or a name with a domain such as nvidia.com/gpu"
        amount.refuse(f'"{name}" is no resource of a container', hint)


def check_pod_resources(pod: Node) -> None:
    """Resources of the whole pod: at least what its containers ask for together, per-container limits below."""
    resources = pod["resources"]
    if not resources.present:
        return
    for name, amount in (*resources["limits"].entries(), *resources["requests"].entries()):
        if name not in POD_LEVEL and not name.startswith("hugepages-"):
            amount.refuse(f'"{name}" is no resource of a whole pod', f"write {' or '.join(POD_LEVEL)}")
        check_quantity(amount)
    for name, request in resources["requests"].entries():
        _check_below_limit(name, request, resources["limits"][name])
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
