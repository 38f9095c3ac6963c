"""What is computed for each container."""

from __future__ import annotations

from k8sgen.resolve.derivation import derived
from k8sgen.spec.container import Container
from k8sgen.spec.ports import Port


@derived()
def image_reference(container: Container) -> str:
    """The image in one piece; the digest wins where both are given, and the tag stays for readers."""
    reference = container.image.repository
    if container.image.tag:
        reference = f"{reference}:{container.image.tag}"
    if container.image.digest:
        reference = f"{reference}@{container.image.digest}"
    return reference


@derived(given="image.pullPolicy", reason="a version never changes, so what the node has is good")
def image_pull_policy(container: Container) -> str:
    """When the kubelet pulls the image."""
    return "IfNotPresent"


@derived(given="protocol")
def port_protocol(port: Port) -> str:
    """Transport protocol of a port."""
    return "TCP"
