"""What a container may do to its node."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from k8sgen.spec.model import Model, default, derived, optional
from k8sgen.spec.types import Id, KubernetesObject

Capability = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=64)]


class ContainerSecurity(Model):
    """The security of one container beside the main one; what it leaves out is as in `security`."""

    run_as_user: Id | None = optional("User id of the process.")
    run_as_group: Id | None = optional("Group id of the process.")
    run_as_non_root: bool | None = derived("true under podSecurity restricted", "Refuse to start as root.")
    read_only_root_filesystem: bool | None = derived("as in security", "Mount the image read-only.")
    allow_privilege_escalation: bool | None = derived(
        "false under podSecurity restricted and baseline", "Whether setuid programs may gain rights."
    )
    privileged: bool | None = optional("Every right on the node.")
    add_capabilities: list[Capability] | None = derived("as in security", "Linux capabilities to keep.")
    drop_capabilities: list[Capability] | None = derived("ALL under podSecurity restricted", "Linux capabilities to drop.")
    seccomp_profile: KubernetesObject | None = derived(
        "RuntimeDefault under podSecurity restricted and baseline", "Filter of system calls."
    )
    se_linux_options: KubernetesObject | None = optional("SELinux labels.")
    app_armor_profile: KubernetesObject | None = optional("AppArmor profile.")


class Security(ContainerSecurity):
    """The security of the pod and of every container in it."""

    pod_security: Literal["restricted", "baseline", "privileged"] = default(
        "restricted", "The Pod Security Standard that the pod meets.", "the strictest Pod Security Standard"
    )
    read_only_root_filesystem: bool = default(
        True, "Mount the image read-only.", "nothing can be changed in the running image; write to volumes or /tmp"
    )
    fs_group: Id | None = optional("Group that owns the pod's volumes.")
    fs_group_change_policy: Literal["Always", "OnRootMismatch"] | None = optional("When ownership of volumes is changed.")
    supplemental_groups: list[Id] | None = optional("Further groups of the processes.")
    sysctls: list[KubernetesObject] | None = optional("Kernel parameters of the pod, each `{name, value}`.")
