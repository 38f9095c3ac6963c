"""What is computed for each container."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import by_key
from k8sgen.resolve.derivation import derived, rule
from k8sgen.spec.container import Container
from k8sgen.spec.ports import Port
from k8sgen.spec.service_spec import Spec

IMAGE_DOCS = "https://kubernetes.io/docs/concepts/containers/images/#image-names"
PULL_DOCS = "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"
PORT_DOCS = "https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking"


@derived()
def image_reference(container: Container) -> str:
    """The image in one piece; the digest wins where both are given, and the tag stays for readers."""
    reference = container.image.repository
    if container.image.tag:
        reference = f"{reference}:{container.image.tag}"
    if container.image.digest:
        reference = f"{reference}@{container.image.digest}"
    return reference


@derived(given="image.pullPolicy", source=PULL_DOCS)
def image_pull_policy(container: Container) -> str:
    """When the kubelet pulls the image."""
    return "IfNotPresent"


@image_pull_policy.because
def _(container: Container) -> str:
    if container.image.digest:
        return "pulled once a node, and a digest never moves"
    return "pulled once a node, so the tag must never move"


@derived(given="protocol")
def port_protocol(port: Port) -> str:
    """Transport protocol of a port."""
    return "TCP"


@rule(
    "*.image.tag",
    "*.image.repository",
    each="containers",
    hint="name a version, such as :1.4.2, or a digest",
    source=IMAGE_DOCS,
)
def image_without_version(container: Container, at: str) -> str:
    """A tag that moves lets two pods of one rollout run different code."""
    if container.image.digest:
        return ""
    if not container.image.tag:
        return f"{at}image ({container.image.repository}) names no version, which means latest"
    if container.image.tag == "latest":
        return f"{at}image ({container.image.repository}:latest) moves: two pods could run different code"
    return ""


@derived()
def ports_clash(port: Port, name: str, other_port: Port, other: str) -> bool:
    """Whether two ports of a pod cannot both be: the same name, or the same number and protocol."""
    return name == other or (
        port.port == other_port.port and port_protocol(port) == port_protocol(other_port)
    )


@rule(
    "*",
    each="containers.ports",
    hint="the containers of a pod share one network: change the number, or give the port another name",
    source=PORT_DOCS,
)
def port_taken(port: Port, name: str, spec: Spec, at: str) -> str:
    """Containers of a pod share its network, so that a port is free or taken for all of them."""
    here = at.removesuffix(".")
    message = ""
    for other, other_port in by_key(spec.ports):
        is_told_there = at.startswith("ports.") and other >= name
        if not is_told_there and ports_clash(port, name, other_port, other):
            message = f"{here} ({port.port}) and ports.{other} ({other_port.port}) clash"
    for key, container in by_key(spec.sidecars):
        for other, other_port in by_key(container.ports):
            path = f"sidecars.{key}.ports.{other}"
            if here.startswith("sidecars.") and path < here and ports_clash(port, name, other_port, other):
                message = f"{here} ({port.port}) and {path} ({other_port.port}) clash"
    return message
