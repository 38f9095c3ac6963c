"""Volumes and their mounts.

Source: `pkg/apis/core/validation`: ValidateVolumes, validateVolumeSource, ValidateVolumeMounts,
validateProjectionSources, validateKeyToPath.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names
from k8sgen.validate.apiserver.claims import check_claim_spec
from k8sgen.validate.apiserver.fields import check_field_ref, check_resource_field_ref
from k8sgen.validate.apiserver.quantities import check_quantity
from k8sgen.validate.violation import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from k8sgen.validate.apiserver.node import Node
    from k8sgen.validate.violation import Pointer

SOURCES = (
    "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi", "glusterfs",
    "flocker", "persistentVolumeClaim", "rbd", "cinder", "cephfs", "quobyte", "downwardAPI", "fc", "flexVolume",
    "configMap", "azureFile", "vsphereVolume", "photonPersistentDisk", "azureDisk", "storageos", "projected", "scaleIO",
    "csi", "ephemeral", "image",
)  # fmt: skip
"""In the order in which the server looks at them: it takes the first and refuses the others."""
MISSPELLED = {"cephfs": "cephFS", "downwardAPI": "downwarAPI"}
"""As the server calls them when it refuses a second source."""
NEEDED = {
    "configMap": ("name",),
    "csi": ("driver",),
    "ephemeral": ("volumeClaimTemplate",),
    "hostPath": ("path",),
    "nfs": ("server", "path"),
    "persistentVolumeClaim": ("claimName",),
    "secret": ("secretName",),
}
HOST_PATH_TYPES = (
    "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
)  # fmt: skip
SHORTEST_TOKEN = 600


def check_volumes(volumes: Node) -> dict[str, int]:
    """All volumes of a pod: their names, each with the place of what was found about it, or -1 for nothing.

    The server does not know a volume that it refuses, and so names its mounts too.
    """
    seen: set[str] = set()
    known: dict[str, int] = {}
    for volume in volumes.items():
        before = len(volume.found)
        name = volume.text_of("name")
        volume.require_name("name", names.dns_label)
        volume.check_once("name", seen, "names two volumes")
        _check_source(volume)
        bad = len(volume.found) > before
        if known.get(name) != -1:
            known[name] = before if bad else -1
    return known


def _check_source(volume: Node) -> None:
    kinds = [key for key in volume.keys() if key != "name"]  # noqa: SIM118 - keys() leaves nulls out
    if len(kinds) > 1:
        kinds.sort(key=lambda kind: SOURCES.index(kind) if kind in SOURCES else len(SOURCES))
    for kind in kinds[1:]:
        volume[kind].refuse(
            f"{kinds[0]} and {kind} stand side by side, a volume has one source",
            "remove one",
            (*volume.pointer, MISSPELLED.get(kind, kind)),
        )
    if kinds:
        _check_kind(kinds[0], volume[kinds[0]])


def _check_kind(kind: str, source: Node) -> None:
    """The source of a volume, of which the server looks at the first alone."""
    for field in NEEDED.get(kind, ()):
        source.require_field(field)
    if check := KINDS.get(kind):
        check(source)


def _check_files(source: Node) -> None:
    """Keys of a ConfigMap or Secret."""
    if "defaultMode" in source.map:
        _check_mode(source["defaultMode"])
    if "items" in source.map:
        _check_items(source["items"])


def _check_downward(source: Node) -> None:
    for item in source["items"].items():
        _check_downward_item(item)
    _check_mode(source["defaultMode"])


def _check_host_path(source: Node) -> None:
    if source["path"].filled:
        source.check_name("path", names.no_backsteps)
        source.check_one_of("type", *HOST_PATH_TYPES)


def _check_ephemeral(source: Node) -> None:
    for template in source.given("volumeClaimTemplate"):
        check_claim_spec(template["spec"], template=True)


def _check_projected(projected: Node) -> None:
    _check_mode(projected["defaultMode"])
    paths: set[str] = set()
    for source in projected["sources"].items():
        kinds = source.keys()
        for kind in kinds[1:]:
            source[kind].refuse(
                f"{kinds[0]} and {kind} stand side by side, a source has one kind",
                "make two sources",
                source.pointer,
            )
        for kind in ("configMap", "secret"):
            if source[kind].present:
                source[kind]["name"].require()
                _check_items(source[kind]["items"], paths, projected.pointer)
        for item in source["downwardAPI"]["items"].items():
            _check_downward_item(item)
            if item["path"].filled:
                item.check_once("path", paths, "is written by two sources", projected.pointer)
        token = source["serviceAccountToken"]
        if token.present:
            token.require_name("path", names.local_path, (*projected.pointer, "path"))
            token.check_between(SHORTEST_TOKEN, 2**32, "expirationSeconds")


def _check_items(items: Node, paths: set[str] | None = None, projected: Pointer = ()) -> None:
    for item in items.items():
        item.require_field("key")
        if item.require_field("path"):
            item.check_name("path", names.local_path)
            if paths is not None:
                item.check_once("path", paths, "is written by two sources", projected)
        _check_mode(item["mode"])


def _check_downward_item(item: Node) -> None:
    """A file; the server names the volume and not the item."""
    before = len(item.found)
    item.require_name("path", names.local_path)
    _check_mode(item["mode"])
    field, resource = item["fieldRef"], item["resourceFieldRef"]
    if field.present == resource.present:
        item.refuse(
            "a file of the downward API has one of fieldRef and resourceFieldRef", "write one of them"
        )
    check_field_ref(field, in_volume=True)
    check_resource_field_ref(resource, in_volume=True)
    length = len(item.pointer) if len(item.found) > before else 0
    for index in range(before, len(item.found)):
        found = item.found[index]
        path = found.fields[0] if found.fields else found.pointer
        item.found[index] = found._replace(fields=((*path[: length - 2], *path[length:]),))


def _check_mode(mode: Node) -> None:
    if mode.integer is not None and not 0 <= mode.integer <= 0o777:
        mode.refuse_value("is no file mode, it must be 0 to 511 (octal 777)", "0644 is 420 in decimal")


KINDS: dict[str, Callable[[Node], object]] = {
    "configMap": _check_files,
    "csi": lambda source: source.check_name("driver", names.driver_name),
    "downwardAPI": _check_downward,
    "emptyDir": lambda source: [check_quantity(size) for size in source.given("sizeLimit")],
    "ephemeral": _check_ephemeral,
    "hostPath": _check_host_path,
    "image": lambda source: source.check_one_of("pullPolicy", "Always", "IfNotPresent", "Never"),
    "nfs": lambda source: source.check_name("path", names.absolute_path),
    "projected": _check_projected,
    "secret": _check_files,
}


def check_mounts(container: Node, volumes: dict[str, int]) -> None:
    """The mounts of a container of a pod with these volumes."""
    paths: set[str] = set()
    for mount in container["volumeMounts"].items():
        given = mount.map
        if mount.require_field("name"):
            _check_known(mount, volumes)
        if mount.require_field("mountPath"):
            mount.check_once("mountPath", paths, "is mounted twice")
        for part in mount.given("subPath", "subPathExpr"):
            part.named(names.relative_path, (*mount.holder.pointer, part.key))
        if given.get("subPath") and given.get("subPathExpr"):
            mount["subPathExpr"].refuse("subPath and subPathExpr stand side by side", "remove one")
        if "mountPropagation" in given:
            _check_propagation(mount, container)
        if "recursiveReadOnly" in given:
            _check_recursive_read_only(mount)
    if container.map.get("volumeDevices"):
        _check_devices(container, volumes)


def _check_known(mount: Node, volumes: dict[str, int]) -> None:
    name = mount.text_of("name")
    found = volumes.get(name)
    if found is None:
        meant = nearest(name, volumes)
        mount["name"].refuse_value(
            "is no volume of the pod", f'did you mean "{meant}"?' if meant else "add the volume"
        )
    elif found >= 0:
        bad = mount.found[found]
        named = (*mount.pointer, "name")
        mount.found[found] = bad._replace(fields=(*(bad.fields or (bad.pointer,)), named))


def _check_devices(container: Node, volumes: dict[str, int]) -> None:
    """ValidateVolumeDevices."""
    devices, mounts = container["volumeDevices"], container["volumeMounts"]
    seen: set[str] = set()
    paths: set[str] = set()
    for device in devices.items():
        name, path = device["name"], device["devicePath"]
        if name.require():
            _check_known(device, volumes)
            _check_is_claim(name, container)
        name.only_once(seen, "is there twice")
        if path.require():
            path.only_once(paths, "is there twice")
            path.named(names.no_backsteps)
    for mount in mounts.items():
        if mount.text_of("name") in seen:
            mount["name"].refuse_value("is in volumeDevices too", "remove one")
        if mount.text_of("mountPath") in paths:
            mount["mountPath"].refuse_value("is in volumeDevices too", "change one")


def _check_is_claim(name: Node, container: Node) -> None:
    """A block device is a claim."""
    pod = container.holder.holder
    for volume in pod["volumes"].items():
        if volume["name"].value == name.value and not volume.has("persistentVolumeClaim", "ephemeral"):
            name.refuse_value("is no claim, as a block device must be", "mount it under volumeMounts")


def _check_propagation(mount: Node, container: Node) -> None:
    propagation = mount["mountPropagation"]
    field = (*mount.holder.pointer, "mountPropagation")  # the server leaves the index out
    propagation.one_of("Bidirectional", "HostToContainer", "None", empty=False, field=field)
    if propagation.value == "Bidirectional" and container["securityContext"]["privileged"].value is not True:
        propagation.refuse_value("needs a privileged container", field=field)


def _check_recursive_read_only(mount: Node) -> None:
    wanted = mount["recursiveReadOnly"]
    field = (*mount.holder.pointer, "recursiveReadOnly")
    wanted.one_of("Disabled", "IfPossible", "Enabled", empty=False, field=field)
    if wanted.text in {"IfPossible", "Enabled"}:
        if mount["readOnly"].value is not True:
            wanted.refuse_value("needs readOnly: true", field=field)
        if mount.text_of("mountPropagation") not in {"", "None"}:
            wanted.refuse_value("needs mountPropagation None", field=field)
