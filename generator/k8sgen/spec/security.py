"""What a container may do to its node."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from k8sgen.spec.model import Model, default, derived, optional, required
from k8sgen.spec.types import Id, KubernetesObject, NonEmpty, Text

Capability = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=64)]


class Sysctl(Model):
    """A kernel parameter."""

    name: NonEmpty = required("Name, such as `net.core.somaxconn`.")
    value: Text = required("Value.")


class ContainerSecurity(Model):
    """The security of one container beside the main one.

    What it leaves out is as in `security`, but for the rights that are given to one container alone.
    """

    run_as_user: Id | None = optional("User id of the process.")
    run_as_group: Id | None = optional("Group id of the process.")
    run_as_non_root: bool | None = optional("Refuse to start as root.")
    read_only_root_filesystem: bool | None = derived(
        "as in security, where it is true", "Mount the image read-only."
    )
    allow_privilege_escalation: bool | None = derived(
        "false under podSecurity restricted and baseline", "Whether setuid programs may gain rights."
    )
    privileged: bool | None = optional("Every right on the node, for this container alone.")
    add_capabilities: list[Capability] | None = optional(
        "Linux capabilities to keep, for this container alone."
    )
    drop_capabilities: list[Capability] | None = derived(
        "ALL under podSecurity restricted", "Linux capabilities to drop."
    )
    seccomp_profile: KubernetesObject | None = optional(
        "Filter of system calls.", kubernetes="io.k8s.api.core.v1.SeccompProfile"
    )
    se_linux_options: KubernetesObject | None = optional(
        "SELinux labels.", kubernetes="io.k8s.api.core.v1.SELinuxOptions"
    )
    app_armor_profile: KubernetesObject | None = optional(
        "AppArmor profile, from Kubernetes 1.30.", kubernetes="io.k8s.api.core.v1.AppArmorProfile"
    )
    proc_mount: Literal["Default", "Unmasked"] | None = optional(
        "What of /proc is hidden, for this container alone."
    )


class Security(ContainerSecurity):
    """The security of the pod and of every container in it."""

    pod_security: Literal["restricted", "baseline", "privileged"] = default(
        "restricted", "The Pod Security Standard that the pod meets."
    )
    run_as_non_root: bool | None = derived("true under podSecurity restricted", "Refuse to start as root.")
    seccomp_profile: KubernetesObject | None = derived(
        "RuntimeDefault under podSecurity restricted and baseline",
        "Filter of system calls.",
        kubernetes="io.k8s.api.core.v1.SeccompProfile",
    )
    fs_group: Id | None = derived(
        "runAsGroup, runAsUser or 65532 when there is a claim and root is refused",
        "Group that owns the pod's volumes.",
    )
    fs_group_change_policy: Literal["Always", "OnRootMismatch"] | None = derived(
        "OnRootMismatch where there is an fsGroup", "When ownership of volumes is changed."
    )
    supplemental_groups: list[Id] | None = optional("Further groups of the processes.")
    supplemental_groups_policy: Literal["Merge", "Strict"] | None = optional(
        "Whether groups of the image count as well."
    )
    se_linux_change_policy: Literal["MountOption", "Recursive"] | None = optional(
        "How volumes get their SELinux labels."
    )
    sysctls: list[Sysctl] | None = optional("Kernel parameters of the pod.")
