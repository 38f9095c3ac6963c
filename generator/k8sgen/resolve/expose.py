"""How requests from outside reach the service: by an Ingress or by an HTTPRoute."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key
from k8sgen.resolve.container import port_protocol
from k8sgen.resolve.derivation import Release, derived, rule
from k8sgen.resolve.network import lets_in
from k8sgen.resolve.services import (
    further_service_name,
    ports_named,
    service_name,
    service_needed,
    service_port,
    shows_port,
)
from k8sgen.spec.expose import Host
from k8sgen.spec.service_spec import Spec

INGRESS_DOCS = "https://kubernetes.io/docs/concepts/services-networking/ingress/"
ROUTE_DOCS = "https://gateway-api.sigs.k8s.io/api-types/httproute/"


@derived()
def ingress_needed(spec: Spec) -> bool:
    """Whether there is an Ingress."""
    return spec.expose.enabled and spec.expose.gateway is None


@derived()
def http_routes_needed(spec: Spec) -> bool:
    """Whether there are HTTPRoutes."""
    return spec.expose.enabled and spec.expose.gateway is not None


@derived()
def has_tls(spec: Spec) -> bool:
    """Whether any host has a certificate."""
    return any(host.tls is not None for _name, host in by_key(spec.expose.hosts))


@derived(reason="the path and all below it", source=INGRESS_DOCS + "#path-types")
def ingress_path_type(spec: Spec) -> str:
    """How an Ingress matches a path."""
    return "Prefix"


@derived(reason="the path and all below it", source=ROUTE_DOCS)
def route_path_type(spec: Spec) -> str:
    """How an HTTPRoute matches a path."""
    return "PathPrefix"


@derived()
def backend_service(port_name: str, spec: Spec, release: Release) -> str:
    """Name of the Service that shows a port: the service's own, else the first further one; "" when none does."""
    name = ""
    if service_needed(spec) and shows_port(spec.service, port_name, spec):
        name = service_name(spec, release)
    for key, service in by_key(spec.services):
        if name == "" and shows_port(service, port_name, spec):
            name = further_service_name(service, key, release)
    return name


@derived()
def backend_port(port_name: str, spec: Spec) -> int:
    """Number of a port in its Service."""
    number = 0
    for name, port in by_key(spec.ports):
        if name == port_name:
            number = service_port(port)
    for _sidecar, container in by_key(spec.sidecars):
        for name, port in by_key(container.ports):
            if name == port_name and number == 0:
                number = service_port(port)
    return number


@derived()
def takes_connections(port_name: str, spec: Spec) -> bool:
    """Whether a port of the service speaks TCP."""
    return not any(name == port_name and port_protocol(port) != "TCP" for name, port in by_key(spec.ports))


@derived()
def route_name(host_name: str, spec: Spec, release: Release) -> str:
    """Name of the HTTPRoute of a host: the service's when there is one host; `-any` stands for a wildcard."""
    count = 0
    for _name, _host in by_key(spec.expose.hosts):
        count += 1
    if count == 1:
        return release.fullname
    if host_name.startswith("*."):
        return f"{release.fullname}-any.{host_name.removeprefix('*.')}"
    return f"{release.fullname}.{host_name}"


@rule("expose.hosts", "expose", hint="add `hosts: {HOST: {paths: {/: http}}}`", source=INGRESS_DOCS)
def expose_without_hosts(spec: Spec) -> str:
    """Without a host the service would answer for every name of the cluster."""
    if spec.expose.enabled and not spec.expose.hosts:
        return "expose has no hosts"
    return ""


@rule("*.paths", each="expose.hosts", hint="add `paths: {/: http}`", source=INGRESS_DOCS)
def host_without_paths(host: Host, at: str, spec: Spec) -> str:
    """A host without paths leads nowhere."""
    if spec.expose.enabled and not host.paths:
        return f"{at}paths is empty"
    return ""


@rule("*.paths", "ports", each="expose.hosts", hint="name a port that a Service shows", source=INGRESS_DOCS)
def path_to_no_port(host: Host, at: str, spec: Spec, release: Release) -> str:
    """A path leads to a port that a Service shows."""
    message = ""
    for path, port_name in by_key(host.paths):
        if not spec.expose.enabled:
            message = ""
        elif not ports_named(port_name, spec):
            message = f'{at}paths sends {path} to the port "{port_name}", and there is none of that name'
        elif backend_service(port_name, spec, release) == "":
            message = f'{at}paths sends {path} to the port "{port_name}", which no Service shows'
        elif not takes_connections(port_name, spec):
            message = f'{at}paths sends {path} to the port "{port_name}", which takes no TCP connections'
    return message


@rule(
    "*.tls",
    "expose.gateway",
    each="expose.hosts",
    hint="remove tls here: the Gateway's listener holds the certificate",
    source="https://gateway-api.sigs.k8s.io/guides/tls/",
)
def tls_with_gateway(host: Host, at: str, spec: Spec) -> str:
    """With a Gateway, whoever runs the Gateway decides on certificates."""
    if spec.expose.enabled and host.tls is not None and spec.expose.gateway is not None:
        return f"{at}tls is for an Ingress, and expose.gateway makes an HTTPRoute"
    return ""


@rule(
    "*.paths",
    "network.allowFrom",
    each="expose.hosts",
    hint="let the ingress controller in: `allowFrom: {gateway: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}}}`",
    source="https://kubernetes.io/docs/concepts/services-networking/network-policies/",
)
def exposed_port_closed(host: Host, at: str, spec: Spec) -> str:
    """What is exposed must be let in."""
    message = ""
    for path, port_name in by_key(host.paths):
        if spec.expose.enabled and spec.network.enabled and not lets_in(port_name, spec):
            message = f'{at}paths sends {path} to the port "{port_name}", and network.allowFrom lets nobody connect to it'
    return message
