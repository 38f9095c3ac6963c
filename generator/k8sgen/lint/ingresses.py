"""Ingresses and routes: what they claim, and where they send requests to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.manifests import dig, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.manifests import Manifest

ROUTES = frozenset({"Ingress", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "Route"})
"""Kinds that send requests from outside to Services."""
INGRESS_CLASS = "kubernetes.io/ingress.class"


class IngressPath(NamedTuple):
    """What an Ingress claims of a controller."""

    ingress_class: str
    host: str
    path: str
    path_type: str


def is_ingress(manifest: Manifest) -> bool:
    """Whether an object is an Ingress of Kubernetes, old or new."""
    return manifest.kind == "Ingress" and manifest.group in {"networking.k8s.io", "extensions"}


def routed_services(route: Manifest) -> Iterator[str]:
    """The names of the Services that an Ingress or a route sends requests to."""
    for backend in (
        route.get("spec", "defaultBackend"),
        route.get("spec", "backend"),
        route.get("spec", "to"),
    ):
        yield text(dig(backend, "service", "name") or dig(backend, "serviceName") or dig(backend, "name"))
    rules = route.get("spec", "rules")
    for rule in rules if isinstance(rules, list) else ():
        for path in as_list(dig(rule, "http", "paths")):
            backend = dig(path, "backend")
            yield text(dig(backend, "service", "name") or dig(backend, "serviceName"))
        for backend in as_list(dig(rule, "backendRefs")):
            yield text(dig(backend, "name"))


def as_list(value: Any) -> list[Any]:
    """The value when it is a list, else none."""
    return value if isinstance(value, list) else []


def ingress_class(ingress: Manifest) -> str:
    """The class that an Ingress names, by its field or by the old annotation."""
    return text(ingress.get("spec", "ingressClassName")) or text(
        ingress.get("metadata", "annotations", INGRESS_CLASS)
    )


def ingress_paths(ingress: Manifest) -> Iterator[IngressPath]:
    """What the rules of an Ingress claim."""
    chosen = ingress_class(ingress)
    for rule in ingress.get("spec", "rules") or ():
        for path in (rule.get("http") or {}).get("paths") or ():
            yield IngressPath(chosen, rule.get("host", ""), path.get("path") or "/", path.get("pathType", ""))
