"""HTTPRoutes of the Gateway API: what their CRD says in CEL and a JSON Schema cannot.

Source: the `x-kubernetes-validations` of HTTPRoute in `sigs.k8s.io/gateway-api/config/crd/standard`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver.ingress import FORBIDDEN_ENDS, FORBIDDEN_PARTS

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node


def check_http_route(obj: Node, _minor: int) -> None:
    """Parents, path matches and backends of a route."""
    _check_parents(obj["spec"]["parentRefs"])
    for rule in obj["spec"]["rules"].items():
        for match in rule["matches"].items():
            _check_path(match["path"])
        for backend in rule["backendRefs"].items():
            core = not backend["group"].filled and backend["kind"].text in {"", "Service"}
            if core and not backend["port"].present:
                backend["port"].refuse("a Service as backend needs its port", "write port")


def _check_parents(parents: Node) -> None:
    """Two references to the same parent each need a section or port of their own."""
    seen: set[tuple[object, ...]] = set()
    for parent in parents.items():
        fields = ("group", "kind", "namespace", "name", "sectionName", "port")
        key = tuple(str(parent[field].value) for field in fields)
        if key in seen:
            parent.refuse("the same parent is named twice", "remove one")
        seen.add(key)


def _check_path(path: Node) -> None:
    value = path["value"]
    if path["type"].text not in {"", "Exact", "PathPrefix"} or not value.present:
        return
    if not value.text.startswith("/"):
        value.refuse_value('must start with "/"', f"write /{value.text}")
    for part in FORBIDDEN_PARTS:
        if part in value.text:
            value.refuse_value(f'may not hold "{part}"')
    for end in FORBIDDEN_ENDS:
        if value.text.endswith(end):
            value.refuse_value(f'may not end with "{end}"')
