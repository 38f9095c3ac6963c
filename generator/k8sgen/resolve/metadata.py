"""Names and labels."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given
from k8sgen.resolve.derivation import Release, derived, rule
from k8sgen.spec.service_spec import Spec

NAME_LABEL = "app.kubernetes.io/name"
INSTANCE_LABEL = "app.kubernetes.io/instance"
PART_OF_LABEL = "app.kubernetes.io/part-of"
VERSION_LABEL = "app.kubernetes.io/version"
LONGEST_LABEL = 63
LABEL_DOCS = "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/"


@derived(given="selector")
def selector_labels(spec: Spec, release: Release) -> dict[str, str]:
    """The labels by which everything finds the pods; they can never change, so no version is among them."""
    return {NAME_LABEL: spec.name, INSTANCE_LABEL: release.name}


@derived()
def prints_label(key: str, spec: Spec) -> bool:
    """Whether one of our own labels is printed, which an adopted selector may already hold."""
    adopted = as_given(spec.selector)
    return adopted is None or key not in adopted


@derived()
def version_label(spec: Spec) -> str:
    """The label app.kubernetes.io/version: the tag, where there is one and a label may hold it."""
    tag = spec.image.tag or ""
    if len(tag) > LONGEST_LABEL or tag.startswith("_") or tag.endswith(("_", "-", ".")):
        return ""
    return tag


@derived(given="containerName")
def container_name(spec: Spec) -> str:
    """Name of the main container."""
    return spec.name


@derived()
def has_key(key: str, entries: dict[str, str] | None) -> bool:
    """Whether a map has a key."""
    return entries is not None and key in entries


@derived()
def label_field(key: str, spec: Spec) -> str:
    """The field whose label of this key is printed already; nothing when the key is free."""
    adopted = as_given(spec.selector)
    if adopted is not None and key in adopted:
        return "selector"
    if key in (NAME_LABEL, INSTANCE_LABEL):
        return "name"
    if key == PART_OF_LABEL and spec.part_of is not None:
        return "partOf"
    if key == VERSION_LABEL and version_label(spec) != "":
        return "image.tag"
    if key == "team" and spec.team is not None:
        return "team"
    return ""


@rule("*", each="labels", hint="remove it here, or change the field that prints it", source=LABEL_DOCS)
def label_taken(value: str, key: str, spec: Spec) -> str:
    """A label has one value."""
    field = label_field(key, spec)
    if field != "":
        return f"labels[{key}] is printed for {field} already"
    return ""


@rule("*", each="podLabels", hint="remove it here, or change the field that prints it", source=LABEL_DOCS)
def pod_label_taken(value: str, key: str, spec: Spec) -> str:
    """A label of the pods has one value."""
    field = label_field(key, spec)
    if field != "":
        return f"podLabels[{key}] is printed for {field} already"
    if key in spec.labels:
        return f"podLabels[{key}] is printed for labels[{key}] already"
    return ""


@rule("*", each="podAnnotations", hint="keep one of them; annotations stand on the pods too")
def pod_annotation_taken(value: str, key: str, spec: Spec) -> str:
    """An annotation of the pods has one value."""
    if key in spec.annotations:
        return f"podAnnotations[{key}] is printed for annotations[{key}] already"
    return ""


@derived(reason="no environment variable for every Service of the namespace")
def enable_service_links(spec: Spec) -> bool:
    """Whether the pod gets Docker-style variables of all Services, which collide with the app's own."""
    return False
