"""Ports of containers, by name and by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from k8sgen.lint.workload import Container, Workload


def port_number(container: Container, port: int | str | None) -> int | str | None:
    """The number behind a port's name, as the kubelet finds it in the same container; else what was given."""
    if isinstance(port, str):
        for each in container.ports:
            if each.get("name") == port:
                number = each.get("containerPort")
                return number if isinstance(number, int) else port
    return port


def port_names(container: Container) -> list[str]:
    """The names of a container's ports, in order."""
    return [str(each["name"]) for each in container.ports if each.get("name")]


def serving(workload: Workload) -> Container | None:
    """The container that most likely answers requests: the first one with ports, else the first."""
    mains = workload.containers
    return next((each for each in mains if each.ports), mains[0] if mains else None)
