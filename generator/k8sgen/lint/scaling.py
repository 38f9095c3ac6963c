"""What an autoscaler measures of the pods it scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.manifests import dig, text
from k8sgen.validate.apiserver.quantities import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.workload import Container, Workload
    from k8sgen.manifests import Manifest, Pointer

DEFAULT_CPU_PERCENT = 80
"""What the controller aims at when a HorizontalPodAutoscaler names no metric."""

SOURCES = {"Resource": "resource", "ContainerResource": "containerResource"}
"""Types of metrics of resources, with the field that says more."""


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
