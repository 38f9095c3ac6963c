"""The operating system of a pod, and the fields that only the other one has.

Source: `pkg/apis/core/validation`: validateOS, validateLinux, validateWindows, validateWindowsHostProcessPod,
validateWindowsSecurityContextOptions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.validate.apiserver import names

if TYPE_CHECKING:
    from k8sgen.validate.apiserver.node import Node

LISTS = ("containers", "initContainers", "ephemeralContainers")
OF_LINUX_PODS = (
    "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser",
    "runAsGroup", "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
)  # fmt: skip
OF_LINUX_CONTAINERS = (
    "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
    "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
)  # fmt: skip
OF_HOSTS = ("hostPID", "hostIPC")


def check_operating_system(pod: Node) -> None:
    """A pod that says which system it needs."""
    _check_host_processes(pod)
    for system in pod.given("os"):
        if system.require_field("name"):
            _check_system(pod, system)


def _check_system(pod: Node, system: Node) -> None:
    system.check_one_of("name", "linux", "windows", empty=False, field=system.pointer)
    containers = [each for kind in LISTS for each in pod[kind].items()]
    if system["name"].value == "linux":
        for context in (pod["securityContext"], *(each["securityContext"] for each in containers)):
            if context["windowsOptions"].present:
                context["windowsOptions"].refuse("a pod of Linux has no windowsOptions", "remove it")
    elif system["name"].value == "windows":
        _refuse_linux(pod, containers)


def _refuse_linux(pod: Node, containers: list[Node]) -> None:
    given = [pod["securityContext"][field] for field in OF_LINUX_PODS]
    given += [each["securityContext"][field] for each in containers for field in OF_LINUX_CONTAINERS]
    given += [pod[field] for field in ("hostUsers", "shareProcessNamespace", "resources")]
    for value in given:
        if value.present and value.value != []:
            value.refuse(f"a pod of Windows has no {value.pointer[-1]}", "remove it")
    for field in OF_HOSTS:
        if pod.map.get(field) is True:
            pod[field].refuse(f"a pod of Windows has no {field}", "remove it")


def _check_host_processes(pod: Node) -> None:
    """Containers that run as processes of a Windows host are all of their pod, and in its network."""
    containers = [each for kind in pod.given(*LISTS) for each in kind.items()]
    if not any("windowsOptions" in each.map_of("securityContext") for each in (pod, *containers)):
        return
    own = pod["securityContext"]["windowsOptions"]
    _check_options(own)
    asked = []
    for container in containers:
        options = container["securityContext"]["windowsOptions"]
        _check_options(options)
        wanted = options["hostProcess"]
        if own["hostProcess"].present and wanted.present and own["hostProcess"].value != wanted.value:
            wanted.refuse_value("is not what the pod says", "remove one")
        asked.append((wanted if wanted.present else own["hostProcess"]).value is True)
    if any(asked):
        if not all(asked):
            pod.refuse("some containers are processes of the host and some are not", "write it of the pod")
        if pod["hostNetwork"].value is not True:
            pod["hostNetwork"].refuse("processes of the host are in its network", "write hostNetwork: true")


def _check_options(options: Node) -> None:
    if not options.present:
        return
    options.check_name("gmsaCredentialSpecName", names.dns_subdomain)
    for field in ("gmsaCredentialSpec", "runAsUserName"):
        if options[field].value == "":
            options[field].refuse(f'"{field}" is empty', "remove it")
    options.check_name("runAsUserName", _user)


def _user(text: str) -> str:
    domain, slash, user = text.rpartition("\\")
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        return "holds control characters"
    if "\\" in domain:
        return "holds more than one backslash"
    if slash and (len(domain) > 255 or names.dns_subdomain(domain.lower())):
        return "has no domain before the backslash"
    if not user or len(user) > 104 or not user.strip(". ") or set(user) & set('"/:;|=,+*?<>@[]'):
        return "is no user of Windows"
    return ""
