"""Where pods may run: node selectors, tolerations, affinity, topology spread.

Source: `pkg/apis/core/validation`: ValidateTolerations, validateTopologySpreadConstraints,
validateAffinity, ValidateNodeSelectorTerm, validatePodAffinityTerm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.metadata import (
    check_label_name,
    check_labels,
    check_selector,
    check_values_fit,
)

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


def check_scheduling(pod: Node) -> None:
    """Everything in a pod spec that chooses nodes."""
    given = pod.map
    if "nodeSelector" in given:
        check_labels(pod, "nodeSelector")
    if "tolerations" in given:
        for toleration in pod["tolerations"].items():
            _check_toleration(toleration)
    if "topologySpreadConstraints" in given:
        _check_spread(pod["topologySpreadConstraints"])
    if "affinity" in given:
        affinity = pod["affinity"]
        for nodes in affinity.given("nodeAffinity"):
            _check_node_affinity(nodes)
        for pods in affinity.given("podAffinity", "podAntiAffinity"):
            _check_pod_affinity(pods)


def _check_pod_affinity(affinity: Node) -> None:
    for term in affinity[REQUIRED].items():
        _check_pod_term(term)
    for preferred in affinity[PREFERRED].items():
        _check_weight(preferred["weight"])
        _check_pod_term(preferred["podAffinityTerm"])


def _check_toleration(toleration: Node) -> None:
    key, operator, value = toleration["key"], toleration["operator"], toleration["value"]
    if key.filled:
        key.named(names.qualified_name)
    elif operator.value != "Exists":
        operator.refuse(
            "a toleration without a key must have operator Exists", "write a key, or operator: Exists"
        )
    operator.one_of("Exists", "Equal")
    if operator.value == "Exists" and value.filled:
        value.refuse("operator Exists takes no value", "remove it", operator.pointer)
    elif operator.text in {"", "Equal"}:
        value.named(names.label_value, operator.pointer)
    if toleration["tolerationSeconds"].present and toleration["effect"].value != "NoExecute":
        toleration["effect"].refuse("tolerationSeconds needs effect NoExecute", "write effect: NoExecute")
    toleration.check_one_of("effect", *EFFECTS)


def _check_spread(constraints: Node) -> None:
    seen: dict[tuple[str, str], int] = {}
    for index, constraint in enumerate(constraints.items()):
        given = constraint.map
        key, action = constraint.text_of("topologyKey"), constraint.text_of("whenUnsatisfiable")
        if given.get("maxSkew") is None:
            constraint.require_field("maxSkew")
        constraint.check_at_least(1, "maxSkew")
        constraint.require_field("topologyKey")
        constraint.check_one_of(
            "whenUnsatisfiable", "DoNotSchedule", "ScheduleAnyway", empty=False, absent=False
        )
        pair = (key, action)
        if pair in seen:
            first = (*constraints.pointer, seen[pair], "{topologyKey, whenUnsatisfiable}")
            constraint.refuse(f"{key} with {action} is constrained twice", "remove one", first)
        seen[pair] = index
        for domains in constraint.given("minDomains"):
            domains.at_least(1)
            if action != "DoNotSchedule":
                domains.refuse("minDomains needs whenUnsatisfiable: DoNotSchedule", "remove one of them")
        for policy in ("nodeAffinityPolicy", "nodeTaintsPolicy"):
            constraint.check_one_of(policy, "Honor", "Ignore", empty=False)
        if "labelSelector" in given:
            check_selector(constraint["labelSelector"])
        if constraint.has("matchLabelKeys", "mismatchLabelKeys"):
            _check_match_keys(constraint)


def _check_match_keys(term: Node) -> None:
    """ValidateMatchLabelKeysAndMismatchLabelKeys, as it judges pods.

    A template may name a key of its selector again, but from 1.34 on the server adds the key to the
    selector of each pod before it validates that, and so refuses the pods.
    """
    selector = term["labelSelector"]
    selected = set(selector["matchLabels"].keys())
    selected |= {requirement.text_of("key") for requirement in selector["matchExpressions"].items()}
    for field in ("matchLabelKeys", "mismatchLabelKeys"):
        if term[field].filled and not selector.present:
            term[field].refuse(f"{field} needs a labelSelector", "write one")
        for key in term[field].items():
            key.named(names.qualified_name)
    for key in term["matchLabelKeys"].items():
        if key.text in selected:
            key.refuse_value("is in the labelSelector too", "remove one")
        if key.text in term["mismatchLabelKeys"].texts:
            key.refuse_value("is in mismatchLabelKeys too", "remove one")


def _check_node_affinity(affinity: Node) -> None:
    terms = affinity[REQUIRED]["nodeSelectorTerms"]
    if affinity[REQUIRED].present:
        terms.require()
    for term in terms.items():
        _check_node_term(term, with_values=True)
    for preferred in affinity[PREFERRED].items():
        _check_weight(preferred["weight"])
        _check_node_term(preferred["preference"], with_values=False)


def _check_node_term(term: Node, *, with_values: bool) -> None:
    for requirement in term["matchExpressions"].items():
        operator, values = requirement["operator"], requirement["values"]
        if operator.text in {"Gt", "Lt"}:
            if values.count != 1:
                values.refuse(f"operator {operator.value} takes exactly one value", "write one value")
        else:
            check_values_fit(requirement, ("In", "NotIn"), ("Exists", "DoesNotExist"))
        check_label_name(requirement["key"])
        for value in values.items():
            if with_values:
                value.named(names.label_value)
    for requirement in term["matchFields"].items():
        operator = requirement["operator"]
        requirement.check_one_of("key", "metadata.name", empty=False, absent=False)
        operator.one_of("In", "NotIn", empty=False, absent=False)
        if requirement["values"].count != 1 and operator.text in {"In", "NotIn"}:
            requirement["values"].refuse("a node field is compared with exactly one value", "write one value")
        for value in requirement["values"].items():
            value.named(names.dns_subdomain)


def _check_pod_term(term: Node) -> None:
    if term.require_field("topologyKey"):
        term.check_name("topologyKey", names.qualified_name)
    for selector in term.given("labelSelector", "namespaceSelector"):
        check_selector(selector)
    for namespace in term["namespaces"].items() if "namespaces" in term.map else ():
        namespace.named(names.dns_label, (*term.pointer, "namespace"))
    if term.has("matchLabelKeys", "mismatchLabelKeys"):
        _check_match_keys(term)


def _check_weight(weight: Node) -> None:
    weight.required_between(1, 100)
