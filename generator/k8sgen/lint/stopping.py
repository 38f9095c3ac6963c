"""How a pod stops: its grace period, and the pause before SIGTERM."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from k8sgen.manifests import dig

if TYPE_CHECKING:
    from k8sgen.lint.workload import Container, Workload
    from k8sgen.manifests import Pointer

PRE_STOP: Pointer = ("lifecycle", "preStop")
SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_sleep = re.compile(r"(?<![\w./-])(?:/\w+)*/?sleep\s+([0-9]+(?:\.[0-9]+)?)([smhd]?)(?![\w.])").findall
_branches = re.compile(r"\b(if|case|while|until|for)\b|\|\|").search


def grace_period(workload: Workload) -> int:
    """Seconds from the deletion of a pod until SIGKILL."""
    said = workload.pod.get("terminationGracePeriodSeconds")
    return said if isinstance(said, int) else 30


def pre_stop(container: Container) -> dict[str, Any]:
    """The hook that runs before SIGTERM; empty when there is none."""
    return (container.data.get("lifecycle") or {}).get("preStop") or {}


def pause(container: Container) -> int:
    """Seconds that the hook surely sleeps, rounded up; 0 when that cannot be told.

    A script with branches or loops is not followed.
    """
    hook = pre_stop(container)
    if not hook:
        return 0
    native = dig(hook, "sleep", "seconds")
    if isinstance(native, int):
        return native
    command = [str(each) for each in dig(hook, "exec", "command") or ()]
    if not command:
        return 0
    script = " ".join(command) if program(command) not in SHELLS else command[-1]
    if _branches(script) or (program(command) not in SHELLS and program(command) != "sleep"):
        return 0
    total = sum(float(number) * SECONDS[unit] for number, unit in _sleep(script))
    return math.ceil(total)


def pause_pointer(container: Container) -> Pointer:
    """Where the pause stands in the container."""
    hook = pre_stop(container)
    return (*PRE_STOP, "sleep", "seconds") if "sleep" in hook else (*PRE_STOP, "exec", "command")


def program(command: list[str]) -> str:
    """The name of the program that a command runs."""
    return command[0].rpartition("/")[2] if command else ""
