"""Classes that other objects name: PriorityClass, StorageClass, IngressClass.

Source: `pkg/apis/scheduling/validation` (ValidatePriorityClass), `pkg/apis/storage/validation`
(ValidateStorageClass), `pkg/apis/networking/validation` (ValidateIngressClass).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import check_label_name

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

HIGHEST_PRIORITY = 1_000_000_000
SYSTEM = {"system-cluster-critical": 2_000_000_000, "system-node-critical": 2_000_001_000}
LONGEST_CONTROLLER = 250


def check_priority_class(obj: Node, _minor: int) -> None:
    """A PriorityClass; names that start with `system-` are the server's own."""
    name, value = obj["metadata"]["name"], obj["value"]
    if name.text.startswith("system-"):
        if SYSTEM.get(name.text) != value.value or obj.map.get("globalDefault") is True:
            name.refuse_value("is a name of the system's own classes", "write another name")
    elif (value.integer or 0) > HIGHEST_PRIORITY:
        value.refuse_value(
            f"is above {HIGHEST_PRIORITY}, the highest priority of a class that is no system's"
        )
    obj.check_one_of("preemptionPolicy", "Never", "PreemptLowerPriority", empty=False)


def check_storage_class(obj: Node, _minor: int) -> None:
    """A StorageClass."""
    obj.require_name("provisioner", names.annotation_key)
    obj.check_one_of("reclaimPolicy", "Delete", "Retain")
    obj.check_one_of("volumeBindingMode", "Immediate", "WaitForFirstConsumer", empty=False)
    before: list[object] = [None, []]  # an empty term is a second one to the server
    for term in obj["allowedTopologies"].items():
        expressions = term["matchLabelExpressions"]
        if expressions.value in before:
            expressions.refuse("the same topology is allowed twice", "remove one")
        before.append(expressions.value)
        keys: set[str] = set()
        for requirement in term["matchLabelExpressions"].items():
            check_label_name(requirement["key"])
            requirement.check_once("key", keys, "is there twice")
            requirement.require_field("values")
            seen: set[str] = set()
            for value in requirement["values"].items():
                value.only_once(seen, "is there twice")


def check_ingress_class(obj: Node, _minor: int) -> None:
    """An IngressClass."""
    controller, parameters = obj["spec"]["controller"], obj["spec"]["parameters"]
    controller.required_name(names.domain_path)
    if len(controller.text) > LONGEST_CONTROLLER:
        controller.refuse_value(f"is longer than {LONGEST_CONTROLLER} characters")
    if not parameters.present:
        return
    for field in ("kind", "name"):
        parameters.require_name(field, names.path_segment)
    for group in parameters.given("apiGroup"):
        group.named(names.dns_subdomain)
    scope, namespace = parameters["scope"], parameters["namespace"]
    scope.one_of("Cluster", "Namespace", empty=False)
    if scope.value == "Namespace":
        if namespace.present:
            namespace.named(names.dns_label)
        else:
            namespace.require("write the namespace of the parameters")
    elif scope.value in (None, "Cluster") and namespace.present:
        namespace.refuse("parameters of the cluster have no namespace", "remove it")
