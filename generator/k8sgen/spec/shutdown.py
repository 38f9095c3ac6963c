"""How a pod goes away without losing a request."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from k8sgen.spec.model import Model, default, derived, optional, required
from k8sgen.spec.probes import Exec, HttpGet
from k8sgen.spec.types import Positive, Seconds


class Sleep(Model):
    """A pause."""

    seconds: Seconds = required("Seconds to wait.")


class PreStop(Model):
    """A Kubernetes LifecycleHandler that takes the place of the pause."""

    either: ClassVar = (("exec", "httpGet", "sleep"),)
    required_one: ClassVar = either

    exec: Exec | None = optional("Command to run.")
    http_get: HttpGet | None = optional("Request to send.")
    sleep: Sleep | None = optional("Pause.")


class Shutdown(Model):
    """The shutdown budget: pause, then SIGTERM, then time for the process to finish."""

    drain_seconds: Seconds | None = derived(
        "5; 0 without a Service",
        "Pause before SIGTERM, while proxies learn that the pod is going; 0 prints no hook.",
    )
    timeout_seconds: Seconds = default(20, "Time the process takes to finish what it has begun, at most.")
    grace_period_seconds: Positive | None = derived(
        "preStop or drainSeconds, and timeoutSeconds, and 5", "Time from the start of the pause to SIGKILL."
    )
    pre_stop: PreStop | None = optional("A handler instead of the pause.")
    signal: Annotated[str, Field(pattern=r"^SIG[A-Z0-9+-]+$")] = default(
        "SIGTERM", "Signal on which the process shuts down: a declared fact, it is not printed."
    )
