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
    if obj.map.get("apiVersion") != "autoscaling/v2":
        return
    low, high = spec.integer_of("minReplicas"), spec.integer_of("maxReplicas")
    if not spec.has("maxReplicas"):
        spec.require_field("maxReplicas")
    spec.check_at_least(1, "maxReplicas")
    spec.check_at_least(0 if available("hpa-scale-to-zero", minor) else 1, "minReplicas")
    if low is not None and high is not None and high < low:
        problem = f"is below minReplicas ({low})"
        spec["maxReplicas"].refuse_value(problem, "raise maxReplicas or lower minReplicas")
    target = spec["scaleTargetRef"]
    _check_reference(target)
    group, slash, rest = target.text_of("apiVersion").partition("/")
    problem = "is no apiVersion" if "/" in rest else "" if group and slash else "names no API group"
    if "/" in rest or (problem and target.map.get("kind") != "ReplicationController"):
        target["apiVersion"].refuse_value(problem, "write the apiVersion of the target, such as apps/v1")
    metrics = spec["metrics"]
    for metric in metrics.items():
        _check_metric(metric)
    if low == 0 and not {metric.text_of("type") for metric in metrics.items()} & {
        "External",
        "Object",
    }:
        metrics.refuse("scaling to zero needs an Object or External metric", "add one or raise minReplicas")
    for behavior in spec.given("behavior"):
        for rules in behavior.given("scaleUp", "scaleDown"):
            _check_rules(rules)


def _check_metric(metric: Node) -> None:
    kind, given = metric.text_of("type"), metric.given(*LOOKED_AT)
    metric.check_one_of("type", *SOURCES, empty=False, absent=False)
    if given:
        _check_source(given[0], str(given[0].key))
    wanted = SOURCES.get(kind)
    if wanted is None:
        return
    if not metric.has(wanted):
        metric[wanted].refuse(f'"{wanted}" is missing', f"write the {wanted} that type {kind} speaks of")
    for other in given if len(given) > 1 else ():
        if other.key != wanted:
            other.refuse(f"type {kind} goes with {wanted} alone", f"remove {other.key}")


def _check_source(source: Node, kind: str) -> None:
    target = source["target"]
    utilization, average, value = target["averageUtilization"], target["averageValue"], target["value"]
    target.check_one_of("type", *TARGETS, empty=False, absent=False)
    for amount in (value, average):
        check_quantity(amount, positive=True)
    utilization.at_least(1)
    if kind in {"resource", "containerResource"}:
        name = source["name"]
        if name.require() and kind == "containerResource":
            check_resource_name(name.text, name)
        if kind == "containerResource":
            source.require_name("container", names.dns_label)
        _check_either(utilization, average, average)
        return
    source["metric"].require_name("name", names.path_segment)
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
        reference.require_name(field, names.path_segment)


def _check_either(missed: Node, other: Node, refused: Node) -> None:
    """One of two: the server names the first when both are missing, and `refused` when both are there."""
    if missed.present == other.present:
        one, two = sorted((str(missed.key), str(other.key)), key=PAIR.index)
        problem = "stand side by side" if missed.present else "are both missing"
        place = refused if missed.present else missed
        place.refuse(f"{one} and {two} {problem}", "write one of them")


def _check_rules(rules: Node) -> None:
    rules.check_between(0, LONGEST_WINDOW, "stabilizationWindowSeconds")
    rules.check_one_of("selectPolicy", "Disabled", "Max", "Min", empty=False)
    check_quantity(rules["tolerance"])
    if rules["policies"].present:
        rules.require_field("policies", "write at least one policy, or leave policies out")
    for policy in rules["policies"].items():
        policy.check_one_of("type", "Percent", "Pods", empty=False, absent=False)
        for field in ("value", "periodSeconds"):
            if policy[field].value is None:
                policy.require_field(field)
        policy.check_at_least(1, "value")
        policy.check_between(1, LONGEST_PERIOD, "periodSeconds")
