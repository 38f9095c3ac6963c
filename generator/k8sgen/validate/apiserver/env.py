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
        variable["name"].required_name(rule)
        if variable.has("valueFrom"):
            _check_source(variable)
    for group in container["envFrom"].items():
        group["prefix"].named(rule) if group["prefix"].filled else None
        given = [kind for kind in ("configMapRef", "secretRef") if group[kind].present]
        if len(given) != 1:
            group.refuse(
                "an entry of envFrom has one of configMapRef and secretRef",
                "write one of them",
                group.holder.pointer,
            )
        for kind in given:
            group[kind]["name"].required_name(names.dns_subdomain_start)


def _check_source(variable: Node) -> None:
    source = variable["valueFrom"]
    given = [str(kind.key) for kind in source.given(*SOURCES)]
    if not given:
        source.refuse("there is no source", f"write one of {', '.join(SOURCES[:-1])}")
    elif variable["value"].filled:
        source.refuse("value and valueFrom stand side by side", "remove one")
    elif len(given) > 1:
        source.refuse(f"{' and '.join(given)} stand side by side, a variable has one source", "remove one")
    for reference in source.given("fieldRef"):
        check_field_ref(reference)
    for reference in source.given("resourceFieldRef"):
        check_resource_field_ref(reference)
    for reference in source.given("configMapKeyRef", "secretKeyRef"):
        reference["name"].required_name(names.dns_subdomain)
        reference["key"].required_name(names.config_key)
