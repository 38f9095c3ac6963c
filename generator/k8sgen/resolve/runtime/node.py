"""What Node.js reads: the size of V8's old space."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import Natural, size_in
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.runtime.limits import MIB, memory_limit_bytes, sets_variable, variable_text
from k8sgen.spec.runtime import Share
from k8sgen.spec.service_spec import Spec

NODE_DOCS = "https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib"


@derived(given="runtime.node.oldSpacePercent", source=NODE_DOCS)
def node_old_space_percent(spec: Spec) -> Share:
    """Percent of the memory limit for old objects; buffers, code, stacks and young objects take the rest."""
    return 75


@derived(source=NODE_DOCS)
def node_old_space_mebibytes(spec: Spec) -> Natural:
    """V8's old space in MiB, rounded down."""
    return memory_limit_bytes(spec) * node_old_space_percent(spec) // 100 // MIB


@derived(source=NODE_DOCS)
def node_options(spec: Spec) -> str:
    """NODE_OPTIONS with the size of the old space; "" when nothing is to be set."""
    if spec.runtime.node is None or memory_limit_bytes(spec) == 0 or sets_variable("NODE_OPTIONS", spec):
        return ""
    return f"--max-old-space-size={node_old_space_mebibytes(spec)}"


@node_options.because
def _(spec: Spec) -> str:
    return (
        f"MiB: {node_old_space_percent(spec)} % of the memory limit of {memory_limit_bytes(spec) // MIB} MiB; "
        "the rest is for buffers, code and stacks"
    )


@rule(
    "runtime.node.oldSpacePercent",
    "resources.limits",
    hint="raise resources.limits.memory, or oldSpacePercent",
    source=NODE_DOCS,
)
def node_old_space_missing(spec: Spec) -> str:
    """To V8 an old space of 0 means its own default, which knows nothing of the limit."""
    if node_options(spec) and node_old_space_mebibytes(spec) == 0:
        return (
            f"runtime.node.oldSpacePercent ({node_old_space_percent(spec)}) of the memory limit "
            f"({memory_limit_bytes(spec)} bytes) is less than 1 MiB of old space"
        )
    return ""


@rule(
    "env.NODE_OPTIONS",
    "resources.limits",
    hint="lower it, raise the limit, or leave the variable to `runtime: node`",
    source=NODE_DOCS,
)
def node_options_above_limit(spec: Spec) -> str:
    """A heap that is larger than the limit ends in a kill, not in a collection."""
    old_space = size_in(variable_text("NODE_OPTIONS", spec), "--max-old-space-size=")
    if memory_limit_bytes(spec) > 0 and old_space > memory_limit_bytes(spec) // MIB:
        return (
            f"env.NODE_OPTIONS has an old space of {old_space} MiB, and the memory limit is "
            f"{memory_limit_bytes(spec) // MIB} MiB"
        )
    return ""
