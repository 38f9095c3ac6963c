"""Jobs and CronJobs.

Source: `pkg/apis/batch/validation`: ValidateJobCreate, validateJobSpec, validatePodFailurePolicy,
validateSuccessPolicy, validateGeneratedSelector, validateNameAllowsCompletions, validateCronJobSpec,
ValidateJobTemplateSpec.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import LONGEST_PREFIX, check_selector, selector_matches
from k8sgen.validate.apiserver.pod import check_template
from k8sgen.validate.apiserver.schedules import schedule, time_zone, zoned_schedule

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

MOST_INDEXED = 100_000
MANY_COMPLETIONS = 100_000
MOST_PARALLEL_OF_MANY = 10_000
MOST_FAILED_OF_MANY = 10_000
MOST_RULES = 20
MOST_EXIT_CODES = 255
MOST_CONDITIONS = 20
ZONE_APART = 29
LONGEST_MANAGER = 63
ACTIONS = ("Count", "FailIndex", "FailJob", "Ignore")
COUNTS = (
    "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished",
    "backoffLimitPerIndex", "maxFailedIndexes",
)  # fmt: skip


def check_job(obj: Node, minor: int) -> None:
    """ValidateJobCreate."""
    spec, name = obj["spec"], obj["metadata"]["name"]
    _check_job_spec(spec, minor)
    selector = spec["selector"]
    if spec.map.get("manualSelector") is True:
        check_selector(selector)
        if not selector.present:
            selector.refuse('"selector" is missing', "write it, or leave manualSelector out")
        elif not selector_matches(selector, spec["template"]["metadata"].map_of("labels")):
            spec["template"]["metadata"]["labels"].refuse(
                "the selector does not select these labels", "write the selector's labels on the pods too"
            )
    elif selector["matchLabels"].filled or selector["matchExpressions"].filled:
        selector.refuse("the selector of a Job is made for it", "remove it")
    prefix = obj["metadata"]["generateName"]
    label, given = (name.text, name) if name.filled else (prefix.text[:LONGEST_PREFIX] + "bcdfg", prefix)
    if names.label_value(label):
        given.refuse_value(
            "is no label value, and the pods of a Job are labelled with its name",
            "shorten it",
            (*spec["template"].pointer, "labels"),
        )
    completions = spec.integer_of("completions") or 0
    if spec["completionMode"].value == "Indexed" and completions > 0 and name.filled:
        host = f"{name.text}-{completions - 1}"
        if names.dns_label(host):
            name.refuse_value(f"makes pods named {host}, which is no DNS label", "shorten the name")


def check_cron_job(obj: Node, minor: int) -> None:
    """ValidateCronJobCreate."""
    spec = obj["spec"]
    if spec.require_field("schedule"):
        spec.check_name("schedule", schedule if minor >= ZONE_APART else zoned_schedule)
    spec.check_name("timeZone", time_zone)
    spec.check_one_of("concurrencyPolicy", "Allow", "Forbid", "Replace")
    spec.check_at_least(0, "startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit")
    job = spec["jobTemplate"]["spec"]
    _check_job_spec(job, minor)
    if job["selector"].present:
        job["selector"].refuse("the selector of a Job is made for it", "remove it")
    if job.map.get("manualSelector") is True:
        job["manualSelector"].refuse("a CronJob makes the selectors of its Jobs", "remove it")


def _check_job_spec(spec: Node, minor: int) -> None:
    spec.check_at_least(0, *COUNTS)
    spec.check_one_of("completionMode", "Indexed", "NonIndexed", empty=False)
    _check_indexes(spec)
    if spec["managedBy"].present:
        spec.check_name("managedBy", names.domain_path)
        if len(spec.text_of("managedBy")) > LONGEST_MANAGER:
            spec["managedBy"].refuse_value(f"is longer than {LONGEST_MANAGER} characters")
    policy = spec["template"]["spec"]["restartPolicy"]
    failures = spec["podFailurePolicy"]
    if policy.text not in {"OnFailure", "Never"}:
        policy.refuse(
            "the pods of a Job end, so their restartPolicy is OnFailure or Never",
            "write restartPolicy: Never",
        )
    elif failures.present and policy.value != "Never":
        policy.refuse_value("does not go with podFailurePolicy", "write restartPolicy: Never")
    if failures.present:
        _check_failure_policy(failures, spec)
    if spec["successPolicy"].present:
        _check_success_policy(spec["successPolicy"], spec)
    allowed = ("Failed",) if failures.present else ("Failed", "TerminatingOrFailed")
    spec.check_one_of("podReplacementPolicy", *allowed, empty=False)
    check_template(spec["template"], minor)


def _check_indexes(spec: Node) -> None:
    """What Indexed Jobs must have, and other Jobs must not."""
    per_index, failed, completions = (
        spec["backoffLimitPerIndex"],
        spec["maxFailedIndexes"],
        spec["completions"],
    )
    if failed.present and not per_index.present:
        per_index.refuse("maxFailedIndexes needs backoffLimitPerIndex", "write it")
    if spec["completionMode"].value != "Indexed":
        if spec["completionMode"].value in (None, "NonIndexed"):
            for field in (per_index, failed):
                if field.present:
                    field.refuse_value("is for Indexed Jobs", "write completionMode: Indexed, or remove it")
        return
    if spec["parallelism"].present and not completions.present:
        completions.refuse("an Indexed Job says how many completions", "write completions")
    spec["parallelism"].at_most(MOST_INDEXED)
    if failed.integer is not None:
        if completions.integer is not None and failed.integer > completions.integer:
            failed.refuse_value(f"is above completions ({completions.value})", "lower it")
        failed.at_most(MOST_INDEXED)
    if per_index.present and (completions.integer or 0) > MANY_COMPLETIONS:
        _check_many(spec)


def _check_many(spec: Node) -> None:
    """What bounds a Job of very many completions, each with retries of its own."""
    failed = spec["maxFailedIndexes"]
    if not failed.present:
        failed.refuse(f"more than {MANY_COMPLETIONS} completions need maxFailedIndexes", "write it")
    spec["parallelism"].at_most(MOST_PARALLEL_OF_MANY)
    failed.at_most(MOST_FAILED_OF_MANY)


def _check_failure_policy(policy: Node, spec: Node) -> None:
    rules = policy["rules"]
    if rules.count > MOST_RULES:
        rules.refuse(f"there are more than {MOST_RULES} rules", "remove some")
    pod = spec["template"]["spec"]
    containers = {
        each.text_of("name") for kind in ("containers", "initContainers") for each in pod[kind].items()
    }
    for rule in rules.items():
        action, codes, conditions = rule["action"], rule["onExitCodes"], rule["onPodConditions"]
        action.one_of(*ACTIONS, empty=False, absent=False)
        if action.value == "FailIndex" and not spec["backoffLimitPerIndex"].present:
            action.refuse_value("needs backoffLimitPerIndex", "write it")
        if codes.present:
            _check_exit_codes(codes, containers)
        if conditions.count > MOST_CONDITIONS:
            conditions.refuse(f"there are more than {MOST_CONDITIONS} conditions", "remove some")
        for condition in conditions.items():
            condition.require_name("type", names.qualified_name)
            condition.check_one_of("status", "True", "False", "Unknown")
        if codes.present == bool(conditions.count):
            problem = "stand side by side" if codes.present else "are both missing"
            rule.refuse(f"onExitCodes and onPodConditions {problem}", "write one of them")


def _check_exit_codes(codes: Node, containers: set[str]) -> None:
    codes.check_one_of("operator", "In", "NotIn", empty=False, absent=False)
    container, values = codes["containerName"], codes["values"]
    if container.present and container.text not in containers:
        container.refuse_value("is no container of the pod")
    values.require("write the exit codes")
    if values.count > MOST_EXIT_CODES:
        values.refuse(f"there are more than {MOST_EXIT_CODES} exit codes", "remove some")
    seen: set[int] = set()
    for value in values.items():
        number = value.integer if value.filled else 0
        if number is None:
            continue
        if number == 0 and codes["operator"].value == "In":
            value.refuse_value("is success, and In speaks of failures")
        if number in seen:
            value.refuse_value("is there twice", "remove one")
        seen.add(number)
    numbers = [value.integer or 0 for value in values.items()]
    if numbers != sorted(numbers):
        values.refuse("the exit codes are not in order", "sort them")


def _check_success_policy(policy: Node, spec: Node) -> None:
    if spec["completionMode"].value != "Indexed":
        policy.refuse("successPolicy is for Indexed Jobs", "write completionMode: Indexed, or remove it")
        return
    rules, completions = policy["rules"], spec.integer_of("completions")
    rules.require("write at least one rule")
    if rules.count > MOST_RULES:
        rules.refuse(f"there are more than {MOST_RULES} rules", "remove some")
    for rule in rules.items():
        count = rule["succeededCount"]
        if not count.present and not rule["succeededIndexes"].present:
            rule.refuse("there is neither succeededCount nor succeededIndexes", "write one of them")
        count.at_least(0)
        if count.integer is not None and completions is not None and count.integer > completions:
            count.refuse_value(f"is above completions ({completions})", "lower it")
