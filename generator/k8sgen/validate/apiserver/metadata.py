"""Names, labels and annotations of objects, and label selectors.

Source: `k8s.io/apimachinery/pkg/api/validation/objectmeta.go` (ValidateObjectMeta, ValidateAnnotations),
`apis/meta/v1/validation` (ValidateLabels, ValidateLabelSelector), and the name rule of each kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from k8sgen.validate.apiserver import names
from k8sgen.validate.violation import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from k8sgen.validate.apiserver.node import Node

MOST_ANNOTATION_BYTES = 262_144
RELAXED_SERVICE_NAMES = 36
PATH_SEGMENT_KINDS = {"PodDisruptionBudget", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"}
CLUSTER_KINDS = {
    "ClusterRole",
    "ClusterRoleBinding",
    "Namespace",
    "PersistentVolume",
    "StorageClass",
    "IngressClass",
    "PriorityClass",
}
USUAL = {"name", "namespace", "labels", "annotations"}
KEPT_GENERATION = {
    "ClusterRole", "ClusterRoleBinding", "ConfigMap", "LimitRange", "Namespace", "PersistentVolumeClaim", "ResourceQuota",
    "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StorageClass",
}  # fmt: skip
"""Whose generation the server leaves as it comes; it sets that of other kinds."""
NAMED_BY_SERVER = {"LimitRange"}
BUILT_IN = {
    "admissionregistration.k8s.io", "apiextensions.k8s.io", "apps", "autoscaling", "batch", "networking.k8s.io", "policy",
    "rbac.authorization.k8s.io", "scheduling.k8s.io", "storage.k8s.io",
}  # fmt: skip
"""Groups whose finalizers have a domain or are the server's own; custom resources may have any name."""
LONGEST_PREFIX = 58
LABEL_KINDS = {"Namespace", "StatefulSet"}
LONGEST_CRON_JOB = 52


def check_metadata(obj: Node, minor: int) -> None:
    """The whole metadata of an object; ValidateObjectMeta."""
    metadata, kind = obj["metadata"], obj.text_of("kind")
    given = metadata.map
    if "labels" in given:
        check_labels(metadata, "labels")
    if "annotations" in given:
        check_annotations(metadata, "annotations")
    if given.get("namespace"):
        if kind in CLUSTER_KINDS:
            article = "an" if kind[0] in "AEIOU" else "a"
            metadata["namespace"].refuse(f"{article} {kind} belongs to no namespace", "remove it")
        else:
            metadata.check_name("namespace", names.dns_label)
    if not given.keys() <= USUAL:
        _check_unusual(metadata, kind, minor)
    if given.get("name") or not given.get("generateName"):
        if given.get("name") or kind not in NAMED_BY_SERVER:
            metadata.require_name("name", name_rule(kind, minor))
        if kind == "CronJob" and len(metadata.text_of("name")) > LONGEST_CRON_JOB:
            problem = f"is longer than {LONGEST_CRON_JOB} characters, its Jobs get a suffix of 11"
            metadata["name"].refuse_value(problem)


def _check_unusual(metadata: Node, kind: str, minor: int) -> None:
    """What hardly any manifest has."""
    for prefix in metadata.given("generateName"):
        if prefix.filled:
            _check_prefix(prefix, name_rule(kind, minor), made=not metadata["name"].filled)
    for generation in metadata.given("generation"):
        if kind in KEPT_GENERATION:
            generation.at_least(0)
    for finalizers in metadata.given("finalizers"):
        group, slash, _ = metadata.holder.text_of("apiVersion").rpartition("/")
        strict = kind != "PodDisruptionBudget" and (not slash or group in BUILT_IN)
        _check_finalizers(finalizers, names.finalizer if strict else names.qualified_name)
    for owners in metadata.given("ownerReferences"):
        _check_owners(owners)


def _check_finalizers(finalizers: Node, rule: Callable[[str], str]) -> None:
    for finalizer in finalizers.items():
        unqualified = names.qualified_name(finalizer.text)
        finalizer.named(rule, finalizers.pointer if unqualified else finalizer.pointer)
    if {"orphan", "foregroundDeletion"} <= finalizers.texts:
        finalizers.refuse("orphan and foregroundDeletion stand side by side", "remove one")


def _check_owners(owners: Node) -> None:
    """ValidateOwnerReferences."""
    for owner in owners.items():
        for field in ("apiVersion", "kind", "name", "uid"):
            owner.require_field(field)
        if owner.text_of("apiVersion").count("/") > 1 or owner.text_of("apiVersion").endswith("/"):
            owner["apiVersion"].refuse_value("is no apiVersion", "write one such as apps/v1")
    controllers = {owner.text_of("uid") for owner in owners.items() if owner.map.get("controller") is True}
    if len(controllers) > 1:
        owners.refuse("two owners are the controller", "leave one")


def _check_prefix(prefix: Node, rule: Callable[[str], str], *, made: bool) -> None:
    """NameIsDNSSubdomain and others with `prefix`: a dash at the end is followed by the generated part.

    `made`: the server makes a name of it, and checks that too.
    """
    text = prefix.text[:-2] + "a" if prefix.text.endswith("-") else prefix.text
    if reason := rule(text):
        prefix.refuse_value(reason)
        name = prefix.text[:LONGEST_PREFIX] + "bcdfg"
        if made and rule(name):
            prefix.also(len(prefix.found) - 1, prefix.holder["name"].pointer)


@lru_cache
def name_rule(kind: str, minor: int) -> Callable[[str], str]:
    """The syntax of this kind's names."""
    if kind == "Service":
        return names.dns_label if minor >= RELAXED_SERVICE_NAMES else names.dns_1035_label
    if kind in PATH_SEGMENT_KINDS:
        return names.path_segment
    return names.dns_label if kind in LABEL_KINDS else names.dns_subdomain


def check_labels(holder: Node, field: str, named: Node | None = None) -> None:
    """ValidateLabels; the server names the map, as a field of `named` if that is given, and not the entry."""
    for key, value in holder.map_of(field).items():
        if reason := names.qualified_name(str(key)):
            _refuse_entry(holder, field, str(key), f'the key "{key}" {reason}', named)
        if isinstance(value, str) and (reason := names.label_value(value)):
            _refuse_entry(holder, field, str(key), f"{quoted(value)} {reason}", named)


def check_annotations(holder: Node, field: str, named: Node | None = None) -> None:
    """ValidateAnnotations: keys, and 256 KiB for all keys and values together."""
    size = 0
    for key, value in holder.map_of(field).items():
        if reason := names.annotation_key(str(key)):
            _refuse_entry(holder, field, str(key), f'the key "{key}" {reason}', named)
        size += len(str(key).encode()) + (len(value.encode()) if isinstance(value, str) else 0)
    if size > MOST_ANNOTATION_BYTES:
        problem = f"the annotations have {size} bytes, at most {MOST_ANNOTATION_BYTES} are allowed"
        holder[field].refuse(problem)


def _refuse_entry(holder: Node, field: str, key: str, problem: str, named: Node | None) -> None:
    holder[field][key].refuse(problem, field=(*(holder if named is None else named).pointer, field))


def check_selector(selector: Node) -> None:
    """ValidateLabelSelector."""
    check_labels(selector, "matchLabels")
    if "matchExpressions" in selector.map:
        for requirement in selector["matchExpressions"].items():
            check_values_fit(requirement, ("In", "NotIn"), ("Exists", "DoesNotExist"))
            check_label_name(requirement["key"])
            requirement.check_names("values", names.label_value)


def check_label_name(key: Node) -> None:
    """ValidateLabelName, to which an absent key is an empty one."""
    if key.value is None or key.value == "":
        key.require()
    else:
        key.named(names.qualified_name)


def check_values_fit(requirement: Node, listing: tuple[str, ...], bare: tuple[str, ...]) -> None:
    """The operator of a selector requirement, and whether values stand beside it."""
    operator, values = requirement["operator"], requirement["values"]
    operator.one_of(*listing, *bare, empty=False, absent=False)
    if operator.value in listing and not values.filled:
        values.refuse(
            f'"values" is missing for operator {operator.value}', "write the values to compare with"
        )
    if operator.value in bare and values.filled:
        values.refuse(f'operator {operator.value} takes no "values"', "remove them")


def selector_matches(selector: Node, labels: Mapping[str, Any]) -> bool:
    """Whether a label selector selects these labels; LabelSelectorAsSelector. An absent one selects nothing."""
    if not selector.present:
        return False
    for key, value in selector.map_of("matchLabels").items():
        if labels.get(str(key)) != value:
            return False
    return "matchExpressions" not in selector.map or all(
        _requirement_matches(each, labels) for each in selector["matchExpressions"].items()
    )


def _requirement_matches(requirement: Node, labels: Mapping[str, Any]) -> bool:
    label, values = labels.get(requirement.text_of("key")), requirement["values"].texts
    text = label if isinstance(label, str) else ""
    match requirement.map.get("operator"):
        case "In":
            return label is not None and text in values
        case "NotIn":
            return label is None or text not in values
        case "Exists":
            return label is not None
        case "DoesNotExist":
            return label is None
    return True
