"""What the Go runtime reads: GOMEMLIMIT and, from versions that do not see the CPU limit, GOMAXPROCS."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import ceil_div, size_in
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.runtime.limits import (
    MIB,
    cpu_limit_cores,
    memory_limit_bytes,
    sets_variable,
    variable_text,
)
from k8sgen.spec.runtime import Share
from k8sgen.spec.service_spec import Spec

GC_GUIDE = "https://go.dev/doc/gc-guide#Memory_limit"
CONTAINER_AWARE = "https://go.dev/doc/go1.25#container-aware-gomaxprocs"

BLIND_TO_THE_CPU_LIMIT = ("1.19", "1.20", "1.21", "1.22", "1.23", "1.24")


@derived(given="runtime.go.memoryLimitPercent", source=GC_GUIDE)
def go_memory_limit_percent(spec: Spec) -> Share:
    """Percent of the memory limit for what Go counts; the guide leaves 5 to 10 % to what it does not."""
    return 90


@derived(source=GC_GUIDE)
def go_memory_limit(spec: Spec) -> str:
    """GOMEMLIMIT in bytes, rounded down; "" when nothing is to be set.

    A plain number: the runtime reads it as bytes, and no share of a limit is lost to a larger unit.
    """
    if spec.runtime.go is None or memory_limit_bytes(spec) == 0 or sets_variable("GOMEMLIMIT", spec):
        return ""
    return f"{memory_limit_bytes(spec) * go_memory_limit_percent(spec) // 100}"


@go_memory_limit.because
def _(spec: Spec) -> str:
    return (
        f"{go_memory_limit_percent(spec)} % of the memory limit of {memory_limit_bytes(spec) // MIB} MiB; "
        "Go does not read the limit itself"
    )


@derived(source=CONTAINER_AWARE)
def go_max_procs(spec: Spec) -> str:
    """GOMAXPROCS in threads: the CPU limit rounded up, for Go before 1.25; "" when nothing is to be set.

    Later versions read the limit and follow its changes, which this variable would end.
    """
    if spec.runtime.go is None or sets_variable("GOMAXPROCS", spec) or cpu_limit_cores(spec) == 0:
        return ""
    if spec.runtime.go.version is not None and spec.runtime.go.version in BLIND_TO_THE_CPU_LIMIT:
        return f"{cpu_limit_cores(spec)}"
    return ""


@go_max_procs.because
def _(spec: Spec) -> str:
    return "the CPU limit, rounded up; Go reads it by itself from 1.25"


@rule(
    "env.GOMEMLIMIT",
    "resources.limits",
    hint="lower it, raise the limit, or leave the variable to `runtime: go`",
    source=GC_GUIDE,
)
def go_memory_limit_above_limit(spec: Spec) -> str:
    """A collector that aims above the limit is killed before it works harder."""
    aim = size_in(variable_text("GOMEMLIMIT", spec), "")
    if memory_limit_bytes(spec) > 0 and aim > memory_limit_bytes(spec):
        return (
            f"env.GOMEMLIMIT is {ceil_div(aim, MIB)} MiB, and the memory limit is "
            f"{memory_limit_bytes(spec) // MIB} MiB"
        )
    return ""
