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
    spec.check_at_least(0, "replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds")
    _check_selected_template(spec, minor)
    if "strategy" in spec.map:
        _check_strategy(spec["strategy"])
    if not spec.has("minReadySeconds", "progressDeadlineSeconds"):
        return
    deadline, ready = spec.integer_of("progressDeadlineSeconds"), spec.integer_of("minReadySeconds") or 0
    seconds = DEFAULT_DEADLINE if deadline is None else deadline
    if seconds <= ready:
        at = "progressDeadlineSeconds" if spec.has("progressDeadlineSeconds") else "minReadySeconds"
        spec[at].refuse(
            f"progressDeadlineSeconds ({seconds}) must be above minReadySeconds ({ready})",
            "raise progressDeadlineSeconds or lower minReadySeconds",
            (*spec.pointer, "progressDeadlineSeconds"),
        )


def check_replica_set(obj: Node, minor: int) -> None:
    """ValidateReplicaSetSpec."""
    obj["spec"].check_at_least(0, "replicas", "minReadySeconds")
    _check_selected_template(obj["spec"], minor)


def _check_strategy(strategy: Node) -> None:
    rolling, given = strategy["rollingUpdate"], strategy.map
    if "type" in given:
        strategy.check_one_of("type", "Recreate", "RollingUpdate", field=strategy.pointer)
    if given.get("type") and given["type"] != "RollingUpdate":
        if given["type"] == "Recreate" and rolling.present:
            rolling.refuse("type Recreate has no rolling update", "remove rollingUpdate")
        return
    check_int_or_percent(rolling, "maxUnavailable", at_most_all=True)
    check_int_or_percent(rolling, "maxSurge")
    if _amount(rolling, "maxUnavailable", 25) == 0 == _amount(rolling, "maxSurge", 25):
        rolling["maxUnavailable"].refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )


def check_int_or_percent(holder: Node, key: str, *, at_most_all: bool = False) -> None:
    """ValidatePositiveIntOrPercent, IsNotMoreThan100Percent."""
    text = holder.text_of(key)
    holder.check_at_least(0, key)
    holder.check_name(key, names.percent)
    if at_most_all and text.endswith("%") and text[:-1].isdigit() and int(text[:-1]) > 100:
        holder[key].refuse_value("is more than 100%")


def _amount(holder: Node, key: str, default: int) -> int:
    """getIntOrPercentValue: the number before a percent sign too, 0 for what is neither."""
    if not holder.has(key):
        return default
    digits = holder.text_of(key).removesuffix("%")
    return int(digits) if digits.isascii() and digits.isdecimal() else holder.integer_of(key) or 0


def _check_selected_template(
    spec: Node, minor: int, *, check_pods: bool = True, claims: set[str] | frozenset[str] = frozenset()
) -> None:
    """A selector that selects the pods of the template, which run for ever."""
    selector, template = spec["selector"], spec["template"]
    metadata, pod = template["metadata"], template["spec"]
    before = len(spec.found)
    check_selector(selector)
    readable = len(spec.found) == before
    if not selector.present:
        selector.refuse('"selector" is missing', "write the labels of the pods")
    elif not selector.map.get("matchLabels") and not selector.map.get("matchExpressions"):
        selector.refuse("an empty selector selects every pod", "write matchLabels")
    if readable and not selector_matches(selector, metadata.map_of("labels")):
        metadata["labels"].refuse(
            "the selector does not select these labels", "write the selector's labels on the pods too"
        )
    if check_pods:
        check_template(template, minor, claims)
    pod.check_one_of("restartPolicy", "Always")
    if pod.has("activeDeadlineSeconds"):
        pod["activeDeadlineSeconds"].refuse("these pods run for ever, they have no deadline", "remove it")


def check_stateful_set(obj: Node, minor: int) -> None:
    """ValidateStatefulSetSpec; pod specs are checked from 1.34 on."""
    spec = obj["spec"]
    spec.check_at_least(0, "replicas", "minReadySeconds")
    if spec["serviceName"].filled:
        spec.check_name("serviceName", names.dns_label)
    spec.check_one_of("podManagementPolicy", "OrderedReady", "Parallel")
    strategy = spec["updateStrategy"]
    strategy.check_one_of("type", "OnDelete", "RollingUpdate", field=strategy.pointer)
    rolling = strategy["rollingUpdate"]
    if strategy.text_of("type") in {"", "RollingUpdate"}:
        rolling.check_at_least(0, "partition")
        check_int_or_percent(rolling, "maxUnavailable", at_most_all=True)
        if _amount(rolling, "maxUnavailable", 1) == 0:
            rolling["maxUnavailable"].refuse("maxUnavailable is 0, no pod could be replaced", "raise it")
    elif strategy["type"].value == "OnDelete" and rolling.present:
        rolling.refuse("type OnDelete has no rolling update", "remove rollingUpdate")
    retention = spec["persistentVolumeClaimRetentionPolicy"]
    for field in ("whenDeleted", "whenScaled"):
        retention.check_one_of(field, "Retain", "Delete")
    spec["ordinals"].check_at_least(0, "start")
    for index, claim in enumerate(spec["volumeClaimTemplates"].items()):
        check_claim_spec(claim["spec"], template=True)
        # The server looks at the volume that it makes of the claim.
        volume = (*spec["template"]["spec"]["volumes"].pointer, index)
        before = len(spec.found)
        claim["metadata"].require_name("name", names.dns_label, (*volume, "name"))
        if not claim["metadata"]["name"].filled:
            claim.also(before, (*volume, "persistentVolumeClaim", "claimName"))
    claims = {claim["metadata"].text_of("name") for claim in spec["volumeClaimTemplates"].items()}
    _check_selected_template(spec, minor, check_pods=minor >= STATEFUL_PODS_CHECKED, claims=claims)


def check_daemon_set(obj: Node, minor: int) -> None:
    """ValidateDaemonSetSpec."""
    spec = obj["spec"]
    spec.check_at_least(0, "minReadySeconds", "revisionHistoryLimit")
    _check_daemon_strategy(spec["updateStrategy"])
    _check_selected_template(spec, minor)


def _check_daemon_strategy(strategy: Node) -> None:
    """ValidateDaemonSetUpdateStrategy: one of two bounds is 0, and not both."""
    strategy.check_one_of("type", "OnDelete", "RollingUpdate", field=strategy.pointer)
    if strategy.text_of("type") not in {"", "RollingUpdate"}:
        return
    rolling = strategy["rollingUpdate"]
    unavailable, surge = _amount(rolling, "maxUnavailable", 1), _amount(rolling, "maxSurge", 0)
    for bound in ("maxUnavailable", "maxSurge"):
        check_int_or_percent(rolling, bound, at_most_all=True)
    if unavailable == 0 == surge:
        rolling["maxUnavailable"].refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )
    elif unavailable and surge:
        rolling["maxSurge"].refuse("maxUnavailable and maxSurge are both above 0", "make one of them 0")
