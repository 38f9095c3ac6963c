"""What the JVM reads: JAVA_TOOL_OPTIONS, in which the parts of its memory fit into the limit.

The arithmetic is that of Paketo's memory calculator (libjvm/calc/calculator.go): the heap gets what
head-room, direct buffers, compiled code, classes and the stacks of threads leave.
"""

from __future__ import annotations

from k8sgen.resolve.arithmetic import Natural, by_key, ceil_div, quantity_bytes
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.runtime.limits import MIB, cpu_limit_cores, memory_limit_bytes, sets_variable
from k8sgen.spec.runtime import Classes, Headroom, Threads
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.types import Quantity

CALCULATOR = "https://github.com/paketo-buildpacks/libjvm/blob/main/calc/calculator.go"
ERGONOMICS = "select_gc_ergonomically in hotspot/share/gc/shared/gcConfig.cpp"

SERVER_BYTES = 1_879_048_192
"""1792 MiB, from which the JVM takes a machine for a server."""

CLASS_BYTES = 5800
CLASSES_BYTES = 14_000_000
LEAST_HEAP_BYTES = 2_097_152
"""2 MiB: with a smaller heap the JVM does not start."""

LARGEST_STACK_BYTES = 1_073_741_824
"""1 GiB, the largest stack that the JVM takes."""

OWN_PLACES = {
    "-Xmx": "heap",
    "-XX:MaxHeapSize=": "heap",
    "-XX:MaxRAMPercentage=": "heapPercent",
    "-Xms": "initialHeap",
    "-XX:InitialHeapSize=": "initialHeap",
    "-XX:InitialRAMPercentage=": "initialHeapPercent",
    "-Xss": "threadStack",
    "-XX:ThreadStackSize=": "threadStack",
    "-XX:MaxMetaspaceSize=": "metaspace",
    "-XX:MetaspaceSize=": "metaspaceInitial",
    "-XX:MaxDirectMemorySize=": "directMemory",
    "-XX:ReservedCodeCacheSize=": "codeCache",
    "-XX:SharedArchiveFile=": "classDataSharing",
    "-XX:+UseSerialGC": "gc",
    "-XX:+UseParallelGC": "gc",
    "-XX:+UseG1GC": "gc",
    "-XX:+UseZGC": "gc",
    "-XX:+UseShenandoahGC": "gc",
}


@derived(given="runtime.jvm.gc", source=ERGONOMICS)
def jvm_collector(spec: Spec) -> str:
    """The collector that the JVM would choose by itself, said so that another version chooses no other."""
    if cpu_limit_cores(spec) == 1:
        return "Serial"
    if memory_limit_bytes(spec) > 0 and memory_limit_bytes(spec) < SERVER_BYTES:
        return "Serial"
    return "G1"


@derived(given="runtime.jvm.directMemory", source=CALCULATOR)
def jvm_direct_memory(spec: Spec) -> Quantity:
    """Most memory for direct buffers."""
    return "10Mi"


@derived(given="runtime.jvm.codeCache", source=CALCULATOR)
def jvm_code_cache(spec: Spec) -> Quantity:
    """Most memory for compiled code: the JVM's own default."""
    return "240Mi"


@derived(given="runtime.jvm.threadStack", source=CALCULATOR)
def jvm_thread_stack(spec: Spec) -> Quantity:
    """Stack of each thread: the JVM's own default on 64 bits."""
    return "1Mi"


@derived(given="runtime.jvm.threads", source=CALCULATOR)
def jvm_threads(spec: Spec) -> Threads:
    """Threads at most: what a Servlet container starts under load."""
    return 250


@derived(given="runtime.jvm.loadedClasses", source=CALCULATOR)
def jvm_loaded_classes(spec: Spec) -> Classes:
    """Classes that are loaded: about those of a Spring Boot service, a guess."""
    return 20000


@derived(given="runtime.jvm.headroomPercent", source=CALCULATOR)
def jvm_headroom_percent(spec: Spec) -> Headroom:
    """Percent of the memory limit that no part gets."""
    return 0


@derived(source=CALCULATOR)
def jvm_headroom_bytes(spec: Spec) -> Natural:
    """Head-room in bytes."""
    return memory_limit_bytes(spec) * jvm_headroom_percent(spec) // 100


@derived(source=CALCULATOR)
def jvm_metaspace_bytes(spec: Spec) -> Natural:
    """Most memory for classes in bytes: as given, or 14 MB and 5,800 bytes for each loaded class.

    It is never below `metaspaceInitial`, which says that so much is expected.
    """
    computed = CLASSES_BYTES + CLASS_BYTES * jvm_loaded_classes(spec)
    if spec.runtime.jvm is not None and spec.runtime.jvm.metaspace is not None:
        return quantity_bytes(spec.runtime.jvm.metaspace)
    if spec.runtime.jvm is not None and spec.runtime.jvm.metaspace_initial is not None:
        return max(computed, quantity_bytes(spec.runtime.jvm.metaspace_initial))
    return computed


@derived(source=CALCULATOR)
def jvm_stack_bytes(spec: Spec) -> Natural:
    """Stack of one thread in bytes."""
    return min(LARGEST_STACK_BYTES, quantity_bytes(jvm_thread_stack(spec)))


@derived(source=CALCULATOR)
def jvm_fixed_bytes(spec: Spec) -> Natural:
    """The parts beside heap and head-room in bytes."""
    return (
        quantity_bytes(jvm_direct_memory(spec))
        + quantity_bytes(jvm_code_cache(spec))
        + jvm_metaspace_bytes(spec)
        + jvm_threads(spec) * jvm_stack_bytes(spec)
    )


@derived(source=CALCULATOR)
def jvm_heap_bytes(spec: Spec) -> Natural:
    """The largest heap in bytes: as given, or what the other parts leave of the limit; 0 when nothing says it."""
    if spec.runtime.jvm is not None and spec.runtime.jvm.heap is not None:
        return quantity_bytes(spec.runtime.jvm.heap)
    if spec.runtime.jvm is not None and spec.runtime.jvm.heap_percent is not None:
        return memory_limit_bytes(spec) * spec.runtime.jvm.heap_percent // 100
    return max(0, memory_limit_bytes(spec) - jvm_headroom_bytes(spec) - jvm_fixed_bytes(spec))


@derived(source=CALCULATOR)
def jvm_initial_heap_bytes(spec: Spec) -> Natural:
    """The heap at the start in bytes; 0 when the JVM chooses."""
    if spec.runtime.jvm is not None and spec.runtime.jvm.initial_heap is not None:
        return quantity_bytes(spec.runtime.jvm.initial_heap)
    if spec.runtime.jvm is not None and spec.runtime.jvm.initial_heap_percent is not None:
        return memory_limit_bytes(spec) * spec.runtime.jvm.initial_heap_percent // 100
    return 0


@derived(source=CALCULATOR)
def java_tool_options(spec: Spec) -> str:
    """JAVA_TOOL_OPTIONS, sizes in KiB rounded down; "" when nothing is to be set."""
    if spec.runtime.jvm is None or sets_variable("JAVA_TOOL_OPTIONS", spec):
        return ""
    options = [f"-XX:+Use{jvm_collector(spec)}GC"]
    version = spec.runtime.jvm.version or 0
    if jvm_collector(spec) == "Z" and version >= 21 and version <= 23:
        options.append("-XX:+ZGenerational")
    if jvm_initial_heap_bytes(spec) > 0:
        options.append(f"-Xms{jvm_initial_heap_bytes(spec) // 1024}K")
    if jvm_heap_bytes(spec) > 0:
        options.append(f"-Xmx{jvm_heap_bytes(spec) // 1024}K")
    if spec.runtime.jvm.metaspace_initial is not None:
        options.append(f"-XX:MetaspaceSize={quantity_bytes(spec.runtime.jvm.metaspace_initial) // 1024}K")
    options.append(f"-XX:MaxMetaspaceSize={jvm_metaspace_bytes(spec) // 1024}K")
    options.append(f"-XX:MaxDirectMemorySize={quantity_bytes(jvm_direct_memory(spec)) // 1024}K")
    options.append(f"-XX:ReservedCodeCacheSize={quantity_bytes(jvm_code_cache(spec)) // 1024}K")
    options.append(f"-Xss{jvm_stack_bytes(spec) // 1024}K")
    options.append("-XX:+ExitOnOutOfMemoryError")
    if spec.runtime.jvm.class_data_sharing is not None:
        options.append("-Xshare:auto")
        options.append(f"-XX:SharedArchiveFile={spec.runtime.jvm.class_data_sharing}")
    if spec.runtime.jvm.lazy_initialization is not None and spec.runtime.jvm.lazy_initialization:
        options.append("-Dspring.main.lazy-initialization=true")
    for flag in spec.runtime.jvm.flags or []:
        options.append(flag)  # noqa: PERF402 - a chart has no extend
    return " ".join(options)


@java_tool_options.because
def _(spec: Spec) -> str:
    parts = (
        f"direct {quantity_bytes(jvm_direct_memory(spec)) // MIB} + code {quantity_bytes(jvm_code_cache(spec)) // MIB} + "
        f"classes {jvm_metaspace_bytes(spec) // MIB} + {jvm_threads(spec)} stacks "
        f"{jvm_threads(spec) * jvm_stack_bytes(spec) // MIB}"
    )
    if memory_limit_bytes(spec) == 0:
        return f"no memory limit to divide; {parts} MiB beside the heap"
    headroom = f" + head-room {jvm_headroom_bytes(spec) // MIB}" if jvm_headroom_bytes(spec) else ""
    return (
        f"heap {jvm_heap_bytes(spec) // MIB} + {parts}{headroom} MiB of the limit of "
        f"{memory_limit_bytes(spec) // MIB} MiB; {collector_reason(spec)}"
    )


def collector_reason(spec: Spec) -> str:
    """Why the collector is what it is."""
    if jvm_collector.given_value(spec) is not None:
        return f"{jvm_collector(spec)} as given"
    if jvm_collector(spec) == "G1":
        return "G1 as the JVM chooses with 2 CPUs and 1792 MiB"
    return "Serial as the JVM chooses below 2 CPUs or 1792 MiB"


@rule(
    "runtime.jvm.heap",
    "runtime.jvm.heapPercent",
    "resources.limits",
    "runtime",
    hint="raise resources.limits.memory, or lower a part: heap, threads, codeCache, metaspace",
    source=CALCULATOR,
)
def jvm_memory_does_not_fit(spec: Spec) -> str:
    """Parts that exceed the limit work until all of them are used, and then the kernel kills the process."""
    if spec.runtime.jvm is None or memory_limit_bytes(spec) == 0 or sets_variable("JAVA_TOOL_OPTIONS", spec):
        return ""
    heap = LEAST_HEAP_BYTES
    left = 100 - jvm_headroom_percent(spec)
    fixed = jvm_fixed_bytes(spec)
    if spec.runtime.jvm.heap is not None:
        heap = jvm_heap_bytes(spec)
    if spec.runtime.jvm.heap_percent is not None:
        heap = max(LEAST_HEAP_BYTES, jvm_heap_bytes(spec))
        left = left - spec.runtime.jvm.heap_percent
    if left < 1:
        return "runtime.jvm.heapPercent and headroomPercent leave nothing of the memory limit for the other parts"
    missing = jvm_headroom_bytes(spec) + fixed + heap - memory_limit_bytes(spec)
    if missing <= 0:
        return ""
    smallest = ceil_div(ceil_div(fixed * 100, max(1, left)), MIB)
    if spec.runtime.jvm.heap_percent is None:
        smallest = ceil_div(ceil_div((fixed + heap) * 100, max(1, left)), MIB)
    without = jvm_headroom_bytes(spec) + fixed
    text = f"{ceil_div(without, MIB)} MiB without the heap"
    if spec.runtime.jvm.heap is not None or spec.runtime.jvm.heap_percent is not None:
        text = f"{ceil_div(without + heap, MIB)} MiB with a heap of {ceil_div(heap, MIB)} MiB"
    elif without > memory_limit_bytes(spec):
        text = f"{text}, and would leave it -{max(0, without - memory_limit_bytes(spec)) // MIB} MiB"
    return (
        f"the JVM needs {text}: direct memory {ceil_div(quantity_bytes(jvm_direct_memory(spec)), MIB)} + "
        f"code cache {ceil_div(quantity_bytes(jvm_code_cache(spec)), MIB)} + "
        f"metaspace {ceil_div(jvm_metaspace_bytes(spec), MIB)} + "
        f"{jvm_threads(spec)} stacks {ceil_div(jvm_threads(spec) * jvm_stack_bytes(spec), MIB)} + "
        f"head-room {ceil_div(jvm_headroom_bytes(spec), MIB)}; the memory limit is "
        f"{memory_limit_bytes(spec) // MIB} MiB: {ceil_div(max(0, missing), MIB)} MiB are missing; "
        f"the smallest limit that works is {smallest}Mi"
    )


@rule(
    "runtime.jvm.initialHeap",
    "runtime.jvm.initialHeapPercent",
    "runtime.jvm.heap",
    "resources.limits",
    hint="lower initialHeap, or raise heap or resources.limits.memory",
    source="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
)
def jvm_initial_heap_above_heap(spec: Spec) -> str:
    """The JVM does not start with more heap than it may have."""
    if spec.runtime.jvm is None or jvm_heap_bytes(spec) == 0:
        return ""
    if jvm_initial_heap_bytes(spec) > jvm_heap_bytes(spec):
        return (
            f"the JVM's heap at the start ({ceil_div(jvm_initial_heap_bytes(spec), 1024)} KiB) is above the largest heap "
            f"({jvm_heap_bytes(spec) // 1024} KiB)"
        )
    return ""


@rule(
    "runtime.jvm.metaspaceInitial",
    "runtime.jvm.metaspace",
    hint="lower metaspaceInitial, or raise metaspace",
    source="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
)
def jvm_metaspace_initial_above_metaspace(spec: Spec) -> str:
    """The first collection would wait for more than there may be."""
    if spec.runtime.jvm is None or spec.runtime.jvm.metaspace_initial is None:
        return ""
    if quantity_bytes(spec.runtime.jvm.metaspace_initial) > jvm_metaspace_bytes(spec):
        return (
            f"runtime.jvm.metaspaceInitial ({spec.runtime.jvm.metaspace_initial}) is above "
            f"runtime.jvm.metaspace ({jvm_metaspace_bytes(spec) // 1024} KiB)"
        )
    return ""


@rule(
    "runtime.jvm.flags",
    hint="say it there, so that it counts in the memory budget",
    source=CALCULATOR,
)
def jvm_flag_has_its_own_place(spec: Spec) -> str:
    """A size or collector among the flags would contradict the one that is computed."""
    message = ""
    if spec.runtime.jvm is not None:
        for flag in spec.runtime.jvm.flags or []:
            for start, place in by_key(OWN_PLACES):
                if flag.startswith(start):
                    message = f"runtime.jvm.flags has {flag}, which contradicts runtime.jvm.{place}"
    return message
