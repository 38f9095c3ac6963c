"""Workloads that run for ever: Deployment, ReplicaSet, StatefulSet, DaemonSet, Pod.

Source: `pkg/apis/apps/validation` (ValidateDeploymentSpec, ValidateReplicaSetSpec, ValidateDeploymentStrategy,
ValidateRollingUpdateDeployment, ValidatePodTemplateSpecForReplicaSet, ValidateStatefulSetSpec,
validateDaemonSetSpec).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.claims import check_claim_spec
from k8sgen.validate.apiserver.metadata import check_selector, selector_matches
from k8sgen.validate.apiserver.pod import check_pod_annotations, check_pod_spec, check_template

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

DEFAULT_DEADLINE = 600
STATEFUL_PODS_CHECKED = 34


def check_pod(obj: Node, minor: int) -> None:
    """ValidatePodCreate."""
    check_pod_annotations(obj["metadata"]["annotations"], obj["spec"])
    for containers in obj["spec"].given("ephemeralContainers"):
        if containers.filled:
            containers.refuse("a pod starts without ephemeral containers", "remove it")
    check_pod_spec(obj["spec"], minor)


def check_deployment(obj: Node, minor: int) -> None:
    """ValidateDeploymentSpec."""
    spec = obj["spec"]
    for field in spec.given("replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"):
        field.at_least(0)
    _check_selected_template(spec, minor)
    for strategy in spec.given("strategy"):
        _check_strategy(strategy)
    if not spec.has("minReadySeconds", "progressDeadlineSeconds"):
        return
    deadline, ready = spec["progressDeadlineSeconds"], spec["minReadySeconds"].integer or 0
    seconds = DEFAULT_DEADLINE if deadline.integer is None else deadline.integer
    if seconds <= ready:
        at = deadline if deadline.present else spec["minReadySeconds"]
        at.refuse(
            f"progressDeadlineSeconds ({seconds}) must be above minReadySeconds ({ready})",
            "raise progressDeadlineSeconds or lower minReadySeconds",
            deadline.pointer,
        )


def check_replica_set(obj: Node, minor: int) -> None:
    """ValidateReplicaSetSpec."""
    for field in obj["spec"].given("replicas", "minReadySeconds"):
        field.at_least(0)
    _check_selected_template(obj["spec"], minor)


def _check_strategy(strategy: Node) -> None:
    kind, rolling = strategy["type"], strategy["rollingUpdate"]
    kind.one_of("Recreate", "RollingUpdate", field=strategy.pointer)
    if kind.filled and kind.value != "RollingUpdate":
        if kind.value == "Recreate" and rolling.present:
            rolling.refuse("type Recreate has no rolling update", "remove rollingUpdate")
        return
    unavailable, surge = rolling["maxUnavailable"], rolling["maxSurge"]
    check_int_or_percent(unavailable, at_most_all=True)
    check_int_or_percent(surge)
    if _amount(unavailable, 25) == 0 == _amount(surge, 25):
        unavailable.refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )


def check_int_or_percent(node: Node, *, at_most_all: bool = False) -> None:
    """ValidatePositiveIntOrPercent, IsNotMoreThan100Percent."""
    node.at_least(0)
    node.named(names.percent)
    if at_most_all and node.text.endswith("%") and node.text[:-1].isdigit() and int(node.text[:-1]) > 100:
        node.refuse_value("is more than 100%")


def _amount(node: Node, default: int) -> int:
    """getIntOrPercentValue: the number before a percent sign too, 0 for what is neither."""
    if node.integer is not None:
        return node.integer
    digits = node.text.removesuffix("%")
    number = int(digits) if digits.isascii() and digits.isdecimal() else 0
    return number if node.present else default


def _check_selected_template(
    spec: Node, minor: int, *, check_pods: bool = True, claims: set[str] | frozenset[str] = frozenset()
) -> None:
    """A selector that selects the pods of the template, which run for ever."""
    selector, template = spec["selector"], spec["template"]
    before = len(spec.found)
    check_selector(selector)
    readable = len(spec.found) == before
    if not selector.present:
        selector.refuse('"selector" is missing', "write the labels of the pods")
    elif not selector["matchLabels"].filled and not selector["matchExpressions"].filled:
        selector.refuse("an empty selector selects every pod", "write matchLabels")
    if readable and not selector_matches(selector, template["metadata"]["labels"]):
        template["metadata"]["labels"].refuse(
            "the selector does not select these labels", "write the selector's labels on the pods too"
        )
    if check_pods:
        check_template(template, minor, claims)
    pod = template["spec"]
    for policy in pod.given("restartPolicy"):
        policy.one_of("Always")
    for deadline in pod.given("activeDeadlineSeconds"):
        deadline.refuse("these pods run for ever, they have no deadline", "remove it")


def check_stateful_set(obj: Node, minor: int) -> None:
    """ValidateStatefulSetSpec; pod specs are checked from 1.34 on."""
    spec = obj["spec"]
    for field in spec.given("replicas", "minReadySeconds"):
        field.at_least(0)
    if spec["serviceName"].filled:
        spec["serviceName"].named(names.dns_label)
    spec["podManagementPolicy"].one_of("OrderedReady", "Parallel")
    strategy = spec["updateStrategy"]
    strategy["type"].one_of("OnDelete", "RollingUpdate", field=strategy.pointer)
    rolling = strategy["rollingUpdate"]
    if strategy["type"].text in {"", "RollingUpdate"}:
        rolling["partition"].at_least(0)
        check_int_or_percent(rolling["maxUnavailable"], at_most_all=True)
        if _amount(rolling["maxUnavailable"], 1) == 0:
            rolling["maxUnavailable"].refuse("maxUnavailable is 0, no pod could be replaced", "raise it")
    elif strategy["type"].value == "OnDelete" and rolling.present:
        rolling.refuse("type OnDelete has no rolling update", "remove rollingUpdate")
    retention = spec["persistentVolumeClaimRetentionPolicy"]
    for policy in retention.given("whenDeleted", "whenScaled"):
        policy.one_of("Retain", "Delete")
    spec["ordinals"]["start"].at_least(0)
    for index, claim in enumerate(spec["volumeClaimTemplates"].items()):
        check_claim_spec(claim["spec"], template=True)
        # The server looks at the volume that it makes of the claim.
        volume = (*spec["template"]["spec"]["volumes"].pointer, index)
        before = len(spec.found)
        claim["metadata"]["name"].required_name(names.dns_label, (*volume, "name"))
        if not claim["metadata"]["name"].filled:
            claim.also(before, (*volume, "persistentVolumeClaim", "claimName"))
    claims = {claim["metadata"]["name"].text for claim in spec["volumeClaimTemplates"].items()}
    _check_selected_template(spec, minor, check_pods=minor >= STATEFUL_PODS_CHECKED, claims=claims)


def check_daemon_set(obj: Node, minor: int) -> None:
    """ValidateDaemonSetSpec."""
    spec = obj["spec"]
    for field in ("minReadySeconds", "revisionHistoryLimit"):
        spec[field].at_least(0)
    _check_daemon_strategy(spec["updateStrategy"])
    _check_selected_template(spec, minor)


def _check_daemon_strategy(strategy: Node) -> None:
    """ValidateDaemonSetUpdateStrategy: one of two bounds is 0, and not both."""
    strategy["type"].one_of("OnDelete", "RollingUpdate", field=strategy.pointer)
    if strategy["type"].text not in {"", "RollingUpdate"}:
        return
    rolling = strategy["rollingUpdate"]
    unavailable, surge = rolling["maxUnavailable"], rolling["maxSurge"]
    for bound in (unavailable, surge):
        check_int_or_percent(bound, at_most_all=True)
    if _amount(unavailable, 1) == 0 == _amount(surge, 0):
        unavailable.refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )
    elif _amount(unavailable, 1) and _amount(surge, 0):
        surge.refuse("maxUnavailable and maxSurge are both above 0", "make one of them 0")
