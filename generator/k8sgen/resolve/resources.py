"""What a container asks of its node, and what it may not exceed."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given, by_key, contains, quantity_bytes, quantity_milli
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.service_spec import AnyContainer
from k8sgen.spec.types import Quantity

RESOURCE_DOCS = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"

CPU_REQUEST = "100m"
MEMORY_REQUEST = "128Mi"
MEMORY_LIMIT = "256Mi"
JVM_MEMORY = "1Gi"
"""Request and limit: what a JVM has taken from its limit, it hardly gives back."""


@derived(source=RESOURCE_DOCS)
def guessed_memory(container: AnyContainer, small: Quantity) -> Quantity:
    """A small amount of memory, or what the main container of a service on the JVM gets."""
    if container.runtime is not None and container.runtime.jvm is not None:
        return JVM_MEMORY
    return small


@derived(given="resources.requests", source=RESOURCE_DOCS)
def resource_requests(container: AnyContainer) -> dict[str, Quantity]:
    """What the scheduler reserves for a container: a guess, never above a limit that is given.

    Reads the limits as given, not as derived: those are derived from the requests.
    """
    cpu = CPU_REQUEST
    memory = guessed_memory(container, MEMORY_REQUEST)
    if container.resources is not None:
        limits = as_given(container.resources.limits)
        if limits is not None:
            if "cpu" in limits and quantity_milli(limits["cpu"]) < quantity_milli(cpu):
                cpu = limits["cpu"]
            if "memory" in limits and quantity_bytes(limits["memory"]) < quantity_bytes(memory):
                memory = limits["memory"]
    return {"cpu": cpu, "memory": memory}


@resource_requests.because
def _(container: AnyContainer) -> str:
    requests = resource_requests(container)
    memory = guessed_memory(container, MEMORY_REQUEST)
    limited = requests != {"cpu": CPU_REQUEST, "memory": memory}
    return "a guess within the limits, to be measured" if limited else "a guess, to be measured"


@derived(given="resources.limits", source=RESOURCE_DOCS)
def resource_limits(container: AnyContainer) -> dict[str, Quantity]:
    """What the kernel enforces: memory, never below the request; no CPU limit, which would only slow down.

    Devices and huge pages cannot be overcommitted: their limit is their request.
    """
    memory = guessed_memory(container, MEMORY_LIMIT)
    requests = resource_requests(container)
    if "memory" in requests and quantity_bytes(requests["memory"]) > quantity_bytes(memory):
        memory = requests["memory"]
    limits = {"memory": memory}
    for name, amount in by_key(requests):
        if contains(name, "/") or name.startswith("hugepages-"):
            limits[name] = amount  # noqa: PERF403 - a chart has no comprehensions
    return limits


@resource_limits.because
def _(container: AnyContainer) -> str:
    guess = resource_limits(container)["memory"] == guessed_memory(container, MEMORY_LIMIT)
    memory = "a guess, to be measured" if guess else "no more memory than requested"
    return f"{memory}; a CPU limit would only slow down"


@rule(
    "*.resources.requests",
    "*.resources.limits",
    each="containers",
    hint="raise the limit, or lower the request",
    source="ValidateContainerResourceRequirements in k8s.io/kubernetes/pkg/apis/core/validation",
)
def request_above_limit(container: AnyContainer, at: str) -> str:
    """A container may not reserve more than it may use."""
    message = ""
    limits = resource_limits(container)
    for name, amount in by_key(resource_requests(container)):
        if name in limits:
            exceeds = quantity_bytes(amount) > quantity_bytes(limits[name])
            if name == "cpu":
                exceeds = quantity_milli(amount) > quantity_milli(limits[name])
            if exceeds:
                message = f"{at}resources.requests.{name} ({amount}) is above {at}resources.limits.{name} ({limits[name]})"
    return message


@derived()
def is_bytes(resource: str) -> bool:
    """Whether a resource is counted in bytes."""
    return resource in ("memory", "ephemeral-storage") or resource.startswith("hugepages-")


@derived()
def is_fraction_of_a_byte(amount: Quantity) -> bool:
    """Whether an amount is written in thousandths or less, or is no whole number of bytes."""
    return amount.endswith(("m", "u", "n")) or quantity_milli(amount) != quantity_bytes(amount) * 1000


@rule(
    "*.resources.requests",
    "*.resources.limits",
    each="containers",
    hint="write Mi for mebibytes: 512Mi",
    source=RESOURCE_DOCS + "#meaning-of-memory",
)
def memory_in_thousandths_of_a_byte(container: AnyContainer, at: str) -> str:
    """`m` is a thousandth: `512m` of memory is half a byte, and the container never starts."""
    message = ""
    for name, amount in by_key(resource_requests(container)):
        if is_bytes(name) and is_fraction_of_a_byte(amount):
            message = f"{at}resources.requests.{name} ({amount}) is no whole number of bytes"
    for name, amount in by_key(resource_limits(container)):
        if is_bytes(name) and is_fraction_of_a_byte(amount):
            message = f"{at}resources.limits.{name} ({amount}) is no whole number of bytes"
    return message
