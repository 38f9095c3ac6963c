"""What the program runs on: from it and the limits follow the settings that the runtime reads."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from k8sgen.spec.model import Model, derived, optional, with_keys
from k8sgen.spec.resources import quantity_text
from k8sgen.spec.types import FilePath, Quantity
from k8sgen.yamltext.read import Map

GoVersion = Annotated[str, Field(pattern=r"^1\.(19|[2-9][0-9])$")]
JvmFlag = Annotated[str, Field(pattern=r"^-[^ \t\r\n\"']+$", max_length=4096)]
Share = Annotated[int, Field(ge=1, le=100)]
"""A percentage of the memory limit."""

Headroom = Annotated[int, Field(ge=0, le=50)]
Workers = Annotated[int, Field(ge=1, le=1000)]
Threads = Annotated[int, Field(ge=1, le=100_000)]
Classes = Annotated[int, Field(ge=1, le=10_000_000)]
Collector = Literal["Serial", "Parallel", "G1", "Z", "Shenandoah"]


class Go(Model):
    """A Go program."""

    version: GoVersion | None = optional(
        "Minor version that the program is built with, such as 1.26; one that reads the CPU limit by itself "
        "(1.25 and later) unless given."
    )
    memory_limit_percent: Share | None = derived(
        "90", "Percent of the memory limit at which the collector works harder (GOMEMLIMIT)."
    )


class Jvm(Model):
    """A Java virtual machine."""

    either: ClassVar = (("heap", "heapPercent"), ("initialHeap", "initialHeapPercent"))

    version: Annotated[int, Field(ge=8, le=99)] | None = optional("Feature release of the JDK, such as 21.")
    gc: Collector | None = derived(
        "as the JVM would: G1 with 2 CPUs and 1792Mi, else Serial", "Garbage collector."
    )
    heap: Quantity | None = optional("Largest heap (-Xmx); what the other parts leave unless given.")
    heap_percent: Share | None = optional("Largest heap in percent of the memory limit.")
    initial_heap: Quantity | None = optional("Heap at the start (-Xms); the JVM's own choice unless given.")
    initial_heap_percent: Share | None = optional("Heap at the start in percent of the memory limit.")
    metaspace: Quantity | None = optional(
        "Most memory for classes (-XX:MaxMetaspaceSize); 14 MB and 5,800 bytes a class unless given."
    )
    metaspace_initial: Quantity | None = optional(
        "Use of metaspace at which the first collection for it runs (-XX:MetaspaceSize)."
    )
    direct_memory: Quantity | None = derived("10Mi", "Most memory for direct buffers.")
    code_cache: Quantity | None = derived("240Mi", "Most memory for compiled code.")
    thread_stack: Quantity | None = derived("1Mi", "Stack of each thread (-Xss).")
    threads: Threads | None = derived("250", "Threads at most: each has a stack.")
    loaded_classes: Classes | None = derived(
        "20000, a guess to measure with jcmd PID VM.classloader_stats", "Classes that are loaded."
    )
    headroom_percent: Headroom | None = derived("0", "Percent of the memory limit that nothing may take.")
    class_data_sharing: FilePath | None = optional(
        "Archive of classes in the image, made with -XX:ArchiveClassesAtExit, which shortens the start."
    )
    lazy_initialization: bool | None = optional("Whether Spring makes its beans when they are first used.")
    flags: list[JvmFlag] | None = optional("Further flags; they come last, and the last one wins.")

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Numbers become the text of a quantity, which is bytes."""
        return quantities(
            value,
            "heap",
            "initialHeap",
            "metaspace",
            "metaspaceInitial",
            "directMemory",
            "codeCache",
            "threadStack",
        )


class Node(Model):
    """A Node.js program."""

    old_space_percent: Share | None = derived("75", "Percent of the memory limit for long-lived objects.")


class Python(Model):
    """A Python program behind gunicorn or uvicorn."""

    server: Literal["gunicorn", "uvicorn"] | None = derived("gunicorn", "Server that starts the workers.")
    workers: Workers | None = derived(
        "2 a core and 1, as many as the memory limit holds", "Worker processes."
    )
    worker_memory: Quantity | None = derived(
        "96Mi, a guess to measure", "Memory of one worker; the process that starts them takes 32Mi."
    )
    threads: Annotated[int, Field(ge=1, le=1000)] | None = optional("Threads of each gunicorn worker.")

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A number becomes the text of a quantity, which is bytes."""
        return quantities(value, "workerMemory")


class Runtime(Model):
    """One runtime. The short form is its name."""

    short_forms: ClassVar = ({"enum": ["go", "jvm", "node", "python"]},)

    either: ClassVar = (("go", "jvm", "node", "python"),)

    go: Go | None = optional("A Go program.")
    jvm: Jvm | None = optional("A Java virtual machine.")
    node: Node | None = optional("A Node.js program.")
    python: Python | None = optional("A Python program behind gunicorn or uvicorn.")

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A name is that runtime with all of its values computed."""
        return Map({value: Map()}) if isinstance(value, str) else value


def quantities(value: Any, *keys: str) -> Any:
    """A part of the spec in which numbers under some keys are the text of a quantity."""
    if not isinstance(value, dict):
        return value
    return with_keys(value, {key: quantity_text(value[key]) for key in keys if key in value})
