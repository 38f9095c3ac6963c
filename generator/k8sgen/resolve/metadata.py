"""Names and labels."""

from __future__ import annotations

from k8sgen.resolve.derivation import Release, derived
from k8sgen.spec.service_spec import Spec

NAME_LABEL = "app.kubernetes.io/name"
INSTANCE_LABEL = "app.kubernetes.io/instance"


@derived(given="selector")
def selector_labels(spec: Spec, release: Release) -> dict[str, str]:
    """The labels by which everything finds the pods; they can never change, so no version is among them."""
    return {NAME_LABEL: spec.name, INSTANCE_LABEL: release.name}


@derived()
def prints_label(key: str, spec: Spec) -> bool:
    """Whether one of our own labels is printed, which an adopted selector may already hold."""
    return spec.selector is None or key not in spec.selector


@derived()
def version_label(spec: Spec) -> str:
    """The label app.kubernetes.io/version; nothing when the image has no tag."""
    return spec.image.tag or ""


@derived(given="containerName")
def container_name(spec: Spec) -> str:
    """Name of the main container."""
    return spec.name


@derived(given="serviceAccount.name")
def service_account_name(spec: Spec, release: Release) -> str:
    """Name of the ServiceAccount of the pods."""
    return release.fullname


@derived(reason="no environment variable for every Service of the namespace")
def enable_service_links(spec: Spec) -> bool:
    """Whether the pod gets Docker-style variables of all Services, which collide with the app's own."""
    return False
