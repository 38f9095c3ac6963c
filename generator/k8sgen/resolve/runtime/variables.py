"""Whether a runtime sets a variable at all."""

from __future__ import annotations

from k8sgen.resolve.derivation import derived
from k8sgen.resolve.runtime.go import go_max_procs, go_memory_limit
from k8sgen.resolve.runtime.jvm import java_tool_options
from k8sgen.resolve.runtime.node import node_options
from k8sgen.resolve.runtime.python import gunicorn_arguments, uvicorn_graceful_timeout, web_concurrency
from k8sgen.spec.service_spec import Spec


@derived()
def sets_variables(spec: Spec, role: str) -> bool:
    """Whether the runtime gives variables to a container, which the main one alone has."""
    return role == "main" and (
        go_memory_limit(spec) != ""
        or go_max_procs(spec) != ""
        or java_tool_options(spec) != ""
        or node_options(spec) != ""
        or web_concurrency(spec) != ""
        or gunicorn_arguments(spec) != ""
        or uvicorn_graceful_timeout(spec) != ""
    )
