"""Security contexts of pods and containers.

Source: `pkg/apis/core/validation`: ValidateSecurityContext, validatePodSpecSecurityContext,
validateSeccompProfileField, ValidateAppArmorProfileField, validateSysctls.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

LARGEST_ID = 2**31 - 1
OF_IPC = {
    "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced", "kernel.msgmax",
    "kernel.msgmnb", "kernel.msgmni",
}  # fmt: skip
LONGEST_SYSCTL = 253
POLICIES = {
    "fsGroupChangePolicy": ("Always", "OnRootMismatch"),
    "supplementalGroupsPolicy": ("Merge", "Strict"),
    "seLinuxChangePolicy": ("MountOption", "Recursive"),
}
PROFILES = ("Localhost", "RuntimeDefault", "Unconfined")
_is_sysctl = re.compile(r"([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?").fullmatch


def check_container_security(context: Node) -> None:
    """The security context of a container."""
    for field in context.given("runAsUser", "runAsGroup"):
        field.between(0, LARGEST_ID)
    for mount in context.given("procMount"):
        mount.one_of("Default", "Unmasked", empty=False)
    _check_profiles(context)
    if context["allowPrivilegeEscalation"].value is False:
        if context["privileged"].value is True:
            context.refuse("privileged: true contradicts allowPrivilegeEscalation: false", "remove one")
        if "CAP_SYS_ADMIN" in context["capabilities"]["add"].texts:
            context.refuse("CAP_SYS_ADMIN contradicts allowPrivilegeEscalation: false", "remove one")


def check_pod_security(context: Node) -> None:
    """The security context of a pod."""
    for field in context.given("fsGroup", "runAsUser", "runAsGroup"):
        field.between(0, LARGEST_ID)
    for groups in context.given("supplementalGroups"):
        for group in groups.items():
            group.between(0, LARGEST_ID)
    for policy in context.given(*POLICIES):
        policy.one_of(*POLICIES[str(policy.key)], empty=False)
    _check_profiles(context)
    for sysctls in context.given("sysctls"):
        _check_sysctls(sysctls)


def _check_sysctls(sysctls: Node) -> None:
    seen: set[str] = set()
    for sysctl in sysctls.items():
        name = sysctl["name"]
        if name.require() and not (_is_sysctl(name.text) and len(name.text) <= LONGEST_SYSCTL):
            name.refuse_value("is no sysctl")
        name.only_once(seen, "is set twice")
        _check_namespace_of(name, sysctls.holder.holder)


def _check_namespace_of(name: Node, pod: Node) -> None:
    """ValidateHostSysctl: what belongs to the network or IPC of a pod is not set in those of the host."""
    text = name.text.replace("/", ".")
    if text.startswith("net.") and pod["hostNetwork"].value is True:
        name.refuse_value("is of the pod's network, and hostNetwork is true", "remove one")
    elif (text in OF_IPC or text.startswith("fs.mqueue.")) and pod["hostIPC"].value is True:
        name.refuse_value("is of the pod's IPC, and hostIPC is true", "remove one")


def _check_profiles(context: Node) -> None:
    for profile in context.given("seccompProfile", "appArmorProfile"):
        kind = profile.key
        profile["type"].one_of(*PROFILES, empty=False, absent=False)
        local = profile["localhostProfile"]
        if profile["type"].value == "Localhost":
            if kind == "seccompProfile" and local.present:
                local.named(names.relative_path)
            elif local.require():
                local.named(names.unpadded)
        elif local.present and (kind == "seccompProfile" or profile["type"].text in PROFILES):
            local.refuse("localhostProfile is only for type Localhost", "remove it")
