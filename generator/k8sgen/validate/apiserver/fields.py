"""References to the pod's own fields and resources (downward API).

Source: `pkg/apis/core/validation`: validateObjectFieldSelector, validateContainerResourceFieldSelector.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.quantities import BINARY, billionths, check_quantity, check_spelled

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

META = ("metadata.name", "metadata.namespace", "metadata.uid")
IN_ENV = (
    *META, "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
)  # fmt: skip
IN_VOLUME = (*META, "metadata.annotations", "metadata.labels")
RESOURCES = tuple(
    f"{part}.{name}" for part in ("limits", "requests") for name in ("cpu", "ephemeral-storage", "memory")
)
CPU_UNITS = {billionths(text) for text in ("1", "1m")}
BYTE_UNITS = {billionths(f"1{unit}") for unit in ("", *"kMGTPE", *BINARY)}
_unread = re.compile(r"\+|[eE][-+]?[0-9]").search
_entry = re.compile(r"(metadata\.(?:annotations|labels))\['(.*)'\]").fullmatch


def check_field_ref(reference: Node, *, in_volume: bool = False) -> None:
    """A fieldRef of an environment variable or of a volume."""
    allowed = IN_VOLUME if in_volume else IN_ENV
    if not reference.present or not reference.require_field("fieldPath"):
        return
    version, path = reference.map.get("apiVersion"), reference["fieldPath"]
    if version and version != "v1":
        reference.check_one_of("apiVersion", "v1", field=path.pointer)
    elif path.text in allowed:
        return
    elif entry := _entry(path.text):
        key = entry[2].lower() if entry[1].endswith("annotations") else entry[2]
        if reason := names.qualified_name(key):
            path.refuse(f'the key "{entry[2]}" {reason}', field=reference.pointer)
    else:
        path.refuse_value(
            "is no field that can be read here", f"write {', '.join(allowed)}, or metadata.labels['KEY']"
        )


def check_resource_field_ref(reference: Node, *, in_volume: bool = False) -> None:
    """A resourceFieldRef of an environment variable or of a volume."""
    if not reference.present:
        return
    if in_volume:
        reference.require_field("containerName")
    resource = reference["resource"]
    if not resource.require():
        return
    if resource.text not in RESOURCES and not resource.text.startswith(
        ("limits.hugepages-", "requests.hugepages-")
    ):
        resource.refuse_value("is no resource that can be read here", f"write {', '.join(RESOURCES)}")
        check_spelled(reference["divisor"])
    else:
        _check_divisor(reference["divisor"], resource.text.partition(".")[2])


def _check_divisor(divisor: Node, resource: str) -> None:
    """validateContainerResourceDivisor: one of a few units, or nothing."""
    amount = check_quantity(divisor)
    spelled = not _unread(str(divisor.value))
    if amount and resource == "cpu" and not (spelled and amount in CPU_UNITS):
        divisor.refuse_value("is no unit of cpu", "write 1 or 1m")
    elif amount and resource != "cpu" and not (spelled and amount in BYTE_UNITS):
        divisor.refuse_value(f"is no unit of {resource}", "write 1, 1k, 1M, 1Ki, 1Mi, …")
