"""Environment variables.

Source: `pkg/apis/core/validation`: ValidateEnv, validateEnvVarValueFrom, ValidateEnvFrom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.fields import check_field_ref, check_resource_field_ref

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

RELAXED_NAMES = 32
SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef")


def check_env(container: Node, minor: int) -> None:
    """The variables of a container, its own and those from whole ConfigMaps and Secrets."""
    rule = names.relaxed_env_name if minor >= RELAXED_NAMES else names.env_name
    for variable in container["env"].items():
        variable.require_name("name", rule)
        if variable.map.get("valueFrom") is not None:
            _check_source(variable)
    for group in container["envFrom"].items() if "envFrom" in container.map else ():
        if group.map.get("prefix"):
            group.check_name("prefix", rule)
        given = group.given("configMapRef", "secretRef")
        if len(given) != 1:
            group.refuse(
                "an entry of envFrom has one of configMapRef and secretRef",
                "write one of them",
                group.holder.pointer,
            )
        for kind in given:
            kind.require_name("name", names.dns_subdomain_start)


def _check_source(variable: Node) -> None:
    source = variable["valueFrom"]
    given = source.given(*SOURCES)
    if not given:
        source.refuse("there is no source", f"write one of {', '.join(SOURCES[:-1])}")
    elif variable.map.get("value"):
        source.refuse("value and valueFrom stand side by side", "remove one")
    elif len(given) > 1:
        kinds = " and ".join(str(reference.key) for reference in given)
        source.refuse(f"{kinds} stand side by side, a variable has one source", "remove one")
    for reference in given:
        if reference.key == "fieldRef":
            check_field_ref(reference)
        elif reference.key == "resourceFieldRef":
            check_resource_field_ref(reference)
        elif reference.key in {"configMapKeyRef", "secretKeyRef"}:
            reference.require_name("name", names.dns_subdomain)
            reference.require_name("key", names.config_key)
