"""What a spec declares of its service and no manifest shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.manifests import Facts

if TYPE_CHECKING:
    from k8sgen.spec.service_spec import Spec


def facts_of_spec(spec: Spec) -> Facts:
    """What a spec declares of its service."""
    runtimes = {name: getattr(spec.runtime, name) for name in ("go", "jvm", "node", "python")}
    runtime = next((name for name, given in runtimes.items() if given is not None), "")
    version = getattr(runtimes.get(runtime), "version", None)
    return Facts(
        startup_seconds=spec.startup.slowest_seconds,
        shutdown_seconds=spec.shutdown.timeout_seconds,
        runtime=runtime,
        runtime_version="" if version is None else str(version),
        zones=spec.placement.zones,
    )
