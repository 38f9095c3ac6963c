"""Where data of a container lives, and files that come with the spec."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from k8sgen.spec.model import Model, derived, optional, with_keys
from k8sgen.spec.resources import quantity_text
from k8sgen.spec.types import AbsolutePath, Base64, DnsName, KubernetesObject, NonEmpty, Quantity, Text
from k8sgen.yamltext.read import Map

AccessMode = Literal["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"]

SOURCES = (
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "hostPath",
    "image",
    "iscsi",
    "nfs",
    "persistentVolumeClaim",
    "photonPersistentDisk",
    "portworxVolume",
    "projected",
    "quobyte",
    "rbd",
    "scaleIO",
    "secret",
    "storageos",
    "vsphereVolume",
)
"""The volume sources of a pod, by Kubernetes' names (io.k8s.api.core.v1.Volume)."""


def source(key: str, description: str = "As in Kubernetes.", **bounds: Any) -> Any:
    """A volume source, which is what Kubernetes says it is."""
    return optional(description, kubernetes=f"io.k8s.api.core.v1.Volume#{key}", **bounds)


class Mount(Model):
    """One place where a volume is mounted."""

    sub_path: NonEmpty | None = optional("Path inside the volume.")
    sub_path_expr: NonEmpty | None = optional("Path inside the volume, with variables.")
    read_only: bool | None = optional("Refuse writes.")
    mount_propagation: Literal["None", "HostToContainer", "Bidirectional"] | None = optional(
        "Whether mounts are shared."
    )


class Volume(Model):
    """A volume and its mounts: a claim (`size`), or any Kubernetes volume source under its own name."""

    either: ClassVar = (("size", *SOURCES), ("mountPath", "mounts"))

    mount_path: AbsolutePath | None = optional("Where the volume is mounted.")
    sub_path: NonEmpty | None = optional("Path inside the volume.")
    read_only: bool | None = optional("Refuse writes.")
    mounts: dict[AbsolutePath, Mount] | None = optional("Several mounts of the same volume.")

    size: Quantity | None = optional("Makes a PersistentVolumeClaim of this size.")
    storage_class: str | None = optional("Storage class of the claim; the cluster's default unless given.")
    access_modes: list[AccessMode] | None = derived("ReadWriteOnce", "Access modes of the claim.")

    aws_elastic_block_store: KubernetesObject | None = source("awsElasticBlockStore")
    azure_disk: KubernetesObject | None = source("azureDisk")
    azure_file: KubernetesObject | None = source("azureFile")
    cephfs: KubernetesObject | None = source("cephfs")
    cinder: KubernetesObject | None = source("cinder")
    config_map: KubernetesObject | None = source("configMap")
    csi: KubernetesObject | None = source("csi")
    downward_api: KubernetesObject | None = source("downwardAPI", alias="downwardAPI")
    empty_dir: KubernetesObject | None = source(
        "emptyDir", "As in Kubernetes; `{}` is a directory that lives as long as the pod."
    )
    ephemeral: KubernetesObject | None = source("ephemeral")
    fc: KubernetesObject | None = source("fc")
    flex_volume: KubernetesObject | None = source("flexVolume")
    flocker: KubernetesObject | None = source("flocker")
    gce_persistent_disk: KubernetesObject | None = source("gcePersistentDisk")
    git_repo: KubernetesObject | None = source("gitRepo")
    glusterfs: KubernetesObject | None = source("glusterfs")
    host_path: KubernetesObject | None = source("hostPath")
    image: KubernetesObject | None = source("image")
    iscsi: KubernetesObject | None = source("iscsi")
    nfs: KubernetesObject | None = source("nfs")
    persistent_volume_claim: KubernetesObject | None = source(
        "persistentVolumeClaim", "As in Kubernetes: a claim that exists already."
    )
    photon_persistent_disk: KubernetesObject | None = source("photonPersistentDisk")
    portworx_volume: KubernetesObject | None = source("portworxVolume")
    projected: KubernetesObject | None = source("projected")
    quobyte: KubernetesObject | None = source("quobyte")
    rbd: KubernetesObject | None = source("rbd")
    scale_io: KubernetesObject | None = source("scaleIO", alias="scaleIO")
    secret: KubernetesObject | None = source("secret")
    storageos: KubernetesObject | None = source("storageos")
    vsphere_volume: KubernetesObject | None = source("vsphereVolume")

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A number as `size` becomes the text of a quantity."""
        if isinstance(value, dict) and "size" in value:
            return with_keys(value, {"size": quantity_text(value["size"])})
        return value


class ObjectKey(Model):
    """A key of a ConfigMap or Secret that exists already."""

    name: DnsName = Field(description="Name of the object.")
    key: NonEmpty = Field(description="Key in the object.")


class File(Model):
    """A file in the container. The short form is its text."""

    short_forms: ClassVar = ({"type": "string", "description": "The content."},)

    either: ClassVar = (("text", "binary", "configMap", "secret"),)
    required_one: ClassVar = either

    text: Text | None = optional("The content.")
    binary: Base64 | None = optional("The content in base64, for bytes that are no UTF-8 text.")
    config_map: ObjectKey | None = optional("Key of a ConfigMap that exists already.")
    secret: ObjectKey | None = optional("Key of a Secret that exists already.")
    mode: int | None = Field(
        default=None,
        ge=0,
        le=511,
        description="Permission bits as a decimal number: 420 is rw-r--r--, 288 is r--r-----.",
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """Text is the content; `fromFile` has become text or binary when the layer was read."""
        return Map({"text": value}) if isinstance(value, str) else value
