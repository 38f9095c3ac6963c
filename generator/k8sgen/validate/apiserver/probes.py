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
    for field in probe.given(*TIMINGS):
        field.at_least(0)
    for successes in probe.given("successThreshold"):
        if name != "readinessProbe" and (successes.integer or 1) > 1:
            successes.refuse_value(f"must be 1 in a {name}", "remove it")
    for grace in probe.given("terminationGracePeriodSeconds"):
        if name == "readinessProbe":
            grace.refuse("a readinessProbe never ends the container, so it has no grace period", "remove it")
        else:
            grace.at_least(1)


def check_lifecycle(lifecycle: Node, grace_seconds: int, minor: int) -> None:
    """The hooks of a container in a pod with this grace period."""
    for hook in lifecycle.given("postStart", "preStop"):
        if _check_handler(hook, HOOK_HANDLERS) != "sleep":
            continue
        sleep = hook["sleep"]["seconds"]
        shortest = 0 if minor >= ZERO_SLEEP else 1
        if sleep.integer is not None and not shortest <= sleep.integer <= grace_seconds:
            hint = "shorten the sleep or raise terminationGracePeriodSeconds"
            message = f"must be {shortest} to the grace period of {grace_seconds} seconds"
            sleep.refuse_value(message, hint, sleep.holder.pointer)


def _check_handler(handler: Node, kinds: tuple[str, ...]) -> str:
    """What is done, of which the server looks at the first kind alone; that kind."""
    given = handler.given(*kinds)
    if not given:
        handler.refuse(
            f"there is nothing to do: no {', '.join(kinds[:-1])} or {kinds[-1]}", "write one of them"
        )
        return ""
    first = given[0]
    for other in given[1:]:
        other.refuse(f"{first.key} and {other.key} stand side by side, only one can be run", "remove one")
    if first.key == "exec":
        first["command"].require()
    elif first.key != "sleep":
        check_port(first["port"])
    for scheme in first.given("scheme"):
        scheme.one_of("HTTP", "HTTPS")
    for headers in first.given("httpHeaders"):
        for header in headers.items():
            header["name"].required_name(names.header_name, headers.pointer)
    return str(first.key)


def check_port(port: Node) -> None:
    """A port number, or the name of a port; ValidatePortNumOrName."""
    if port.integer is not None:
        port.between(1, 65535)
    elif isinstance(port.value, str):
        if port.value.isdigit():
            port.refuse_value(
                "is a port number in quotes, which is read as a name", f"write {port.value} without quotes"
            )
        else:
            port.named(names.port_name)
    else:
        port.require()
