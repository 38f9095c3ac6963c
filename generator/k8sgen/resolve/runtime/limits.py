"""The limits of the main container, as a runtime sees them."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import Natural, ceil_div, quantity_bytes, quantity_milli
from k8sgen.resolve.derivation import derived
from k8sgen.resolve.resources import resource_limits, resource_requests
from k8sgen.spec.service_spec import Spec

MIB = 1_048_576


@derived()
def memory_limit_bytes(spec: Spec) -> Natural:
    """The memory limit of the main container in bytes; 0 without one."""
    limits = resource_limits(spec)
    if "memory" in limits:
        return quantity_bytes(limits["memory"])
    return 0


@derived()
def cpu_limit_cores(spec: Spec) -> Natural:
    """The CPU limit of the main container in whole cores, rounded up as the JVM and Go do; 0 without one."""
    limits = resource_limits(spec)
    if "cpu" in limits:
        return ceil_div(quantity_milli(limits["cpu"]), 1000)
    return 0


@derived()
def cpu_cores(spec: Spec) -> Natural:
    """The cores to plan with: the CPU limit, else the request, rounded up, and at least 1."""
    requests = resource_requests(spec)
    if cpu_limit_cores(spec) == 0 and "cpu" in requests:
        return max(1, ceil_div(quantity_milli(requests["cpu"]), 1000))
    return max(1, cpu_limit_cores(spec))


@derived()
def sets_variable(name: str, spec: Spec) -> bool:
    """Whether the spec gives a variable itself: then nothing is computed in its place."""
    return name in spec.env


@derived()
def variable_text(name: str, spec: Spec) -> str:
    """The text that the spec gives a variable; "" when it comes from elsewhere, or from nowhere."""
    if name in spec.env:
        return spec.env[name].value or ""
    return ""
