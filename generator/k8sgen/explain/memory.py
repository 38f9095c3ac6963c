"""Where the memory of the main container goes, as the runtime's calculator divided it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from k8sgen.resolve.arithmetic import quantity_bytes
from k8sgen.resolve.runtime import go, jvm, node, python
from k8sgen.resolve.runtime.limits import MIB, memory_limit_bytes
from k8sgen.resolve.runtime.variables import sets_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.spec.service_spec import Spec

BAR_WIDTH = 50
SIGNS = "#=+*-:%"


class Part(NamedTuple):
    """A part of the memory in bytes."""

    name: str
    size: int


def memory_parts(spec: Spec) -> list[Part]:
    """The parts of the memory limit, what nobody claims last; nothing where no calculator divides it."""
    limit = memory_limit_bytes(spec)
    if not limit or not sets_variables(spec, "main"):
        return []
    parts: list[Part] = []
    if jvm.java_tool_options(spec):
        threads = jvm.jvm_threads(spec)
        parts = [
            Part("heap", jvm.jvm_heap_bytes(spec)),
            Part("metaspace", jvm.jvm_metaspace_bytes(spec)),
            Part("code cache", quantity_bytes(jvm.jvm_code_cache(spec))),
            Part(f"{threads} stacks", threads * jvm.jvm_stack_bytes(spec)),
            Part("direct memory", quantity_bytes(jvm.jvm_direct_memory(spec))),
        ]
    elif go.go_memory_limit(spec):
        parts = [Part("Go heap and stacks", int(go.go_memory_limit(spec)))]
    elif node.node_options(spec):
        parts = [Part("old space", node.node_old_space_mebibytes(spec) * MIB)]
    elif python.web_concurrency(spec):
        workers = python.python_workers(spec)
        parts = [
            Part(f"{workers} workers", workers * python.python_worker_bytes(spec)),
            Part("first process", python.MASTER_BYTES),
        ]
    if not parts:
        return []
    return [*parts, Part("left over", max(0, limit - sum(part.size for part in parts)))]


def memory_table(spec: Spec) -> Iterator[str]:
    """A bar of the whole limit, and a line for each part: its sign, MiB and percent."""
    parts, limit = memory_parts(spec), memory_limit_bytes(spec)
    if not parts:
        return
    bar, sum_so_far = "", 0
    for part, sign in zip(parts, signs(len(parts)), strict=True):
        sum_so_far += part.size
        end = max(len(bar) + (part.size > 0), sum_so_far * BAR_WIDTH // limit)  # each part is seen
        bar += sign * (min(BAR_WIDTH, end) - len(bar))
    yield f"[{bar:<{BAR_WIDTH}}] {limit / MIB:.1f} MiB"
    for part, sign in zip(parts, signs(len(parts)), strict=True):
        yield f"{sign} {part.name:<20}{part.size / MIB:>10.1f} MiB{part.size * 100 / limit:>7.1f} %"


def signs(count: int) -> str:
    """A sign for each part; what is left over is empty."""
    return SIGNS[: count - 1] + "."
