"""Names, labels and annotations of objects, and label selectors.

Source: `k8s.io/apimachinery/pkg/api/validation/objectmeta.go` (ValidateObjectMeta, ValidateAnnotations),
`apis/meta/v1/validation` (ValidateLabels, ValidateLabelSelector), and the name rule of each kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.violation import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

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
    metadata, kind = obj["metadata"], obj["kind"].text
    name = metadata["name"]
    for labels in metadata.given("labels"):
        check_labels(labels)
    for texts in metadata.given("annotations"):
        check_annotations(texts)
    for namespace in metadata.given("namespace"):
        if namespace.filled and kind in CLUSTER_KINDS:
            namespace.refuse(
                f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind} belongs to no namespace", "remove it"
            )
        elif namespace.filled:
            namespace.named(names.dns_label)
    if isinstance(metadata.value, dict) and not metadata.value.keys() <= USUAL:
        _check_unusual(metadata, kind, minor)
    if name.filled or not (metadata.has("generateName") and metadata["generateName"].filled):
        if name.filled or kind not in NAMED_BY_SERVER:
            name.required_name(name_rule(kind, minor))
        if kind == "CronJob" and len(name.text) > LONGEST_CRON_JOB:
            name.refuse_value(f"is longer than {LONGEST_CRON_JOB} characters, its Jobs get a suffix of 11")


def _check_unusual(metadata: Node, kind: str, minor: int) -> None:
    """What hardly any manifest has."""
    for prefix in metadata.given("generateName"):
        if prefix.filled:
            _check_prefix(prefix, name_rule(kind, minor), made=not metadata["name"].filled)
    for generation in metadata.given("generation"):
        if kind in KEPT_GENERATION:
            generation.at_least(0)
    for finalizers in metadata.given("finalizers"):
        group, slash, _ = metadata.holder["apiVersion"].text.rpartition("/")
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
            owner[field].require()
        if owner["apiVersion"].text.count("/") > 1 or owner["apiVersion"].text.endswith("/"):
            owner["apiVersion"].refuse_value("is no apiVersion", "write one such as apps/v1")
    controllers = {owner["uid"].text for owner in owners.items() if owner["controller"].value is True}
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


def name_rule(kind: str, minor: int) -> Callable[[str], str]:
    """The syntax of this kind's names."""
    if kind == "Service":
        return names.dns_label if minor >= RELAXED_SERVICE_NAMES else names.dns_1035_label
    if kind in PATH_SEGMENT_KINDS:
        return names.path_segment
    return names.dns_label if kind in LABEL_KINDS else names.dns_subdomain


def check_labels(labels: Node, field: Pointer = ()) -> None:
    """ValidateLabels; the server names the map, or `field`, and not the entry."""
    if not isinstance(labels.value, dict):
        return
    for key, value in labels.value.items():
        key_reason = names.qualified_name(str(key))
        value_reason = names.label_value(value) if isinstance(value, str) else ""
        for reason in (
            key_reason and f'the key "{key}" {key_reason}',
            value_reason and f"{quoted(value)} {value_reason}",
        ):
            if reason:
                labels[str(key)].refuse(reason, field=field or labels.pointer)


def check_annotations(annotations: Node, field: Pointer = ()) -> None:
    """ValidateAnnotations: keys, and 256 KiB for all keys and values together."""
    size = 0
    for key, value in annotations.entries():
        if reason := names.annotation_key(key):
            value.refuse(f'the key "{key}" {reason}', field=field or annotations.pointer)
        size += len(key.encode()) + len(value.text.encode())
    if size > MOST_ANNOTATION_BYTES:
        annotations.refuse(f"the annotations have {size} bytes, at most {MOST_ANNOTATION_BYTES} are allowed")


def check_selector(selector: Node) -> None:
    """ValidateLabelSelector."""
    for labels in selector.given("matchLabels"):
        check_labels(labels)
    for requirement in selector["matchExpressions"].items() if selector.has("matchExpressions") else ():
        check_values_fit(requirement, ("In", "NotIn"), ("Exists", "DoesNotExist"))
        check_label_name(requirement["key"])
        for value in requirement["values"].items():
            value.named(names.label_value)


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


def selector_matches(selector: Node, labels: Node) -> bool:
    """Whether a label selector selects these labels; LabelSelectorAsSelector. An absent one selects nothing."""
    if not selector.present:
        return False
    if any(labels[key].value != value.value for key, value in selector["matchLabels"].entries()):
        return False
    return all(_requirement_matches(each, labels) for each in selector["matchExpressions"].items())


def _requirement_matches(requirement: Node, labels: Node) -> bool:
    label, values = labels[requirement["key"].text], requirement["values"].texts
    match requirement["operator"].value:
        case "In":
            return label.present and label.text in values
        case "NotIn":
            return not label.present or label.text not in values
        case "Exists":
            return label.present
        case "DoesNotExist":
            return not label.present
    return True
