"""What the JVM reads: JAVA_TOOL_OPTIONS, in which the parts of its memory fit into the limit.

The arithmetic is that of Paketo's memory calculator (libjvm/calc/calculator.go): the heap gets what
head-room, direct buffers, compiled code, classes and the stacks of threads leave.
"""

from __future__ import annotations

from k8sgen.resolve.arithmetic import Natural, ceil_div, quantity_bytes, size_in
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.runtime.jvm_flags import OPTIONS, jvm_flags, jvm_flags_choose_collector
from k8sgen.resolve.runtime.limits import (
    MIB,
    cpu_limit_cores,
    memory_limit_bytes,
    sets_variable,
    variable_text,
)
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
    flag = size_in(jvm_flags(spec), "-XX:MaxDirectMemorySize=")
    if flag > 0:
        return f"{flag}"
    return "10Mi"


@derived(given="runtime.jvm.codeCache", source=CALCULATOR)
def jvm_code_cache(spec: Spec) -> Quantity:
    """Most memory for compiled code: the JVM's own default."""
    flag = size_in(jvm_flags(spec), "-XX:ReservedCodeCacheSize=")
    if flag > 0:
        return f"{flag}"
    return "240Mi"


@derived(given="runtime.jvm.threadStack", source=CALCULATOR)
def jvm_thread_stack(spec: Spec) -> Quantity:
    """Stack of each thread: the JVM's own default on 64 bits."""
    flag = size_in(jvm_flags(spec), "-Xss")
    if flag > 0:
        return f"{flag}"
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


@derived(source=OPTIONS)
def jvm_metaspace_initial_bytes(spec: Spec) -> Natural:
    """Use of metaspace at the first collection for it, in bytes; 0 when the JVM chooses."""
    if spec.runtime.jvm is not None and spec.runtime.jvm.metaspace_initial is not None:
        return quantity_bytes(spec.runtime.jvm.metaspace_initial)
    return size_in(jvm_flags(spec), "-XX:MetaspaceSize=")


@derived(source=CALCULATOR)
def jvm_metaspace_bytes(spec: Spec) -> Natural:
    """Most memory for classes in bytes: as given, or 14 MB and 5,800 bytes for each loaded class.

    It is never below `metaspaceInitial`, which says that so much is expected.
    """
    flag = size_in(jvm_flags(spec), "-XX:MaxMetaspaceSize=")
    if flag > 0:
        return flag
    if spec.runtime.jvm is not None and spec.runtime.jvm.metaspace is not None:
        return quantity_bytes(spec.runtime.jvm.metaspace)
    return max(CLASSES_BYTES + CLASS_BYTES * jvm_loaded_classes(spec), jvm_metaspace_initial_bytes(spec))


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
    flag = size_in(jvm_flags(spec), "-Xmx")
    if flag > 0:
        return flag
    if spec.runtime.jvm is not None and spec.runtime.jvm.heap is not None:
        return quantity_bytes(spec.runtime.jvm.heap)
    if spec.runtime.jvm is not None and spec.runtime.jvm.heap_percent is not None:
        return memory_limit_bytes(spec) * spec.runtime.jvm.heap_percent // 100
    return max(0, memory_limit_bytes(spec) - jvm_headroom_bytes(spec) - jvm_fixed_bytes(spec))


@derived(source=CALCULATOR)
def jvm_initial_heap_bytes(spec: Spec) -> Natural:
    """The heap at the start in bytes; 0 when the JVM chooses."""
    flag = size_in(jvm_flags(spec), "-Xms")
    if flag > 0:
        return flag
    if spec.runtime.jvm is not None and spec.runtime.jvm.initial_heap is not None:
        return quantity_bytes(spec.runtime.jvm.initial_heap)
    if spec.runtime.jvm is not None and spec.runtime.jvm.initial_heap_percent is not None:
        return memory_limit_bytes(spec) * spec.runtime.jvm.initial_heap_percent // 100
    return 0


@derived(source=OPTIONS)
def jvm_size_options(spec: Spec) -> list[str]:
    """The flag of each size that no flag of the user's says, in KiB rounded down."""
    flags = jvm_flags(spec)
    options = []
    if size_in(flags, "-Xms") == 0 and jvm_initial_heap_bytes(spec) > 0:
        options.append(f"-Xms{jvm_initial_heap_bytes(spec) // 1024}K")
    if size_in(flags, "-Xmx") == 0 and jvm_heap_bytes(spec) > 0:
        options.append(f"-Xmx{jvm_heap_bytes(spec) // 1024}K")
    if size_in(flags, "-XX:MetaspaceSize=") == 0 and jvm_metaspace_initial_bytes(spec) > 0:
        options.append(f"-XX:MetaspaceSize={jvm_metaspace_initial_bytes(spec) // 1024}K")
    if size_in(flags, "-XX:MaxMetaspaceSize=") == 0:
        options.append(f"-XX:MaxMetaspaceSize={jvm_metaspace_bytes(spec) // 1024}K")
    if size_in(flags, "-XX:MaxDirectMemorySize=") == 0:
        options.append(f"-XX:MaxDirectMemorySize={quantity_bytes(jvm_direct_memory(spec)) // 1024}K")
    if size_in(flags, "-XX:ReservedCodeCacheSize=") == 0:
        options.append(f"-XX:ReservedCodeCacheSize={quantity_bytes(jvm_code_cache(spec)) // 1024}K")
    if size_in(flags, "-Xss") == 0:
        options.append(f"-Xss{jvm_stack_bytes(spec) // 1024}K")
    return options


@derived(source=CALCULATOR)
def java_tool_options(spec: Spec) -> str:
    """JAVA_TOOL_OPTIONS, the user's flags last; "" when nothing is to be set."""
    if spec.runtime.jvm is None or sets_variable("JAVA_TOOL_OPTIONS", spec):
        return ""
    options = []
    if not jvm_flags_choose_collector(spec):
        options.append(f"-XX:+Use{jvm_collector(spec)}GC")
        version = spec.runtime.jvm.version or 0
        if jvm_collector(spec) == "Z" and version >= 21 and version <= 23:
            options.append("-XX:+ZGenerational")
    for option in jvm_size_options(spec):
        options.append(option)  # noqa: PERF402 - a chart has no extend
    options.append("-XX:+ExitOnOutOfMemoryError")
    if spec.runtime.jvm.class_data_sharing is not None:
        options.append("-Xshare:auto")
        options.append(f"-XX:SharedArchiveFile={spec.runtime.jvm.class_data_sharing}")
    if spec.runtime.jvm.lazy_initialization is not None and spec.runtime.jvm.lazy_initialization:
        options.append("-Dspring.main.lazy-initialization=true")
    if jvm_flags(spec):
        options.append(jvm_flags(spec))
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
    if jvm_flags_choose_collector(spec):
        return "collector by a flag"
    if jvm_collector.given_value(spec) is not None:
        return f"{jvm_collector(spec)} as given"
    if jvm_collector(spec) == "G1":
        return "G1 as the JVM chooses with 2 CPUs and 1792 MiB"
    return "Serial as the JVM chooses below 2 CPUs or 1792 MiB"


@rule(
    "runtime.jvm.heap",
    "runtime.jvm.heapPercent",
    "runtime.jvm.flags",
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
    by_flag = size_in(jvm_flags(spec), "-Xmx") > 0
    if spec.runtime.jvm.heap is not None or by_flag:
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
    if spec.runtime.jvm.heap is not None or spec.runtime.jvm.heap_percent is not None or by_flag:
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
    "runtime.jvm.flags",
    "resources.limits",
    hint="lower initialHeap, or raise heap or resources.limits.memory",
    source=OPTIONS,
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
    "runtime.jvm.flags",
    hint="lower metaspaceInitial, or raise metaspace",
    source=OPTIONS,
)
def jvm_metaspace_initial_above_metaspace(spec: Spec) -> str:
    """The first collection would wait for more than there may be."""
    if spec.runtime.jvm is None or jvm_metaspace_initial_bytes(spec) <= jvm_metaspace_bytes(spec):
        return ""
    return (
        f"the JVM's metaspace at the first collection ({ceil_div(jvm_metaspace_initial_bytes(spec), 1024)} KiB) "
        f"is above the largest ({jvm_metaspace_bytes(spec) // 1024} KiB)"
    )


@rule(
    "env.JAVA_TOOL_OPTIONS",
    "resources.limits",
    hint="lower -Xmx, raise the limit, or leave the variable to `runtime: jvm`",
    source=OPTIONS,
)
def java_tool_options_above_limit(spec: Spec) -> str:
    """A heap that is larger than the limit ends in a kill, not in a collection."""
    heap = size_in(variable_text("JAVA_TOOL_OPTIONS", spec), "-Xmx")
    if memory_limit_bytes(spec) > 0 and heap > memory_limit_bytes(spec):
        return (
            f"env.JAVA_TOOL_OPTIONS has a heap of {ceil_div(heap, MIB)} MiB, and the memory limit is "
            f"{memory_limit_bytes(spec) // MIB} MiB"
        )
    return ""
