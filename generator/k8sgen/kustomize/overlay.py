"""What an overlay says: how the objects of an environment come from those of the base."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from k8sgen.kustomize.patches import Patch, deletion, patch_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Object = dict[str, Any]

KUSTOMIZATION: Final = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization"}
CLUSTER_WIDE: Final = ("ClusterRole", "ClusterRoleBinding")
BINDINGS: Final = ("RoleBinding", "ClusterRoleBinding")


@dataclass(slots=True)
class Overlay:
    """The difference between a base and an environment."""

    namespace: str = ""
    """What kustomize writes into every namespaced object, or nothing."""
    patches: list[tuple[int, Patch]] = field(default_factory=list)
    """For objects of the base, by their number, what changes in them."""
    added: list[int] = field(default_factory=list)
    """The numbers of the environment's objects that the base lacks."""
    rewritten: list[int] = field(default_factory=list)
    """The numbers of the environment's service accounts for which kustomize would rewrite a binding."""


def overlay_between(
    base: Sequence[Object], wanted: Sequence[Object], namespaces: tuple[str | None, str | None]
) -> Overlay:
    """What makes the objects of an environment from those of the base.

    `namespaces` are those of the service in the base and in the environment.
    """
    overlay = Overlay()
    before, after = namespaces
    if after and before != after and takes_namespace(wanted, after):
        overlay.namespace = after
    partners = pairs(base, wanted, namespaces)
    for number, obj in enumerate(base):
        partner = partners.get(number)
        if partner is None:
            overlay.patches.append((number, deletion(obj)))
            continue
        target = wanted[partner]
        if not overlay.namespace and moves_subject(obj, target, wanted):
            if place(obj, obj["metadata"].get("namespace")) != place(
                target, target["metadata"].get("namespace")
            ):
                overlay.patches.append((number, deletion(obj)))
                del partners[number]
            else:
                overlay.rewritten.append(partner)
            continue
        if overlay.namespace and "namespace" in target["metadata"]:
            target = in_namespace(target, obj["metadata"].get("namespace"))
        patch = patch_between(without_empty_annotations(obj), without_empty_annotations(target))
        if patch is not None:
            overlay.patches.append((number, patch))
    met = set(partners.values())
    overlay.added = [number for number in range(len(wanted)) if number not in met]
    return overlay


def pairs(
    base: Sequence[Object], wanted: Sequence[Object], namespaces: tuple[str | None, str | None]
) -> dict[int, int]:
    """Which object of the base is which of the environment, by their numbers.

    An object in the service's namespace is looked for in that of the environment.
    """
    before, after = namespaces
    places = {place(obj, obj["metadata"].get("namespace")): number for number, obj in enumerate(wanted)}
    found: dict[int, int] = {}
    for moved in (False, True):
        for number, obj in enumerate(base):
            namespace = obj["metadata"].get("namespace")
            if number in found or (moved and namespace != before):
                continue
            partner = places.get(place(obj, after if moved else namespace))
            if partner is not None and partner not in found.values():
                found[number] = partner
    return found


def place(obj: Mapping[str, Any], namespace: str | None) -> tuple[str, str, str, str]:
    """What kustomize tells objects apart by; no namespace is `default` to it."""
    return (obj["apiVersion"], obj["kind"], namespace or "default", obj["metadata"]["name"])


def takes_namespace(objects: Sequence[Object], namespace: str) -> bool:
    """Whether kustomize's `namespace` does to each object what is wanted, and nothing else.

    It takes every kind that it does not know for a namespaced one, so all but cluster roles must want it. It
    also reaches into subjects named `default`, and writes the namespace of a service account that it moved
    into the subjects of bindings.
    """
    subjects = subjects_elsewhere(objects, namespace)
    for obj in objects:
        expected = None if obj["kind"] in CLUSTER_WIDE else namespace
        if obj["metadata"].get("namespace") != expected:
            return False
        if obj["kind"] == "ServiceAccount" and obj["metadata"]["name"] in subjects:
            return False
    return "default" not in subjects


def subjects_elsewhere(objects: Sequence[Object], namespace: str | None) -> set[str]:
    """The names of subjects of bindings that are not said to be in a namespace."""
    return {
        str(subject.get("name"))
        for obj in objects
        if obj["kind"] in BINDINGS
        for subject in obj.get("subjects") or ()
        if subject.get("namespace") != namespace
    }


def moves_subject(obj: Object, target: Object, objects: Sequence[Object]) -> bool:
    """Whether a service account comes into a namespace that a binding's subject of its name leaves out.

    Kustomize would write the namespace there. Dropped and added again, the account is none that was moved.
    """
    after = target["metadata"].get("namespace")
    return (
        obj["kind"] == "ServiceAccount"
        and after is not None
        and obj["metadata"].get("namespace") != after
        and obj["metadata"]["name"] in subjects_elsewhere(objects, after)
    )


def in_namespace(obj: Object, namespace: str | None) -> Object:
    """An object as it is in another namespace, or in none."""
    metadata = {
        key: namespace if key == "namespace" else value
        for key, value in obj["metadata"].items()
        if key != "namespace" or namespace is not None
    }
    return {**obj, "metadata": metadata}


def without_empty_annotations(obj: Object) -> Object:
    """An object as kustomize reads it: it leaves annotations out where there are none."""
    if obj["metadata"].get("annotations", True):
        return obj
    return {**obj, "metadata": {key: value for key, value in obj["metadata"].items() if key != "annotations"}}


def base_kustomization(files: Sequence[str]) -> Object:
    """The kustomization.yaml of the base, for its files in their order."""
    return {**KUSTOMIZATION, "resources": list(files)}


def overlay_kustomization(
    overlay: Overlay, base: Sequence[Object], patch_files: Sequence[str], added_files: Sequence[str]
) -> Object:
    """The kustomization.yaml of an overlay; the files are those of its patches and of what it adds."""
    kustomization: Object = dict(KUSTOMIZATION)
    if overlay.namespace:
        kustomization["namespace"] = overlay.namespace
    kustomization["resources"] = ["../../base", *added_files]
    if overlay.patches:
        kustomization["patches"] = [
            {"path": file, **({"target": target(base[number])} if patch.is_json else {})}
            for file, (number, patch) in zip(patch_files, overlay.patches, strict=True)
        ]
    return kustomization


def target(obj: Mapping[str, Any]) -> Object:
    """How kustomize finds the object of a JSON Patch: by regular expressions for the whole of each name."""
    group, _, version = obj["apiVersion"].rpartition("/")
    names = {
        "group": group,
        "version": version,
        "kind": obj["kind"],
        "name": obj["metadata"]["name"],
        "namespace": obj["metadata"].get("namespace") or "",
    }
    return {key: name.replace(".", r"\.") for key, name in names.items() if name}
