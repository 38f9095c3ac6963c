"""An Ingress sends requests to a port that its Service has.

A backend port that the Service does not have answers every request with an error. A Service that is not in
this input may be elsewhere, which is only said where the input has other Services.

Bad:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
spec:
  rules:
    - host: orders.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 8080}}}}]}

Good:
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: orders}
spec:
  rules:
    - host: orders.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: orders, port: {number: 80}}}}]}

See: https://kubernetes.io/docs/concepts/services-networking/ingress/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from k8sgen.lint.index import Manifests
    from k8sgen.manifests import Manifest, Pointer

SEVERITY = Severity.ERROR
CATEGORY = Category.NETWORK
PROFILE = Profile.STANDARD

ACTIONS = "alb.ingress.kubernetes.io/actions."


def check(manifests: Manifests) -> Iterator[Fault]:
    """Backends whose Service or port is not there."""
    for ingress in manifests.ingresses():
        said: set[tuple[str, int | str]] = set()
        for pointer, name, field, port in backends(ingress):
            if (name, port) in said or ACTIONS + name in ingress.map("metadata", "annotations"):
                continue
            said.add((name, port))
            service = manifests.find(ingress, "Service", name)
            if service is None:
                if manifests.has(ingress, "Service") and not manifests.is_anywhere(
                    "Service", name, ingress.namespace
                ):
                    yield Fault(
                        ingress,
                        (*pointer, "name" if "service" in pointer else "serviceName"),
                        f'service "{name}" is not in this input',
                        "name a Service of the same namespace, or add it to the input",
                        severity=Severity.INFO,
                    )
                continue
            ports = service.get("spec", "ports") or []
            key = "name" if isinstance(port, str) else "port"
            if ports and port != "" and port not in [each.get(key) for each in ports]:
                there = ", ".join(str(each.get(key)) for each in ports if each.get(key)) or "none"
                yield Fault(
                    ingress,
                    (*pointer, *field),
                    f"port {quoted(port)} is none of {service.subject}; it has {there}",
                    "name a port of the Service, not of the container",
                    also=((service, ("spec", "ports"), "its ports"),),
                )


def quoted(port: int | str) -> str:
    """A port as the message shows it."""
    return f'"{port}"' if isinstance(port, str) else str(port)


def backends(ingress: Manifest) -> Iterator[tuple[Pointer, str, Pointer, int | str]]:
    """Each backend that is a Service: where it stands, the name, where in it the port stands, the port."""
    spec = ingress.map("spec")
    found: list[tuple[Pointer, Any]] = [
        (("spec", field), spec[field]) for field in ("defaultBackend", "backend") if field in spec
    ]
    for index, rule in enumerate(spec.get("rules") or ()):
        for number, path in enumerate((rule.get("http") or {}).get("paths") or ()):
            place = ("spec", "rules", index, "http", "paths", number, "backend")
            found.append((place, path.get("backend") or {}))
    for pointer, backend in found:
        if service := backend.get("service"):
            port = service.get("port") or {}
            field = "name" if port.get("name") else "number"
            yield (*pointer, "service"), service.get("name", ""), ("port", field), port.get(field) or ""
        elif name := backend.get("serviceName"):
            yield pointer, name, ("servicePort",), backend.get("servicePort") or ""
