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
    given = spec.map
    if spec.has("defaultBackend"):
        _check_backend(spec["defaultBackend"], minor)
    elif not given.get("rules"):
        spec.refuse("there are neither rules nor a defaultBackend", "write rules")
    for rule in spec["rules"].items():
        _check_rule(rule, minor)
    for entry in spec["tls"].items() if "tls" in given else ():
        entry.check_names("hosts", names.host_name)
        if entry.map.get("secretName"):
            entry.check_name("secretName", names.dns_subdomain)
    spec.check_name("ingressClassName", names.dns_subdomain)
    annotations, wanted = obj["metadata"]["annotations"], given.get("ingressClassName")
    if (
        wanted is not None
        and annotations.has(CLASS_ANNOTATION)
        and annotations.map[CLASS_ANNOTATION] != wanted
    ):
        annotations[CLASS_ANNOTATION].refuse_value(
            f"is not the ingressClassName {wanted}",
            "remove the annotation",
            ("annotations", *CLASS_ANNOTATION.split(".")),
        )


def _check_rule(rule: Node, minor: int) -> None:
    if rule.map.get("host"):
        if is_address(rule.text_of("host")):
            rule["host"].refuse_value("is an address, it must be a DNS name")
        else:
            rule.check_name("host", names.host_name)
    for served in rule.given("http"):
        paths = served["paths"]
        paths.require()
        for path in paths.items():
            _check_path(path, minor)


def _check_path(entry: Node, minor: int) -> None:
    kind, text = entry.map.get("pathType"), entry.text_of("path")
    if kind is None:
        entry.require_field("pathType")
        return
    entry.check_one_of("pathType", "Exact", "ImplementationSpecific", "Prefix", empty=False)
    exact = kind in ("Exact", "Prefix")
    specific = kind == "ImplementationSpecific" and entry.map.get("path")
    if not text.startswith("/") and (exact or specific):
        entry["path"].refuse(f'"{text}" must start with "/"', f"write /{text}")
    if exact:
        for part in FORBIDDEN_PARTS:
            if part in text:
                entry["path"].refuse_value(f'may not hold "{part}"')
        for end in FORBIDDEN_ENDS:
            if text.endswith(end):
                entry["path"].refuse_value(f'may not end with "{end}"')
    _check_backend(entry["backend"], minor)


def _check_backend(backend: Node, minor: int) -> None:
    given = backend.given("service", "resource")
    if len(given) != 1:
        problem = "stand side by side" if given else "are both missing"
        backend.refuse(f"service and resource {problem}", "write one of them")
    elif given[0].key == "resource":
        _check_resource(given[0])
    else:
        _check_service(given[0], backend, minor)


def _check_resource(resource: Node) -> None:
    for field in ("kind", "name"):
        resource.require_name(field, names.path_segment)
    for group in resource.given("apiGroup"):
        group.named(names.dns_subdomain)


def _check_service(service: Node, backend: Node, minor: int) -> None:
    service.require_name("name", name_rule("Service", minor))
    port = service["port"]
    named, numbered = bool(port.map.get("name")), bool(port.integer_of("number"))
    if named == numbered:
        problem = "stand side by side" if named else "are both missing"
        backend.refuse(f"the port's name and number {problem}", "write one of them")
    elif named:
        port.check_name("name", names.port_name)
    else:
        port.check_between(1, 65535, "number")
