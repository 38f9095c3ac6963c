"""The shutdown budget: pause, time for the process, and when the kubelet kills."""

from __future__ import annotations

from typing import Any

from k8sgen.resolve.arithmetic import by_key, slept_seconds
from k8sgen.resolve.derivation import derived, rule
from k8sgen.resolve.services import has_service
from k8sgen.spec.container import Container
from k8sgen.spec.service_spec import Spec

MARGIN_SECONDS = 5
"""Between the process's own time-out and SIGKILL: log flushing, and a kubelet that is late."""

TERMINATION_DOCS = "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination"
HOOK_DOCS = "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/"


@derived(given="shutdown.drainSeconds", source=TERMINATION_DOCS)
def drain_seconds(spec: Spec) -> int:
    """Seconds between the start of a shutdown and SIGTERM: the endpoint goes at the same time, not before."""
    return 5 if has_service(spec) else 0


@drain_seconds.because
def _(spec: Spec) -> str:
    if has_service(spec):
        return "SIGTERM waits until proxies have learnt that the pod is going"
    return "no Service sends requests, so nothing has to drain"


@derived(source=HOOK_DOCS)
def hook_seconds(spec: Spec) -> int:
    """Seconds that the preStop hook takes: those it sleeps, else drainSeconds."""
    if spec.shutdown.pre_stop is None:
        return drain_seconds(spec)
    if spec.shutdown.pre_stop.sleep is not None:
        return spec.shutdown.pre_stop.sleep.seconds
    if spec.shutdown.pre_stop.exec is not None and slept_seconds(spec.shutdown.pre_stop.exec.command) > 0:
        return slept_seconds(spec.shutdown.pre_stop.exec.command)
    return drain_seconds(spec)


def hook_sleeps(spec: Spec) -> bool:
    """Whether the preStop hook itself says how long it takes."""
    hook = spec.shutdown.pre_stop
    return hook is not None and (
        hook.sleep is not None or (hook.exec is not None and slept_seconds(hook.exec.command) > 0)
    )


@derived(source=HOOK_DOCS)
def pre_stop_needed(spec: Spec) -> bool:
    """Whether there is a preStop hook."""
    return hook_seconds(spec) > 0 or not pre_stop_pauses(spec)


@derived(source=HOOK_DOCS)
def pre_stop_pauses(spec: Spec) -> bool:
    """Whether the hook is a plain pause, which the kubelet can do by itself."""
    return spec.shutdown.pre_stop is None or spec.shutdown.pre_stop.sleep is not None


@derived(source=HOOK_DOCS)
def pause_seconds(spec: Spec) -> int:
    """Seconds of the plain pause."""
    return hook_seconds(spec)


@pause_seconds.because
def _(spec: Spec) -> str:
    if spec.shutdown.pre_stop is not None or drain_seconds.given_value(spec) is not None:
        return ""
    return drain_seconds.reason(spec)


@derived(source="https://github.com/kubernetes/enhancements/issues/3960")
def pause_command(spec: Spec) -> list[str]:
    """The pause as a command, for versions in which the kubelet cannot sleep."""
    return ["sleep", f"{hook_seconds(spec)}"]


@pause_command.because
def _(spec: Spec) -> str:
    return "the image must have sleep: the kubelet can pause by itself from Kubernetes 1.30"


@derived()
def own_lifecycle(container: Container) -> dict[str, Any]:
    """The lifecycle among the further fields of a container; nothing when it is no map."""
    if container.container is not None and "lifecycle" in container.container:
        lifecycle = container.container["lifecycle"]
        if isinstance(lifecycle, dict):
            return lifecycle
    return {}


@derived()
def post_start(container: Container) -> dict[str, Any]:
    """The handler that runs right after the container has started."""
    lifecycle = own_lifecycle(container)
    if "postStart" in lifecycle:
        handler = lifecycle["postStart"]
        if isinstance(handler, dict):
            return handler
    return {}


@derived(given="shutdown.gracePeriodSeconds", source=TERMINATION_DOCS)
def grace_period_seconds(spec: Spec) -> int:
    """Seconds from the start of the preStop hook to SIGKILL."""
    return hook_seconds(spec) + spec.shutdown.timeout_seconds + MARGIN_SECONDS


@grace_period_seconds.because
def _(spec: Spec) -> str:
    hook, timeout = hook_seconds(spec), spec.shutdown.timeout_seconds
    parts = f"time-out {timeout} s + {MARGIN_SECONDS} s margin"
    if spec.shutdown.pre_stop is not None and hook_sleeps(spec):
        return f"preStop sleeps {hook} s + {parts}"
    if spec.shutdown.pre_stop is not None:
        return f"drainSeconds {hook} s for preStop + {parts}"
    return f"drain {hook} s + {parts}" if hook else parts


@rule(
    "shutdown.gracePeriodSeconds",
    "shutdown.drainSeconds",
    "shutdown.preStop",
    "shutdown.timeoutSeconds",
    hint="raise gracePeriodSeconds, or leave it out and it is computed",
    source=TERMINATION_DOCS,
)
def grace_period_too_short(spec: Spec) -> str:
    """The kubelet kills at the end of the grace period, whatever the process is doing."""
    grace = grace_period_seconds(spec)
    pause = hook_seconds(spec)
    timeout = spec.shutdown.timeout_seconds
    if grace < pause + timeout:
        return (
            f"shutdown.gracePeriodSeconds ({grace}) ends before the shutdown does: "
            f"pause {pause} s + shutdown.timeoutSeconds {timeout} s"
        )
    return ""


@rule(
    "container.lifecycle",
    hint="use shutdown.preStop and shutdown.signal; container.lifecycle is for postStart",
    source=HOOK_DOCS,
)
def lifecycle_has_own_place(spec: Spec) -> str:
    """The hook before the end is part of the shutdown budget, and so is the signal."""
    message = ""
    for key, _value in by_key(own_lifecycle(spec)):
        if key != "postStart":
            message = f"container.lifecycle.{key} is not part of the shutdown budget"
    return message


@rule(
    "*.container.lifecycle", each="containers", hint="write `lifecycle: {postStart: {...}}`", source=HOOK_DOCS
)
def lifecycle_not_a_map(container: Container, at: str) -> str:
    """A Lifecycle has one key for each of its hooks."""
    if container.container is None or "lifecycle" not in container.container:
        return ""
    if not isinstance(container.container["lifecycle"], dict):
        return f"{at}container.lifecycle is not a map of hooks"
    message = ""
    for hook, handler in by_key(own_lifecycle(container)):
        if not isinstance(handler, dict) and hook != "stopSignal":
            message = f"{at}container.lifecycle.{hook} is not a map"
    return message
