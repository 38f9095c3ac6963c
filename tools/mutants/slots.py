"""Places of an object that a mutation can change, found by what Kubernetes calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random


class Slot(NamedTuple):
    """A value, by its holder and its key or index in that; `field` is the nearest key that is text."""

    holder: Any
    key: Any
    field: str
    around: str

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder[self.key]

    def set(self, value: Any) -> None:
        """Put something else there."""
        self.holder[self.key] = value


def slots(value: Any, field: str = "", around: str = "") -> Iterator[Slot]:
    """Every value inside a value, the outer ones first; items of a list have the field of the list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield Slot(value, key, str(key), field)
            yield from slots(inner, str(key), field)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield Slot(value, index, field, around)
            yield from slots(inner, field, around)


def pick(random: Random, obj: Any, wanted: Callable[[Slot], bool]) -> Slot | None:
    """One of the wanted places."""
    found = [slot for slot in slots(obj) if wanted(slot)]
    return random.choice(found) if found else None


QUANTITY_FIELDS = frozenset(("sizeLimit", "divisor", "averageValue", "tolerance"))
PORT_FIELDS = frozenset(
    (
        "port",
        "containerPort",
        "hostPort",
        "targetPort",
        "number",
        "endPort",
        "nodePort",
        "healthCheckNodePort",
    )
)
PERCENT_FIELDS = frozenset(("maxSurge", "maxUnavailable", "minAvailable"))
PATH_FIELDS = frozenset(
    (
        "mountPath", "subPath", "subPathExpr", "path", "workingDir", "terminationMessagePath", "devicePath",
        "localhostProfile", "fieldPath", "nonResourceURLs",
    )
)  # fmt: skip
ADDRESS_FIELDS = frozenset(
    (
        "cidr", "except", "ip", "hostIP", "nameservers", "clusterIP", "clusterIPs", "loadBalancerSourceRanges",
        "externalIPs", "loadBalancerIP", "host",
    )
)  # fmt: skip
MAPS_OF_LABELS = frozenset(("labels", "annotations", "matchLabels", "nodeSelector", "selector"))
ENUM_FIELDS = frozenset(
    (
        "type", "protocol", "imagePullPolicy", "restartPolicy", "dnsPolicy", "operator", "effect", "whenUnsatisfiable",
        "terminationMessagePolicy", "concurrencyPolicy", "completionMode", "accessModes", "volumeMode", "pathType",
        "policyTypes", "sessionAffinity", "externalTrafficPolicy", "internalTrafficPolicy", "ipFamilyPolicy",
        "ipFamilies", "trafficDistribution", "selectPolicy", "podManagementPolicy", "whenDeleted", "whenScaled",
        "unhealthyPodEvictionPolicy", "scheme", "medium", "mountPropagation", "recursiveReadOnly", "procMount",
        "fsGroupChangePolicy", "supplementalGroupsPolicy", "seLinuxChangePolicy", "preemptionPolicy", "action",
        "nodeAffinityPolicy", "nodeTaintsPolicy", "podReplacementPolicy", "kind", "resource", "add", "drop",
    )
)  # fmt: skip


def is_leaf(slot: Slot) -> bool:
    """Whether a place holds a scalar."""
    return not isinstance(slot.value, dict | list)


def is_text(slot: Slot) -> bool:
    """Whether a place holds text, of the object and not what says its kind."""
    return isinstance(slot.value, str) and not (slot.field in {"apiVersion", "kind"} and not slot.around)


def is_number(slot: Slot) -> bool:
    """Whether a place holds an integer."""
    return isinstance(slot.value, int) and not isinstance(slot.value, bool)


def is_quantity(slot: Slot) -> bool:
    """Whether a place holds a quantity."""
    return is_leaf(slot) and (
        slot.field in QUANTITY_FIELDS
        or slot.around in {"limits", "requests"}
        or (slot.field == "value" and slot.around == "target")
    )


def is_name(slot: Slot) -> bool:
    """Whether a place holds a name, as names of things in Kubernetes are called."""
    return isinstance(slot.value, str) and (
        slot.field
        in {"name", "generateName", "namespace", "driver", "subdomain", "hostname", "key", "containers"}
        or slot.field
        in {"conditionType", "topologyKey", "matchLabelKeys", "externalName", "host", "hosts", "searches"}
        or slot.field.endswith(("Name", "Class"))
    )


def is_label_map(slot: Slot) -> bool:
    """Whether a place holds labels, annotations or a selector by labels."""
    return (
        slot.field in MAPS_OF_LABELS
        and isinstance(slot.value, dict)
        and all(isinstance(value, str) for value in slot.value.values())
    )
