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
    given = context.map
    context.check_between(0, LARGEST_ID, "runAsUser", "runAsGroup")
    context.check_one_of("procMount", "Default", "Unmasked", empty=False)
    _check_profiles(context)
    if given.get("allowPrivilegeEscalation") is False:
        if given.get("privileged") is True:
            context.refuse("privileged: true contradicts allowPrivilegeEscalation: false", "remove one")
        added = context.map_of("capabilities").get("add")
        if isinstance(added, list) and "CAP_SYS_ADMIN" in added:
            context.refuse("CAP_SYS_ADMIN contradicts allowPrivilegeEscalation: false", "remove one")


def check_pod_security(context: Node) -> None:
    """The security context of a pod."""
    context.check_between(0, LARGEST_ID, "fsGroup", "runAsUser", "runAsGroup")
    if "supplementalGroups" in context.map:
        for group in context["supplementalGroups"].items():
            group.between(0, LARGEST_ID)
    for field, policies in POLICIES.items() if context.has(*POLICIES) else ():
        context.check_one_of(field, *policies, empty=False)
    _check_profiles(context)
    if "sysctls" in context.map:
        _check_sysctls(context["sysctls"])


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
    if text.startswith("net.") and pod.map.get("hostNetwork") is True:
        name.refuse_value("is of the pod's network, and hostNetwork is true", "remove one")
    elif (text in OF_IPC or text.startswith("fs.mqueue.")) and pod.map.get("hostIPC") is True:
        name.refuse_value("is of the pod's IPC, and hostIPC is true", "remove one")


def _check_profiles(context: Node) -> None:
    for profile in context.given("seccompProfile", "appArmorProfile"):
        kind, given = profile.key, profile.map
        profile.check_one_of("type", *PROFILES, empty=False, absent=False)
        if given.get("type") != "Localhost" and "localhostProfile" not in given:
            continue
        local = profile["localhostProfile"]
        if given.get("type") == "Localhost":
            if kind == "seccompProfile" and local.present:
                local.named(names.relative_path)
            elif local.require():
                local.named(names.unpadded)
        elif local.present and (kind == "seccompProfile" or profile.text_of("type") in PROFILES):
            local.refuse("localhostProfile is only for type Localhost", "remove it")
