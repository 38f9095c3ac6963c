"""HTTPRoutes of the Gateway API: what their CRD says in CEL and a JSON Schema cannot.

Source: the `x-kubernetes-validations` and the list-map keys of HTTPRoute in
`sigs.k8s.io/gateway-api/config/crd/standard`. The server names what holds the values that a rule compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver.ingress import FORBIDDEN_ENDS, FORBIDDEN_PARTS

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

PARENT = ("group", "kind", "namespace", "name", "sectionName", "port")
FILTERS = {
    "CORS": "cors", "ExtensionRef": "extensionRef", "RequestHeaderModifier": "requestHeaderModifier",
    "RequestMirror": "requestMirror", "RequestRedirect": "requestRedirect", "ResponseHeaderModifier": "responseHeaderModifier",
    "URLRewrite": "urlRewrite",
}  # fmt: skip
REPEATABLE = {"ExtensionRef", "RequestMirror"}
REPLACEMENTS = {"ReplaceFullPath": "replaceFullPath", "ReplacePrefixMatch": "replacePrefixMatch"}
MOST_MATCHES = 128
UNITS = {"h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
_is_path = re.compile(r"(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+").fullmatch
_parts = re.compile(r"([0-9]{1,5})(h|ms|m|s)").findall


def check_http_route(obj: Node, _minor: int) -> None:
    """Parents, matches, filters and backends of a route."""
    rules = obj["spec"]["rules"]
    _check_parents(obj["spec"]["parentRefs"])
    for rule in rules.items():
        for match in rule["matches"].items():
            for path in match.given("path"):
                _check_path(path)
            for fields in match.given("headers", "queryParams"):
                _check_once(fields)
        _check_filters(rule["filters"])
        for backend in rule["backendRefs"].items():
            _check_backend(backend)
            _check_filters(backend["filters"])
        _check_rewrites(rule)
        _check_timeouts(rule["timeouts"])
    if sum(rule["matches"].count for rule in rules.items()) > MOST_MATCHES:
        rules.refuse(f"there are more than {MOST_MATCHES} matches", "make two routes")


def _check_parents(parents: Node) -> None:
    """Two references to the same parent each need a section or port of their own."""
    seen: set[tuple[str, ...]] = set()
    for parent in parents.items():
        key = tuple(str(parent[field].value) for field in PARENT)
        if key in seen:
            parent.refuse("the same parent is named twice", "remove one", parents.pointer)
        seen.add(key)


def _check_backend(backend: Node) -> None:
    core = not backend["group"].filled and backend.text_of("kind") in {"", "Service"}
    if core and backend.filled and not backend["port"].present:
        backend["port"].refuse("a Service as backend needs its port", "write port", backend.pointer)


def _check_path(path: Node) -> None:
    value = path["value"]
    if path.text_of("type") not in {"", "Exact", "PathPrefix"} or not isinstance(value.value, str):
        return
    if not value.text.startswith("/"):
        value.refuse_value('must start with "/"', f"write /{value.text}", path.pointer)
    for part in (*FORBIDDEN_PARTS, "#"):
        if part in value.text:
            value.refuse_value(f'may not hold "{part}"', field=path.pointer)
    for end in FORBIDDEN_ENDS:
        if value.text.endswith(end):
            value.refuse_value(f'may not end with "{end}"', field=path.pointer)
    if value.text.startswith("/") and not _is_path(value.text):
        value.refuse_value("holds signs that a path has not", "write them as %20 and the like", path.pointer)


def _check_once(fields: Node) -> None:
    """Entries that are told apart by their names."""
    seen: set[str] = set()
    for field in fields.items():
        field.check_once("name", seen, "is there twice", field.pointer)


def _check_filters(filters: Node) -> None:
    kinds = [each.text_of("type") for each in filters.items()]
    for kind in FILTERS:
        if kind not in REPEATABLE and kinds.count(kind) > 1:
            filters.refuse(f"there are two filters of type {kind}", "make one of them")
    if {"RequestRedirect", "URLRewrite"} <= set(kinds):
        filters.refuse("RequestRedirect and URLRewrite stand side by side", "remove one")
    for each in filters.items():
        _check_filter(each)


def _check_filter(each: Node) -> None:
    kind = each.text_of("type")
    for name, field in FILTERS.items():
        if each.has(field) != (kind == name) and kind in FILTERS:
            problem = (
                f"type {kind} takes no {field}"
                if each.has(field)
                else f'"{field}" is missing for type {kind}'
            )
            each[field].refuse(problem, "remove it" if each.has(field) else f"write {field}", each.pointer)
    _check_headers(each)
    for target in each.given("requestRedirect", "urlRewrite"):
        for path in target.given("path"):
            _check_replacement(path)
    for mirror in each.given("requestMirror"):
        _check_mirror(mirror)


def _check_headers(each: Node) -> None:
    for modifier in each.given("requestHeaderModifier", "responseHeaderModifier"):
        for headers in modifier.given("set", "add"):
            _check_once(headers)
        removed: set[str] = set()
        for header in modifier["remove"].items():
            header.only_once(removed, "is there twice")
    for lists in each["cors"].given("allowHeaders", "allowMethods", "allowOrigins"):
        if "*" in lists.texts and lists.count > 1:
            lists.refuse('"*" stands beside others', "write it alone")


def _check_replacement(path: Node) -> None:
    for kind, field in REPLACEMENTS.items():
        if path.has(field) != (path["type"].value == kind):
            path[field].refuse(f"type {kind} and {field} go together", "write both or neither", path.pointer)


def _check_mirror(mirror: Node) -> None:
    _check_backend(mirror["backendRef"])
    if mirror.has("percent") and mirror.has("fraction"):
        mirror.refuse("percent and fraction stand side by side", "remove one")
    for fraction in mirror.given("fraction"):
        numerator, denominator = fraction.integer_of("numerator"), fraction.integer_of("denominator")
        if (numerator or 0) > (100 if denominator is None else denominator):
            fraction.refuse("the numerator is above the denominator", "lower it")


def _check_rewrites(rule: Node) -> None:
    """A redirect has no backend, and a prefix is replaced where one prefix is matched."""
    filters, matches = list(rule["filters"].items()), list(rule["matches"].items())
    if rule["backendRefs"].filled and any(each.has("requestRedirect") for each in filters):
        rule.refuse("a redirect stands beside backendRefs", "remove one")
    one_prefix = rule.has("matches") is False or (
        len(matches) == 1 and matches[0]["path"]["type"].text in {"", "PathPrefix"}
    )
    backends = [each for backend in rule["backendRefs"].items() for each in backend["filters"].items()]
    for each in (*filters, *backends):
        for target in each.given("requestRedirect", "urlRewrite"):
            if target["path"].has("replacePrefixMatch") and not one_prefix:
                rule.refuse(
                    "replacePrefixMatch needs exactly one match of type PathPrefix", "make rules of it"
                )


def _check_timeouts(timeouts: Node) -> None:
    whole, part = (_milliseconds(timeouts.text_of(field)) for field in ("request", "backendRequest"))
    if whole and part > whole:
        timeouts.refuse("backendRequest is longer than request", "shorten it")


def _milliseconds(text: str) -> int:
    return sum(int(number) * UNITS[unit] for number, unit in _parts(text))
