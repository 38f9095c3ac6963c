"""Probes and lifecycle hooks.

Source: `pkg/apis/core/validation`: validateProbe, validateLivenessProbe, validateReadinessProbe,
validateStartupProbe, validateHandler, validateLifecycle, validateSleepAction, validateHTTPGetAction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
PROBE_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
HOOK_HANDLERS = ("exec", "httpGet", "tcpSocket", "sleep")
TIMINGS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")
ZERO_SLEEP = 33


def check_probes(container: Node) -> None:
    """All probes of a container."""
    for probe in container.given(*PROBES):
        _check_probe(probe, str(probe.key))


def _check_probe(probe: Node, name: str) -> None:
    _check_handler(probe, PROBE_HANDLERS)
    probe.check_at_least(0, *TIMINGS)
    if name != "readinessProbe":
        if (probe.integer_of("successThreshold") or 1) > 1:
            probe["successThreshold"].refuse_value(f"must be 1 in a {name}", "remove it")
        probe.check_at_least(1, "terminationGracePeriodSeconds")
    elif probe.has("terminationGracePeriodSeconds"):
        problem = "a readinessProbe never ends the container, so it has no grace period"
        probe["terminationGracePeriodSeconds"].refuse(problem, "remove it")


def check_lifecycle(lifecycle: Node, grace_seconds: int, minor: int) -> None:
    """The hooks of a container in a pod with this grace period."""
    for hook in lifecycle.given("postStart", "preStop"):
        if _check_handler(hook, HOOK_HANDLERS) != "sleep":
            continue
        sleep = hook["sleep"]
        seconds, shortest = sleep.integer_of("seconds"), 0 if minor >= ZERO_SLEEP else 1
        if seconds is not None and not shortest <= seconds <= grace_seconds:
            hint = "shorten the sleep or raise terminationGracePeriodSeconds"
            message = f"must be {shortest} to the grace period of {grace_seconds} seconds"
            sleep["seconds"].refuse_value(message, hint, sleep.pointer)


def _check_handler(handler: Node, kinds: tuple[str, ...]) -> str:
    """What is done, of which the server looks at the first kind alone; that kind."""
    given = handler.given(*kinds)
    if not given:
        handler.refuse(
            f"there is nothing to do: no {', '.join(kinds[:-1])} or {kinds[-1]}", "write one of them"
        )
        return ""
    first = given[0]
    kind = str(first.key)
    for other in given[1:]:
        other.refuse(f"{kind} and {other.key} stand side by side, only one can be run", "remove one")
    if kind == "exec":
        first.require_field("command")
    elif kind != "sleep":
        check_port(first, "port")
    if "scheme" in first.map:
        first.check_one_of("scheme", "HTTP", "HTTPS")
    if "httpHeaders" in first.map:
        headers = first["httpHeaders"]
        for header in headers.items():
            header.require_name("name", names.header_name, headers.pointer)
    return kind


def check_port(holder: Node, key: str) -> None:
    """A port number, or the name of a port; ValidatePortNumOrName."""
    port = holder.map.get(key)
    if isinstance(port, int) and not isinstance(port, bool):
        holder.check_between(1, 65535, key)
    elif not isinstance(port, str):
        holder[key].require()
    elif port.isdigit():
        holder[key].refuse_value(
            "is a port number in quotes, which is read as a name", f"write {port} without quotes"
        )
    else:
        holder.check_name(key, names.port_name)
