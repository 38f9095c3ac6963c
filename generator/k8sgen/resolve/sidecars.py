"""The containers beside the main one: in which order they start, and what they may be called."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key, supports
from k8sgen.resolve.derivation import Cluster, derived, rule
from k8sgen.resolve.metadata import container_name
from k8sgen.spec.container import Container, ExtraContainer
from k8sgen.spec.service_spec import Spec

SIDECAR_DOCS = "https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/"
INIT_DOCS = "https://kubernetes.io/docs/concepts/workloads/pods/init-containers/"
FIRST_POSITION = 1_000_000
"""Added to each `order`, so that positions of equal length sort as numbers do."""


@derived()
def position(container: ExtraContainer) -> str:
    """A container's place among its kind, as text that sorts."""
    if container.order is None:
        return f"{FIRST_POSITION}"
    return f"{FIRST_POSITION + container.order}"


@derived()
def positions(containers: dict[str, ExtraContainer]) -> list[str]:
    """The places of all containers of a kind, first to last."""
    taken: dict[str, str] = {}
    for name, container in by_key(containers):
        taken[position(container)] = name
    result: list[str] = []
    for place, _ in by_key(taken):
        result.append(place)
    return result


@derived(source=SIDECAR_DOCS)
def native_sidecars(spec: Spec, cluster: Cluster) -> bool:
    """Whether there are sidecars that start before the main container and stop after it."""
    return bool(spec.sidecars) and supports("native-sidecars", cluster)


@derived(source=SIDECAR_DOCS)
def ordinary_sidecars(spec: Spec, cluster: Cluster) -> bool:
    """Whether there are sidecars, and the target knows only ordinary containers."""
    return bool(spec.sidecars) and not supports("native-sidecars", cluster)


@derived(reason="a sidecar: starts before the main container, stops after it", source=SIDECAR_DOCS)
def sidecar_restart_policy(container: Container) -> str:
    """What makes an init container a sidecar."""
    return "Always"


@derived(source=SIDECAR_DOCS)
def printed_name(name: str, role: str, cluster: Cluster) -> str:
    """A container's name; the reason of an ordinary sidecar stands beside it, for nothing else is its own."""
    return name


@printed_name.because
def _(name: str, role: str, cluster: Cluster) -> str:
    if role != "sidecar" or supports("native-sidecars", cluster):
        return ""
    return (
        "an ordinary container that starts and stops with the main one: sidecars are on from Kubernetes 1.29"
    )


@derived()
def order_problem(
    name: str, kind: str, containers: dict[str, ExtraContainer], container: ExtraContainer
) -> str:
    """What is wrong with a container's place among its kind."""
    message = ""
    for other, other_container in by_key(containers):
        if other != name and container.order is None:
            message = f"{kind}.{name} has no order, and {kind} are started one after the other"
        if (
            other < name
            and container.order is not None
            and other_container.order is not None
            and other_container.order == container.order
        ):
            message = f"{kind}.{name}.order ({container.order}) is also that of {kind}.{other}"
    return message


ORDER_HINT = "give each its own order: 1 starts first"


@rule("*.order", each="initContainers", hint=ORDER_HINT, source=INIT_DOCS)
def init_container_order(container: ExtraContainer, name: str, spec: Spec) -> str:
    """Init containers run one after the other, so their order is part of the spec."""
    return order_problem(name, "initContainers", spec.init_containers, container)


@rule("*.order", each="sidecars", hint=ORDER_HINT, source=SIDECAR_DOCS)
def sidecar_order(container: ExtraContainer, name: str, spec: Spec) -> str:
    """Sidecars start one after the other, so their order is part of the spec."""
    return order_problem(name, "sidecars", spec.sidecars, container)


@rule("*", "containerName", each="initContainers", hint="rename one of them", source=INIT_DOCS)
def init_container_name_taken(container: ExtraContainer, name: str, spec: Spec) -> str:
    """Names of containers are unique in the pod."""
    if name == container_name(spec):
        return f"initContainers.{name} has the name of the main container"
    if name in spec.sidecars:
        return f"initContainers.{name} has the name of sidecars.{name}"
    return ""


@rule("*", "containerName", each="sidecars", hint="rename one of them", source=SIDECAR_DOCS)
def sidecar_name_taken(container: ExtraContainer, name: str, spec: Spec) -> str:
    """Names of containers are unique in the pod."""
    if name == container_name(spec):
        return f"sidecars.{name} has the name of the main container"
    return ""


@rule("*.probes", each="initContainers", hint="remove them, or make it a sidecar", source=INIT_DOCS)
def init_container_with_probes(container: ExtraContainer, name: str) -> str:
    """An init container runs to its end; nobody asks how it does."""
    if container.probes is not None:
        return f"initContainers.{name}.probes are never asked: the container runs to its end"
    return ""
