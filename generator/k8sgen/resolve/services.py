"""Which Services there are, and which ports each of them shows."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given, by_key, supports
from k8sgen.resolve.container import port_protocol
from k8sgen.resolve.derivation import Cluster, Release, derived, rule
from k8sgen.resolve.metadata import label_field
from k8sgen.spec.ports import Port
from k8sgen.spec.service import FurtherService, ServiceFields
from k8sgen.spec.service_spec import Spec

SERVICE_DOCS = "https://kubernetes.io/docs/concepts/services-networking/service/"
LONGEST_NAME = 63
"""Characters of a DNS label (RFC 1035)."""

VALIDATE_SERVICE = "ValidateService in k8s.io/kubernetes/pkg/apis/core/validation"


@derived(given="service.name")
def service_name(spec: Spec, release: Release) -> str:
    """Name of the service's own Service."""
    return release.fullname


@derived(given="name")
def further_service_name(service: FurtherService, key: str, release: Release) -> str:
    """Name of a further Service."""
    return f"{release.fullname}-{key}"


@derived(given="type", source=SERVICE_DOCS + "#publishing-services-service-types")
def service_type(service: ServiceFields) -> str:
    """How a Service is reached."""
    return "ClusterIP"


@service_type.because
def _(service: ServiceFields) -> str:
    if service.external_i_ps:
        return "reached inside the cluster, and at externalIPs"
    return "reached inside the cluster alone"


@derived(given="inService")
def main_port_in_service(port: Port) -> bool:
    """Whether a Service shows a port of the main container, unless it lists its ports."""
    return True


@derived(given="inService")
def sidecar_port_in_service(port: Port) -> bool:
    """Whether a Service shows a port of a sidecar, unless it lists its ports."""
    return False


@derived(given="servicePort")
def service_port(port: Port) -> int:
    """Number of a port in a Service."""
    return port.port


@derived(source=SERVICE_DOCS + "#field-spec-ports")
def target_port(port: Port, port_name: str, spec: Spec) -> int | str:
    """How a Service finds a port of the pods: by its name, or by its number where running pods may not have the name.

    Pods without the name have no port in the EndpointSlices: all traffic would stop until the first new pod is ready.
    """
    return port_name if as_given(spec.selector) is None else port.port


@target_port.because
def _(port: Port, port_name: str, spec: Spec) -> str:
    return "" if spec.selector is None else "pods that ran before this spec may have no name for it"


@derived(given="ports")
def service_port_names(service: ServiceFields, spec: Spec) -> list[str]:
    """Names of the ports that a Service shows: those it lists, else every port with inService."""
    names: list[str] = []
    for name, port in by_key(spec.ports):
        if main_port_in_service(port):
            names.append(name)
    for _sidecar, container in by_key(spec.sidecars):
        for name, port in by_key(container.ports):
            if sidecar_port_in_service(port):
                names.append(name)
    return names


@derived()
def shows_port(service: ServiceFields, port_name: str, spec: Spec) -> bool:
    """Whether a Service shows the port of a name."""
    return any(name == port_name for name in service_port_names(service, spec))


@derived(field="service.enabled", source=SERVICE_DOCS)
def service_needed(spec: Spec) -> bool:
    """Whether there is the service's own Service: there is none without a port to show."""
    return spec.service.enabled and bool(service_port_names(spec.service, spec))


@service_needed.because
def _(spec: Spec) -> str:
    if service_needed(spec):
        return "there is a port to show"
    return "no port has inService" if spec.ports else "no port: a worker that nobody calls"


@derived()
def has_service(spec: Spec) -> bool:
    """Whether any Service leads to the pods."""
    return service_needed(spec) or bool(spec.services)


@derived()
def opens_node_port(service: ServiceFields) -> bool:
    """Whether a Service takes ports on the nodes."""
    return service_type(service) in ("NodePort", "LoadBalancer")


@derived(source="https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution")
def traffic_distribution(service: ServiceFields, cluster: Cluster) -> str:
    """Which pods are preferred, in the words of the target version."""
    wanted = service.traffic_distribution or ""
    if wanted == "PreferClose" and supports("traffic-distribution-same-zone", cluster):
        return "PreferSameZone"
    if wanted in ("PreferSameZone", "PreferSameNode") and not supports(
        "traffic-distribution-same-zone", cluster
    ):
        return "PreferClose"
    return wanted


@traffic_distribution.because
def _(service: ServiceFields, cluster: Cluster) -> str:
    wanted, printed = service.traffic_distribution, traffic_distribution(service, cluster)
    if wanted == printed:
        return ""
    if wanted == "PreferClose":
        return "what PreferClose is called from Kubernetes 1.34"
    if wanted == "PreferSameNode":
        return "PreferSameNode needs Kubernetes 1.34; this prefers the same zone"
    return "PreferSameZone before it got that name in Kubernetes 1.34"


@derived()
def service_names(spec: Spec, release: Release) -> list[str]:
    """Names of all Services."""
    names: list[str] = []
    if service_needed(spec):
        names.append(service_name(spec, release))
    for key, service in by_key(spec.services):
        names.append(further_service_name(service, key, release))
    return names


@derived()
def ports_named(port_name: str, spec: Spec) -> list[int]:
    """Numbers of the ports of a name in the main container and in the sidecars."""
    numbers: list[int] = []
    for name, port in by_key(spec.ports):
        if name == port_name:
            numbers.append(port.port)
    for _sidecar, container in by_key(spec.sidecars):
        for name, port in by_key(container.ports):
            if name == port_name:
                numbers.append(port.port)
    return numbers


@derived()
def shown_addresses(service: ServiceFields, spec: Spec) -> list[str]:
    """Number and protocol of every port that a Service shows, such as 80/TCP."""
    addresses: list[str] = []
    for name, port in by_key(spec.ports):
        if shows_port(service, name, spec):
            addresses.append(f"{service_port(port)}/{port_protocol(port)}")
    for _sidecar, container in by_key(spec.sidecars):
        for name, port in by_key(container.ports):
            if shows_port(service, name, spec):
                addresses.append(f"{service_port(port)}/{port_protocol(port)}")
    return addresses


@rule("*.labels", "labels", each="allServices", hint="remove it here, or change the field that prints it")
def service_label_taken(service: ServiceFields, at: str, spec: Spec) -> str:
    """A label of a Service has one value."""
    message = ""
    for key, _value in by_key(service.labels):
        if label_field(key, spec) not in ("", "image.tag"):
            message = f"{at}labels[{key}] is printed for {label_field(key, spec)} already"
        elif key in spec.labels:
            message = f"{at}labels[{key}] is printed for labels[{key}] already"
    return message


@rule(
    "*.ports",
    each="allServices",
    hint="name ports of the main container or of a sidecar",
    source=SERVICE_DOCS,
)
def service_port_missing(service: ServiceFields, at: str, spec: Spec) -> str:
    """A Service can show only ports that a container has."""
    message = ""
    for name in service_port_names(service, spec):
        if not ports_named(name, spec):
            message = f'{at}ports names "{name}", and no container has a port of that name'
    return message


@rule(
    "*.ports",
    "ports",
    each="allServices",
    hint="give one of them another servicePort",
    source=VALIDATE_SERVICE,
)
def service_port_taken(service: ServiceFields, at: str, spec: Spec) -> str:
    """Each port of a Service has its own number and protocol."""
    message = ""
    for address in shown_addresses(service, spec):
        count = 0
        for other in shown_addresses(service, spec):
            if other == address:
                count += 1
        if count > 1:
            message = f"{at}ports shows {count} ports as {address}"
    return message


@rule(
    "*",
    each="services",
    hint="add a port to the main container, or make it headless",
    source=VALIDATE_SERVICE,
)
def service_without_ports(service: FurtherService, at: str, spec: Spec) -> str:
    """A Service shows a port; a headless one may also just give a name to the pods."""
    if not service_port_names(service, spec) and not service.headless:
        return f"{at.removesuffix('.')} has no port to show"
    return ""


@rule("*.name", "service.name", each="services", hint="give it another name", source=SERVICE_DOCS)
def service_name_taken(service: FurtherService, key: str, at: str, spec: Spec, release: Release) -> str:
    """Names of Services are unique in the namespace."""
    count = 0
    for name in service_names(spec, release):
        if name == further_service_name(service, key, release):
            count += 1
    if count > 1:
        return (
            f'{at}name is "{further_service_name(service, key, release)}", and so is that of another Service'
        )
    return ""


@rule("*", "name", each="services", hint="shorten the key, or give the Service a name", source=SERVICE_DOCS)
def service_name_too_long(service: FurtherService, key: str, at: str, release: Release) -> str:
    """A Service's name is part of a host name."""
    if len(further_service_name(service, key, release)) > LONGEST_NAME:
        return (
            f'{at}name would be "{further_service_name(service, key, release)}", '
            f"longer than the {LONGEST_NAME} characters of a host name"
        )
    return ""


@rule(
    "*.headless",
    "*.type",
    each="allServices",
    hint="remove headless, or the type",
    source=SERVICE_DOCS + "#headless-services",
)
def headless_with_type(service: ServiceFields, at: str) -> str:
    """A headless Service has no address, so nothing can be built on it."""
    if service.headless and service_type(service) != "ClusterIP":
        return f"{at}headless is true, and {at}type is {service_type(service)}, which needs an address"
    return ""


@rule(
    "*.externalTrafficPolicy",
    "*.type",
    each="allServices",
    hint="set type to NodePort or LoadBalancer, or remove it",
    source=VALIDATE_SERVICE,
)
def external_traffic_without_outside(service: ServiceFields, at: str) -> str:
    """Outside traffic reaches only Services that open a port to the outside."""
    if (
        service.external_traffic_policy is not None
        and not opens_node_port(service)
        and not service.external_i_ps
    ):
        return (
            f"{at}externalTrafficPolicy is {service.external_traffic_policy}, and {at}type is {service_type(service)}, "
            "which no outside traffic reaches"
        )
    return ""


@derived()
def load_balancer_field(service: ServiceFields) -> str:
    """The first field that only a load balancer has; nothing when there is none."""
    if service.load_balancer_class is not None:
        return "loadBalancerClass"
    if service.load_balancer_source_ranges is not None:
        return "loadBalancerSourceRanges"
    if service.allocate_load_balancer_node_ports is not None:
        return "allocateLoadBalancerNodePorts"
    if service.health_check_node_port is not None:
        return "healthCheckNodePort"
    return ""


@rule(
    "*.loadBalancerClass",
    "*.loadBalancerSourceRanges",
    "*.allocateLoadBalancerNodePorts",
    "*.healthCheckNodePort",
    "*.type",
    each="allServices",
    hint="set type to LoadBalancer, or remove it",
    source=VALIDATE_SERVICE,
)
def load_balancer_field_without_one(service: ServiceFields, at: str) -> str:
    """Fields of a load balancer need one."""
    if load_balancer_field(service) and service_type(service) != "LoadBalancer":
        return f"{at}{load_balancer_field(service)} is for a load balancer, and {at}type is {service_type(service)}"
    return ""


@rule(
    "*.healthCheckNodePort",
    "*.externalTrafficPolicy",
    each="allServices",
    hint="set externalTrafficPolicy to Local, or remove healthCheckNodePort",
    source=VALIDATE_SERVICE,
)
def health_check_without_local_traffic(service: ServiceFields, at: str) -> str:
    """Load balancers ask nodes for their health only when traffic stays on the node."""
    policy = service.external_traffic_policy or "Cluster"
    if service.health_check_node_port is not None and policy != "Local":
        return (
            f"{at}healthCheckNodePort ({service.health_check_node_port}) is for externalTrafficPolicy Local, "
            f"and that is {policy}"
        )
    return ""


@rule(
    "*.sessionAffinityConfig",
    "*.sessionAffinity",
    each="allServices",
    hint="set sessionAffinity to ClientIP, or remove sessionAffinityConfig",
    source=VALIDATE_SERVICE,
)
def affinity_config_without_affinity(service: ServiceFields, at: str) -> str:
    """How long a client stays is a question only when it stays."""
    affinity = service.session_affinity or "None"
    if service.session_affinity_config is not None and affinity != "ClientIP":
        return f"{at}sessionAffinityConfig is for sessionAffinity ClientIP, and that is {affinity}"
    return ""


@rule(
    "*.trafficDistribution",
    each="allServices",
    hint="remove it, or raise kubernetesVersion",
    source="https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-distribution",
)
def traffic_distribution_unknown(service: ServiceFields, at: str, cluster: Cluster) -> str:
    """Before 1.31 the API server drops the field without a word."""
    if service.traffic_distribution is not None and not supports("traffic-distribution", cluster):
        return f"{at}trafficDistribution is on from Kubernetes 1.31, and this is for 1.{cluster.minor}"
    return ""


@derived()
def node_port_services(port_name: str, spec: Spec) -> int:
    """How many Services would take a port of the nodes for a port."""
    count = 0
    if service_needed(spec) and opens_node_port(spec.service) and shows_port(spec.service, port_name, spec):
        count += 1
    for _key, service in by_key(spec.services):
        if opens_node_port(service) and shows_port(service, port_name, spec):
            count += 1
    return count


@rule(
    "*.nodePort",
    "service.type",
    each="ports",
    hint="set service.type to NodePort or LoadBalancer, or remove nodePort",
    source=VALIDATE_SERVICE,
)
def node_port_without_service(port: Port, port_name: str, at: str, spec: Spec) -> str:
    """A port of the nodes leads to one Service that takes node ports."""
    if port.node_port is None:
        return ""
    if node_port_services(port_name, spec) == 0:
        return f"{at}nodePort ({port.node_port}) needs a Service of type NodePort or LoadBalancer that shows the port"
    if node_port_services(port_name, spec) > 1:
        return (
            f"{at}nodePort ({port.node_port}) can lead to one Service, and {node_port_services(port_name, spec)} "
            "of type NodePort or LoadBalancer show the port"
        )
    return ""
