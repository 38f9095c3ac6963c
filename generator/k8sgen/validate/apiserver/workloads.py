"""Workloads: Deployment, StatefulSet, DaemonSet, Job, CronJob, Pod.

Source: `pkg/apis/apps/validation` (ValidateDeploymentSpec, ValidateDeploymentStrategy,
ValidateRollingUpdateDeployment, ValidatePodTemplateSpecForReplicaSet, ValidateStatefulSetSpec,
validateDaemonSetSpec) and `pkg/apis/batch/validation` (validateJobSpec, validateCronJobSpec).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.claims import check_claim_spec
from k8sgen.validate.apiserver.metadata import check_selector, selector_matches
from k8sgen.validate.apiserver.pod import check_pod_spec, check_template

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

DEFAULT_DEADLINE = 600
STATEFUL_PODS_CHECKED = 34
SCHEDULE_FIELDS = 5
MOST_INDEXED = 100_000


def check_pod(obj: Node, minor: int) -> None:
    """ValidatePodCreate."""
    check_pod_spec(obj["spec"], minor)


def check_deployment(obj: Node, minor: int) -> None:
    """ValidateDeploymentSpec."""
    spec = obj["spec"]
    for field in ("replicas", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds"):
        spec[field].at_least(0)
    _check_selected_template(spec, minor)
    _check_strategy(spec["strategy"])
    deadline, ready = spec["progressDeadlineSeconds"], spec["minReadySeconds"].integer or 0
    seconds = DEFAULT_DEADLINE if deadline.integer is None else deadline.integer
    if seconds <= ready:
        at = deadline if deadline.present else spec["minReadySeconds"]
        at.refuse(
            f"progressDeadlineSeconds ({seconds}) must be above minReadySeconds ({ready})",
            "raise progressDeadlineSeconds or lower minReadySeconds",
        )


def _check_strategy(strategy: Node) -> None:
    kind, rolling = strategy["type"], strategy["rollingUpdate"]
    kind.one_of("Recreate", "RollingUpdate")
    if kind.value == "Recreate":
        if rolling.present:
            rolling.refuse("type Recreate has no rolling update", "remove rollingUpdate")
        return
    unavailable, surge = rolling["maxUnavailable"], rolling["maxSurge"]
    check_int_or_percent(unavailable, at_most_all=True)
    check_int_or_percent(surge)
    if _is_zero(unavailable) and _is_zero(surge):
        unavailable.refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )


def check_int_or_percent(node: Node, *, at_most_all: bool = False) -> None:
    """ValidatePositiveIntOrPercent, IsNotMoreThan100Percent."""
    node.at_least(0)
    node.named(names.percent)
    if at_most_all and node.text.endswith("%") and node.text[:-1].isdigit() and int(node.text[:-1]) > 100:
        node.refuse_value("is more than 100%")


def _is_zero(node: Node) -> bool:
    return node.integer == 0 or (node.text.endswith("%") and not node.text[:-1].strip("0"))


def _check_selected_template(
    spec: Node, minor: int, *, check_pods: bool = True, claims: set[str] | frozenset[str] = frozenset()
) -> None:
    """A selector that selects the pods of the template, which run for ever."""
    selector, template = spec["selector"], spec["template"]
    if selector.require("write the labels of the pods") or selector.present:
        check_selector(selector)
        if not selector["matchLabels"].filled and not selector["matchExpressions"].filled:
            selector.refuse("an empty selector selects every pod", "write matchLabels")
        elif not selector_matches(selector, template["metadata"]["labels"]):
            template["metadata"]["labels"].refuse(
                "the selector does not select these labels", "write the selector's labels on the pods too"
            )
    if check_pods:
        check_template(template, minor, claims)
    template["spec"]["restartPolicy"].one_of("Always")
    if template["spec"]["activeDeadlineSeconds"].present:
        template["spec"]["activeDeadlineSeconds"].refuse(
            "these pods run for ever, they have no deadline", "remove it"
        )


def check_stateful_set(obj: Node, minor: int) -> None:
    """ValidateStatefulSetSpec; pod specs are checked from 1.34 on."""
    spec = obj["spec"]
    for field in ("replicas", "minReadySeconds", "revisionHistoryLimit"):
        spec[field].at_least(0)
    if spec["serviceName"].filled:
        spec["serviceName"].named(names.dns_label)
    spec["podManagementPolicy"].one_of("OrderedReady", "Parallel")
    spec["updateStrategy"]["type"].one_of("OnDelete", "RollingUpdate")
    rolling = spec["updateStrategy"]["rollingUpdate"]
    rolling["partition"].at_least(0)
    check_int_or_percent(rolling["maxUnavailable"], at_most_all=True)
    if _is_zero(rolling["maxUnavailable"]):
        rolling["maxUnavailable"].refuse("maxUnavailable is 0, no pod could be replaced", "raise it")
    if spec["updateStrategy"]["type"].value == "OnDelete" and rolling.present:
        rolling.refuse("type OnDelete has no rolling update", "remove rollingUpdate")
    retention = spec["persistentVolumeClaimRetentionPolicy"]
    for field in ("whenDeleted", "whenScaled"):
        retention[field].one_of("Retain", "Delete")
    spec["ordinals"]["start"].at_least(0)
    for claim in spec["volumeClaimTemplates"].items():
        check_claim_spec(claim["spec"])
    claims = {claim["metadata"]["name"].text for claim in spec["volumeClaimTemplates"].items()}
    _check_selected_template(spec, minor, check_pods=minor >= STATEFUL_PODS_CHECKED, claims=claims)


def check_daemon_set(obj: Node, minor: int) -> None:
    """ValidateDaemonSetSpec."""
    spec = obj["spec"]
    for field in ("minReadySeconds", "revisionHistoryLimit"):
        spec[field].at_least(0)
    spec["updateStrategy"]["type"].one_of("OnDelete", "RollingUpdate")
    rolling = spec["updateStrategy"]["rollingUpdate"]
    unavailable, surge = rolling["maxUnavailable"], rolling["maxSurge"]
    for bound in (unavailable, surge):
        check_int_or_percent(bound, at_most_all=True)
    if _is_zero(unavailable) and (not surge.present or _is_zero(surge)):
        unavailable.refuse(
            "maxUnavailable and maxSurge are both 0, no pod could be replaced", "raise one of them"
        )
    _check_selected_template(spec, minor)


def check_job(obj: Node, minor: int) -> None:
    """ValidateJobSpec."""
    _check_job_spec(obj["spec"], minor)


def check_cron_job(obj: Node, minor: int) -> None:
    """ValidateCronJobSpec; of the schedule only the number of fields is checked."""
    spec = obj["spec"]
    if spec["schedule"].require():
        spec["schedule"].named(_schedule)
    spec["concurrencyPolicy"].one_of("Allow", "Forbid", "Replace")
    for field in ("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"):
        spec[field].at_least(0)
    _check_job_spec(spec["jobTemplate"]["spec"], minor)


def _schedule(text: str) -> str:
    if text.startswith("@") or len(text.split()) == SCHEDULE_FIELDS:
        return ""
    return f"is no schedule: it needs {SCHEDULE_FIELDS} fields, minute to day of the week"


def _check_job_spec(spec: Node, minor: int) -> None:
    for field in (
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
    ):
        spec[field].at_least(0)
    spec["completionMode"].one_of("Indexed", "NonIndexed", empty=False)
    if spec["completionMode"].value == "Indexed":
        if spec["parallelism"].present and not spec["completions"].present:
            spec["completions"].refuse("an Indexed Job says how many completions", "write completions")
        spec["parallelism"].between(0, MOST_INDEXED)
    policy = spec["template"]["spec"]["restartPolicy"]
    if policy.text not in {"OnFailure", "Never"}:
        policy.refuse(
            "the pods of a Job end, so their restartPolicy is OnFailure or Never",
            "write restartPolicy: Never",
        )
    check_template(spec["template"], minor)
