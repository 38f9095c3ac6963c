"""Ingresses.

Source: `pkg/apis/networking/validation`: ValidateIngressSpec, validateIngressRules,
validateHTTPIngressPath, validateIngressBackend, validateIngressTLS, ValidateIngressCreate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.addresses import is_address
from k8sgen.validate.apiserver.metadata import name_rule

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

CLASS_ANNOTATION = "kubernetes.io/ingress.class"
FORBIDDEN_PARTS = ("//", "/./", "/../", "%2f", "%2F")
FORBIDDEN_ENDS = ("/..", "/.")


def check_ingress(obj: Node, minor: int) -> None:
    """The spec of an Ingress and its class annotation."""
    spec = obj["spec"]
    if not spec["rules"].filled and not spec["defaultBackend"].present:
        spec.refuse("there are neither rules nor a defaultBackend", "write rules")
    if spec["defaultBackend"].present:
        _check_backend(spec["defaultBackend"], minor)
    for rule in spec["rules"].items():
        _check_rule(rule, minor)
    for entry in spec["tls"].items():
        for host in entry["hosts"].items():
            host.named(names.host_name)
        if entry["secretName"].filled:
            entry["secretName"].named(names.dns_subdomain)
    wanted = spec["ingressClassName"]
    if wanted.present:
        wanted.named(names.dns_subdomain)
    annotation = obj["metadata"]["annotations"][CLASS_ANNOTATION]
    if annotation.present and wanted.present and annotation.value != wanted.value:
        annotation.refuse_value(
            f"is not the ingressClassName {wanted.value}",
            "remove the annotation",
            ("annotations", *CLASS_ANNOTATION.split(".")),
        )


def _check_rule(rule: Node, minor: int) -> None:
    host = rule["host"]
    if host.filled:
        if is_address(host.text):
            host.refuse_value("is an address, it must be a DNS name")
        else:
            host.named(names.host_name)
    if rule["http"].present:
        rule["http"]["paths"].require()
    for path in rule["http"]["paths"].items():
        _check_path(path, minor)


def _check_path(entry: Node, minor: int) -> None:
    kind, path = entry["pathType"], entry["path"]
    if not kind.present:
        kind.require()
        return
    kind.one_of("Exact", "ImplementationSpecific", "Prefix", empty=False)
    exact = kind.text in {"Exact", "Prefix"}
    specific = kind.value == "ImplementationSpecific" and path.filled
    if not path.text.startswith("/") and (exact or specific):
        path.refuse(f'"{path.text}" must start with "/"', f"write /{path.text}")
    if exact:
        for part in FORBIDDEN_PARTS:
            if part in path.text:
                path.refuse_value(f'may not hold "{part}"')
        for end in FORBIDDEN_ENDS:
            if path.text.endswith(end):
                path.refuse_value(f'may not end with "{end}"')
    _check_backend(entry["backend"], minor)


def _check_backend(backend: Node, minor: int) -> None:
    service, resource = backend["service"], backend["resource"]
    if service.present == resource.present:
        problem = "stand side by side" if service.present else "are both missing"
        backend.refuse(f"service and resource {problem}", "write one of them")
        return
    if resource.present:
        for field in ("kind", "name"):
            if resource[field].require():
                resource[field].named(names.path_segment)
        if resource["apiGroup"].present:
            resource["apiGroup"].named(names.dns_subdomain)
        return
    if service["name"].require():
        service["name"].named(name_rule("Service", minor))
    name, number = service["port"]["name"], service["port"]["number"]
    if name.filled == bool(number.integer):
        problem = "stand side by side" if name.filled else "are both missing"
        backend.refuse(f"the port's name and number {problem}", "write one of them")
    elif name.filled:
        name.named(names.port_name)
    else:
        number.between(1, 65535)
