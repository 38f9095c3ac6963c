"""What autoscalers scale, between which bounds, and what they measure of the pods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.manifests import dig, text
from k8sgen.validate.apiserver.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.workload import Container, Workload
    from k8sgen.manifests import Manifest, Pointer

SCALERS = {"HorizontalPodAutoscaler": "autoscaling", "ScaledObject": "keda.sh"}
"""Kinds that set the replicas of others, with their API groups."""
DEFAULT_CPU_PERCENT = 80
"""What the controller aims at when a HorizontalPodAutoscaler names no metric."""

SOURCES = {"Resource": "resource", "ContainerResource": "containerResource"}
"""Types of metrics of resources, with the field that says more."""


class Target(NamedTuple):
    """What an autoscaler scales, in its own namespace."""

    kind: str
    name: str


class Metric(NamedTuple):
    """A metric of a resource: its target, in percent of the request or as an amount per pod (billionths).

    `container` is empty when all containers of a pod are added up.
    """

    resource: str
    container: str
    percent: int | None
    average: int | None
    pointer: Pointer

    def measured(self, workload: Workload) -> list[Container]:
        """The containers that it measures."""
        return [each for each in workload.running if self.container in {"", each.name}]


def minimum(scaler: Manifest) -> int:
    """The fewest replicas that an autoscaler sets: 1 for a HorizontalPodAutoscaler, 0 for KEDA, unless given."""
    keda = scaler.kind == "ScaledObject"
    said = scaler.map("spec").get("minReplicaCount" if keda else "minReplicas")
    return said if isinstance(said, int) else 0 if keda else 1


def maximum(scaler: Manifest) -> int | None:
    """The most replicas that an autoscaler sets; KEDA's default is 100."""
    keda = scaler.kind == "ScaledObject"
    said = scaler.map("spec").get("maxReplicaCount" if keda else "maxReplicas")
    return said if isinstance(said, int) else 100 if keda else None


def is_scaler(manifest: Manifest) -> bool:
    """Whether an object sets the replicas of others."""
    return SCALERS.get(manifest.kind) == manifest.group


def target_of(scaler: Manifest) -> Target:
    """What an autoscaler scales; KEDA's default is a Deployment."""
    target = scaler.map("spec", "scaleTargetRef")
    return Target(text(target.get("kind")) or "Deployment", text(target.get("name")))


def metrics_of(scaler: Manifest) -> Iterator[Metric]:
    """The resource metrics of a HorizontalPodAutoscaler of any version, or of a KEDA ScaledObject."""
    if scaler.kind == "ScaledObject":
        yield from _triggers(scaler)
        return
    percent = scaler.get("spec", "targetCPUUtilizationPercentage")
    if isinstance(percent, int):
        yield Metric("cpu", "", percent, None, ("spec", "targetCPUUtilizationPercentage"))
        return
    metrics = scaler.get("spec", "metrics") or []
    if not metrics and not any(
        key in scaler.map("spec") for key in ("metrics", "targetCPUUtilizationPercentage")
    ):
        yield Metric("cpu", "", DEFAULT_CPU_PERCENT, None, ("spec",))
    for index, metric in enumerate(metrics):
        field = SOURCES.get(metric.get("type", ""))
        if not field:
            continue
        source = metric.get(field) or {}
        target = source.get("target") or {}
        percent = target.get("averageUtilization") or source.get("targetAverageUtilization")
        average = target.get("averageValue") or source.get("targetAverageValue")
        yield Metric(
            source.get("name", ""),
            source.get("container", ""),
            percent if isinstance(percent, int) else None,
            None if average is None else quantity(average),
            ("spec", "metrics", index, field),
        )


def _triggers(scaler: Manifest) -> Iterator[Metric]:
    triggers = scaler.get("spec", "triggers")
    for index, trigger in enumerate(triggers if isinstance(triggers, list) else ()):
        kind, metadata = dig(trigger, "type"), dig(trigger, "metadata")
        if kind not in {"cpu", "memory"}:
            continue
        value: Any = str(dig(metadata, "value") or "")
        by_value = "AverageValue" in {dig(trigger, "metricType"), dig(metadata, "type")}
        yield Metric(
            kind,
            text(dig(metadata, "containerName")),
            int(value) if value.isdecimal() and not by_value else None,
            quantity(value) if by_value else None,
            ("spec", "triggers", index, "metadata"),
        )
