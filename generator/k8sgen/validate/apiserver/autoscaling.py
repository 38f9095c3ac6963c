"""HorizontalPodAutoscalers (autoscaling/v2).

Source: `pkg/apis/autoscaling/validation`: validateHorizontalPodAutoscalerSpec, validateMetricSpec,
validateScalingRules, validateScalingPolicy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.features import available
from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.quantities import check_quantity
from k8sgen.validate.apiserver.resources import check_resource_name

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

SOURCES = {
    "ContainerResource": "containerResource", "External": "external", "Object": "object", "Pods": "pods", "Resource": "resource",
}  # fmt: skip
LOOKED_AT = ("object", "external", "pods", "resource", "containerResource")
"""In the server's order: of several sources it checks the first."""
PAIR = ("value", "averageUtilization", "averageValue")
TARGETS = ("Utilization", "Value", "AverageValue")
LONGEST_WINDOW = 3600
LONGEST_PERIOD = 1800


def check_autoscaler(obj: Node, minor: int) -> None:
    """The spec of an autoscaler; other API versions than v2 are left to the server."""
    spec = obj["spec"]
    if obj["apiVersion"].value != "autoscaling/v2":
        return
    low, high = spec["minReplicas"], spec["maxReplicas"]
    if high.value is None:
        high.require()
    high.at_least(1)
    low.at_least(0 if available("hpa-scale-to-zero", minor) else 1)
    if low.integer is not None and high.integer is not None and high.integer < low.integer:
        high.refuse_value(f"is below minReplicas ({low.value})", "raise maxReplicas or lower minReplicas")
    _check_reference(spec["scaleTargetRef"])
    version = spec["scaleTargetRef"]["apiVersion"]
    group, slash, _ = version.text.partition("/")
    if version.text.count("/") > 1:
        version.refuse_value("is no apiVersion", "write the apiVersion of the target, such as apps/v1")
    elif not (group and slash) and spec["scaleTargetRef"]["kind"].value != "ReplicationController":
        version.refuse_value("names no API group", "write the apiVersion of the target, such as apps/v1")
    for metric in spec["metrics"].items():
        _check_metric(metric)
    kinds = {metric["type"].text for metric in spec["metrics"].items()}
    if low.integer == 0 and not kinds & {"External", "Object"}:
        spec["metrics"].refuse(
            "scaling to zero needs an Object or External metric", "add one or raise minReplicas"
        )
    for direction in ("scaleUp", "scaleDown"):
        _check_rules(spec["behavior"][direction])


def _check_metric(metric: Node) -> None:
    kind = metric["type"]
    kind.one_of(*SOURCES, empty=False, absent=False)
    given = [source for source in LOOKED_AT if metric[source].present]
    if given:
        _check_source(metric[given[0]], given[0])
    wanted = SOURCES.get(kind.text)
    if wanted is None:
        return
    if not metric[wanted].present:
        metric[wanted].refuse(f'"{wanted}" is missing', f"write the {wanted} that type {kind.text} speaks of")
    for other in given if len(given) > 1 else ():
        if other != wanted:
            metric[other].refuse(f"type {kind.text} goes with {wanted} alone", f"remove {other}")


def _check_source(source: Node, kind: str) -> None:
    target = source["target"]
    utilization, average, value = target["averageUtilization"], target["averageValue"], target["value"]
    target["type"].one_of(*TARGETS, empty=False, absent=False)
    check_quantity(value, positive=True)
    check_quantity(average, positive=True)
    utilization.at_least(1)
    if kind in {"resource", "containerResource"}:
        name = source["name"]
        if name.require() and kind == "containerResource":
            check_resource_name(name.text, name)
        if kind == "containerResource" and source["container"].require():
            source["container"].named(names.dns_label)
        _check_either(utilization, average, average)
        return
    source["metric"]["name"].required_name(names.path_segment)
    if kind == "pods":
        if not average.present:
            average.require()
    elif kind == "external":
        _check_either(average, value, value)
    else:
        _check_reference(source["describedObject"])
        if not value.present and not average.present:
            average.refuse("there is neither value nor averageValue", "write one")


def _check_reference(reference: Node) -> None:
    for field in ("kind", "name"):
        reference[field].required_name(names.path_segment)


def _check_either(missed: Node, other: Node, refused: Node) -> None:
    """One of two: the server names the first when both are missing, and `refused` when both are there."""
    one, two = sorted((str(missed.pointer[-1]), str(other.pointer[-1])), key=PAIR.index)
    if missed.present == other.present:
        problem = "stand side by side" if missed.present else "are both missing"
        place = refused if missed.present else missed
        place.refuse(f"{one} and {two} {problem}", "write one of them")


def _check_rules(rules: Node) -> None:
    if not rules.present:
        return
    rules["stabilizationWindowSeconds"].between(0, LONGEST_WINDOW)
    rules["selectPolicy"].one_of("Disabled", "Max", "Min", empty=False)
    check_quantity(rules["tolerance"])
    if rules["policies"].present:
        rules["policies"].require("write at least one policy, or leave policies out")
    for policy in rules["policies"].items():
        policy["type"].one_of("Percent", "Pods", empty=False, absent=False)
        for field in ("value", "periodSeconds"):
            if policy[field].value is None:
                policy[field].require()
        policy["value"].at_least(1)
        policy["periodSeconds"].between(1, LONGEST_PERIOD)
