"""Where containers keep data: claims, shared volumes, and somewhere to write beside a read-only image."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import as_given, by_key, is_zero
from k8sgen.resolve.derivation import Release, derived, rule
from k8sgen.resolve.disruption import highest_replicas
from k8sgen.resolve.files import has_files
from k8sgen.resolve.security import has_source, read_only_root_filesystem
from k8sgen.spec.container import Container, ExtraContainer
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.volumes import Mount, Volume

MODES_DOCS = "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes"
MOUNTS = "ValidateVolumeMounts in k8s.io/kubernetes/pkg/apis/core/validation"
TEMPORARY = "/tmp"  # noqa: S108 - a path inside the container


@derived()
def claim_name(name: str, release: Release) -> str:
    """Name of the PersistentVolumeClaim behind a volume."""
    return f"{release.fullname}-{name}"


@derived(given="accessModes", reason="what every storage class can: one node at a time", source=MODES_DOCS)
def access_modes(volume: Volume) -> list[str]:
    """How many nodes or pods may mount a claim."""
    return ["ReadWriteOnce"]


@derived()
def mount_read_only(mount: Mount, volume: Volume) -> bool:
    """Whether one of several mounts refuses writes: it says so itself, or the volume does for all."""
    if mount.read_only is not None:
        return mount.read_only
    return volume.read_only is not None and volume.read_only


@derived()
def is_at_temporary(volume: Volume) -> bool:
    """Whether a volume is mounted at /tmp."""
    if volume.mount_path is not None and volume.mount_path.removesuffix("/") == TEMPORARY:
        return True
    return any(path.removesuffix("/") == TEMPORARY for path, _ in by_key(volume.mounts))


@derived()
def has_temporary(container: Container, spec: Spec) -> bool:
    """Whether a container gets a writable /tmp, because its image is read-only and nothing is mounted there."""
    return read_only_root_filesystem(container, spec) and not any(
        is_at_temporary(volume) for _, volume in by_key(container.volumes)
    )


@derived(reason="writable, since the image is read-only; gone with the pod")
def temporary_path(container: Container) -> str:
    """Where programs write what they need for a moment."""
    return TEMPORARY


@derived()
def temporary_volume(name: str, role: str, spec: Spec) -> str:
    """Name of the volume at /tmp; each container has its own, since what is there is nobody else's business."""
    if role != "main":
        return f"tmp-{name}"
    if "tmp" in spec.volumes:
        return "tmp-main"
    return "tmp"


@derived()
def has_mounts(container: Container, role: str, spec: Spec) -> bool:
    """Whether anything is mounted into a container."""
    return (
        has_temporary(container, spec)
        or (role == "main" and has_files(spec))
        or any(
            volume.mount_path is not None or bool(volume.mounts) for _, volume in by_key(container.volumes)
        )
    )


@derived()
def has_volumes(spec: Spec) -> bool:
    """Whether the pod has volumes."""
    found = bool(spec.volumes) or has_files(spec) or has_temporary(spec, spec)
    for _, container in by_key(spec.init_containers):
        if container.volumes or has_temporary(container, spec):
            found = True
    for _, container in by_key(spec.sidecars):
        if container.volumes or has_temporary(container, spec):
            found = True
    return found


@derived(source=MODES_DOCS)
def is_for_one(volume: Volume) -> bool:
    """Whether a volume is a claim that one node, or one pod, can mount at a time."""
    return volume.size is not None and not any(
        mode in ("ReadWriteMany", "ReadOnlyMany") for mode in access_modes(volume)
    )


@derived(source=MODES_DOCS)
def is_for_one_pod(volume: Volume) -> bool:
    """Whether a volume is a claim that one pod can mount at a time, even on one node."""
    return is_for_one(volume) and any(mode == "ReadWriteOncePod" for mode in access_modes(volume))


@derived()
def is_on_one_node(spec: Spec) -> bool:
    """Whether the pods are pinned to one node by its name."""
    return "kubernetes.io/hostname" in spec.placement.node_selector


@rule(
    "*.size",
    "*.accessModes",
    "replicas",
    "autoscaling.maxReplicas",
    each="containers.volumes",
    hint="set replicas: 1 and rollout.type: Recreate, or where the storage class can: accessModes: [ReadWriteMany]",
    source=MODES_DOCS,
)
def claim_shared_by_replicas(volume: Volume, spec: Spec, at: str) -> str:
    """All pods of a Deployment share its claims, so several pods need one that several nodes can mount."""
    if highest_replicas(spec) < 2:
        return ""
    if is_for_one_pod(volume):
        return f"{at}size makes a claim that one pod can mount (ReadWriteOncePod), and {highest_replicas(spec)} pods may run"
    if is_for_one(volume) and not is_on_one_node(spec):
        return (
            f"{at}size makes a claim that one node can mount (ReadWriteOnce), "
            f"and {highest_replicas(spec)} pods may run on several"
        )
    return ""


@rule(
    "*.size",
    "*.accessModes",
    "rollout.type",
    "rollout.maxSurge",
    each="containers.volumes",
    hint="set rollout.type: Recreate",
    source=MODES_DOCS,
)
def claim_held_by_the_old_pod(volume: Volume, spec: Spec, at: str) -> str:
    """A rollout that starts the new pod first waits for ever when the old one holds the claim."""
    if highest_replicas(spec) > 1 or spec.rollout.type != "RollingUpdate" or is_zero(spec.rollout.max_surge):
        return ""
    if is_for_one_pod(volume):
        return (
            f"{at}size makes a claim that one pod can mount (ReadWriteOncePod), "
            f"and rollout.maxSurge ({spec.rollout.max_surge}) starts the new pod while the old one holds it"
        )
    if is_for_one(volume) and not is_on_one_node(spec):
        return (
            f"{at}size makes a claim that one node can mount (ReadWriteOnce), and rollout.maxSurge "
            f"({spec.rollout.max_surge}) starts the new pod, perhaps elsewhere, while the old one holds it"
        )
    return ""


@rule(
    "*",
    each="containers.volumes",
    hint="say what the volume is: emptyDir: {}, size: 1Gi, configMap, secret or any other source of Kubernetes",
    source=MOUNTS,
)
def volume_without_source(volume: Volume, name: str, spec: Spec, at: str) -> str:
    """An entry mounts its own source, or in a further container the service's volume of its name."""
    if has_source(volume):
        return ""
    if at == f"volumes.{name}.":
        return f"volumes.{name} has no source"
    if name in spec.volumes:
        return ""
    return f"{at}mountPath has no volume: neither a source here nor volumes.{name}"


@derived()
def name_clash(name: str, at: str, kind: str, containers: dict[str, ExtraContainer], spec: Spec) -> str:
    """With which volume of the containers of a kind another volume of that name clashes.

    Of two containers that bring a volume, the later one is told.
    """
    message = ""
    for other, container in by_key(containers):
        path = f"{kind}.{other}.volumes.{name}"
        brings = (
            container.volumes is not None
            and name in container.volumes
            and has_source(container.volumes[name])
        )
        if brings and f"{path}." < at and not at.startswith("volumes."):
            message = f"{at.removesuffix('.')} and {path} are two volumes"
        if name == f"tmp-{other}" and has_temporary(container, spec):
            message = f"{at.removesuffix('.')} has the name of the volume at /tmp of {kind}.{other}"
    return message


@rule(
    "*",
    each="containers.volumes",
    hint="give one of them another name; leave the source out to mount the service's volume of that name",
    source=MOUNTS,
)
def volume_name_taken(volume: Volume, name: str, spec: Spec, at: str) -> str:
    """Volumes belong to the pod, so that a name is one volume for all of its containers."""
    if not has_source(volume):
        return ""
    if not at.startswith("volumes.") and name in spec.volumes:
        return f"{at.removesuffix('.')} has a source, and volumes.{name} is another volume of the pod"
    if has_files(spec) and name == "files":
        return f"{at.removesuffix('.')} has the name of the volume that holds files"
    clash = name_clash(name, at, "sidecars", spec.sidecars, spec)
    if clash == "":
        clash = name_clash(name, at, "initContainers", spec.init_containers, spec)
    return clash


@rule("*.volumes", "*.files", each="containers", hint="change one of the paths", source=MOUNTS)
def mount_path_taken(container: Container, spec: Spec, at: str) -> str:
    """One path of a container shows one thing."""
    message = ""
    taken: dict[str, str] = {}
    for name, volume in by_key(container.volumes):
        if volume.mount_path is not None:
            path = volume.mount_path.removesuffix("/")
            if path in taken:
                message = f"{at}volumes.{name} and {taken[path]} are both mounted at {volume.mount_path}"
            taken[path] = f"{at}volumes.{name}"
        for mount_path, _ in by_key(volume.mounts):
            path = mount_path.removesuffix("/")
            if path in taken:
                message = f"{at}volumes.{name} and {taken[path]} are both mounted at {mount_path}"
            taken[path] = f"{at}volumes.{name}"
    if at == "":
        for path, _ in by_key(spec.files):
            if path in taken:
                message = f"files[{path}] and {taken[path]} are both mounted at {path}"
    return message


@rule(
    "*.subPath",
    "*.mounts",
    each="containers.volumes",
    hint="add mountPath, or write subPath below each path of mounts",
)
def sub_path_of_no_mount(volume: Volume, at: str) -> str:
    """A part of a volume is mounted at mountPath."""
    if volume.sub_path is not None and volume.mount_path is None:
        return f"{at}subPath ({volume.sub_path}) stands without {at}mountPath"
    return ""


@rule(
    "*.storageClass",
    "*.accessModes",
    each="containers.volumes",
    hint="add size, which makes the claim",
)
def claim_without_size(volume: Volume, at: str) -> str:
    """Only a claim of our own has a class and modes."""
    if volume.size is None and volume.storage_class is not None:
        return f"{at}storageClass ({volume.storage_class}) stands without {at}size"
    if volume.size is None and as_given(volume.access_modes) is not None:
        return f"{at}accessModes stands without {at}size"
    return ""
