"""The user's own flags for the JVM: they come last, they win, and their sizes count in the budget."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given, by_key, contains, size_in
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.service_spec import Spec

OPTIONS = "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html"

COLLECTOR_FLAGS = (
    "-XX:+UseSerialGC",
    "-XX:+UseParallelGC",
    "-XX:+UseG1GC",
    "-XX:+UseZGC",
    "-XX:+UseShenandoahGC",
    "-XX:+UseEpsilonGC",
)

OWN_PLACES = {
    "-XX:MaxHeapSize=": "heap",
    "-XX:MaxRAMPercentage=": "heapPercent",
    "-XX:InitialHeapSize=": "initialHeap",
    "-XX:InitialRAMPercentage=": "initialHeapPercent",
    "-XX:ThreadStackSize=": "threadStack",
}
"""Second spellings, which the JVM ignores beside the first, or counts in other units."""


@derived()
def jvm_flags(spec: Spec) -> str:
    """The flags in one text."""
    if spec.runtime.jvm is None:
        return ""
    return " ".join(spec.runtime.jvm.flags or [])


@derived()
def jvm_flags_choose_collector(spec: Spec) -> bool:
    """Whether a flag names a collector."""
    return any(contains(f" {jvm_flags(spec)} ", f" {flag} ") for flag in COLLECTOR_FLAGS)


@derived()
def jvm_heap_said_twice(spec: Spec) -> str:
    """What both a flag and a field say of the heap and its collector; "" for nothing."""
    if spec.runtime.jvm is None:
        return ""
    flags = jvm_flags(spec)
    if size_in(flags, "-Xmx") > 0:
        if spec.runtime.jvm.heap is not None:
            return "-Xmx, and runtime.jvm has heap"
        if spec.runtime.jvm.heap_percent is not None:
            return "-Xmx, and runtime.jvm has heapPercent"
    if size_in(flags, "-Xms") > 0:
        if spec.runtime.jvm.initial_heap is not None:
            return "-Xms, and runtime.jvm has initialHeap"
        if spec.runtime.jvm.initial_heap_percent is not None:
            return "-Xms, and runtime.jvm has initialHeapPercent"
    if jvm_flags_choose_collector(spec) and as_given(spec.runtime.jvm.gc) is not None:
        return "a collector, and runtime.jvm has gc"
    return ""


@derived()
def jvm_part_said_twice(spec: Spec) -> str:
    """What both a flag and a field say of the parts beside the heap; "" for nothing."""
    if spec.runtime.jvm is None:
        return ""
    flags = jvm_flags(spec)
    said = ""
    if size_in(flags, "-XX:MaxMetaspaceSize=") > 0 and spec.runtime.jvm.metaspace is not None:
        said = "-XX:MaxMetaspaceSize, and runtime.jvm has metaspace"
    if size_in(flags, "-XX:MetaspaceSize=") > 0 and spec.runtime.jvm.metaspace_initial is not None:
        said = "-XX:MetaspaceSize, and runtime.jvm has metaspaceInitial"
    if (
        size_in(flags, "-XX:MaxDirectMemorySize=") > 0
        and as_given(spec.runtime.jvm.direct_memory) is not None
    ):
        said = "-XX:MaxDirectMemorySize, and runtime.jvm has directMemory"
    if size_in(flags, "-XX:ReservedCodeCacheSize=") > 0 and as_given(spec.runtime.jvm.code_cache) is not None:
        said = "-XX:ReservedCodeCacheSize, and runtime.jvm has codeCache"
    if size_in(flags, "-Xss") > 0 and as_given(spec.runtime.jvm.thread_stack) is not None:
        said = "-Xss, and runtime.jvm has threadStack"
    if contains(flags, "-XX:SharedArchiveFile=") and spec.runtime.jvm.class_data_sharing is not None:
        said = "-XX:SharedArchiveFile, and runtime.jvm has classDataSharing"
    return said


@rule(
    "runtime.jvm.flags",
    "runtime.jvm",
    hint="say it once: as the field, or as the flag",
    source=OPTIONS,
)
def jvm_flag_against_field(spec: Spec) -> str:
    """Two values for one thing: the JVM takes the last, and a reader either."""
    said = jvm_heap_said_twice(spec) or jvm_part_said_twice(spec)
    if said:
        return f"runtime.jvm.flags has {said}"
    return ""


@rule(
    "runtime.jvm.flags",
    hint="say it there, so that it counts in the memory budget",
    source=OPTIONS,
)
def jvm_flag_has_its_own_place(spec: Spec) -> str:
    """A second spelling of a size would contradict the one that is computed, which the JVM then obeys."""
    message = ""
    if spec.runtime.jvm is not None:
        for flag in spec.runtime.jvm.flags or []:
            for start, place in by_key(OWN_PLACES):
                if flag.startswith(start):
                    message = f"runtime.jvm.flags has {flag}, which contradicts runtime.jvm.{place}"
    return message
