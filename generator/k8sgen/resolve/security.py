"""What the processes may do to their node: the Pod Security Standards as security contexts.

Fields that both a pod and its containers have stand at the pod, once, where Pod Security looks for
them too; a container says what differs, and what only containers have.
"""

from __future__ import annotations

from typing import Any

from k8sgen.resolve.arithmetic import as_given, by_key, supports
from k8sgen.resolve.derivation import Cluster, derived, rule
from k8sgen.spec.container import Container
from k8sgen.spec.ports import Port
from k8sgen.spec.probes import Probe
from k8sgen.spec.service_spec import Spec
from k8sgen.spec.volumes import Volume

STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"
CONTEXT_DOCS = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"

NON_ROOT_GROUP = 65532
"""The group `nonroot` of images without a distribution; any group would do."""

BASELINE_CAPABILITIES = (
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
)
"""What baseline lets a container add."""

SE_LINUX_TYPES = ("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t")
"""Types that baseline allows."""

SAFE_SYSCTLS = (
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
)
"""Kernel parameters that baseline allows."""


@derived(given="security.runAsNonRoot", source=STANDARDS)
def run_as_non_root(spec: Spec) -> bool:
    """Whether the kubelet refuses to start a process as root."""
    return spec.security.pod_security == "restricted"


@run_as_non_root.because
def _(spec: Spec) -> str:
    if spec.security.run_as_user is not None:
        return "podSecurity restricted"
    return "podSecurity restricted; an image that runs as root needs security.runAsUser"


@derived()
def has_claim(spec: Spec) -> bool:
    """Whether a container mounts storage that the spec claims."""
    found = any(volume.size is not None for _, volume in by_key(spec.volumes))
    for _, container in by_key(spec.init_containers):
        if any(volume.size is not None for _, volume in by_key(container.volumes)):
            found = True
    for _, container in by_key(spec.sidecars):
        if any(volume.size is not None for _, volume in by_key(container.volumes)):
            found = True
    return found


@derived(source=CONTEXT_DOCS)
def has_fs_group(spec: Spec) -> bool:
    """Whether volumes belong to a group of the processes: new storage is root's, and they may not be root."""
    return as_given(spec.security.fs_group) is not None or (has_claim(spec) and run_as_non_root(spec))


@derived(given="security.fsGroup", source=CONTEXT_DOCS)
def fs_group(spec: Spec) -> int:
    """The group that owns the pod's volumes, to which all processes are added, whatever their own."""
    if spec.security.run_as_group is not None and spec.security.run_as_group > 0:
        return spec.security.run_as_group
    if spec.security.run_as_user is not None:
        return spec.security.run_as_user
    return NON_ROOT_GROUP


@fs_group.because
def _(spec: Spec) -> str:
    return "new storage belongs to root; processes are in this group, so they can write to it"


@derived(
    given="security.fsGroupChangePolicy",
    reason="a volume that is the group's already is not walked through at every start",
    source=CONTEXT_DOCS,
)
def fs_group_change_policy(spec: Spec) -> str:
    """When the kubelet changes the group of what is in a volume."""
    return "OnRootMismatch"


@derived(given="security.seccompProfile", source=STANDARDS)
def seccomp_profile(spec: Spec) -> dict[str, Any]:
    """The filter of system calls; none under podSecurity privileged."""
    if spec.security.pod_security == "privileged":
        return {}
    return {"type": "RuntimeDefault"}


@seccomp_profile.because
def _(spec: Spec) -> str:
    return f"podSecurity {spec.security.pod_security}; the runtime's own filter of system calls"


@derived()
def has_pod_security(spec: Spec) -> bool:
    """Whether there is anything to say for the pod as a whole."""
    security = spec.security
    return bool(
        run_as_non_root(spec)
        or seccomp_profile(spec)
        or security.run_as_user is not None
        or security.run_as_group is not None
        or has_fs_group(spec)
        or security.supplemental_groups
        or security.supplemental_groups_policy is not None
        or security.se_linux_options is not None
        or security.se_linux_change_policy is not None
        or security.app_armor_profile is not None
        or security.sysctls
    )


@derived(given="security.readOnlyRootFilesystem")
def root_is_read_only(spec: Spec) -> bool:
    """Whether containers see their image read-only, unless one says otherwise."""
    return True


@derived(given="security.readOnlyRootFilesystem", source=CONTEXT_DOCS)
def read_only_root_filesystem(container: Container, spec: Spec) -> bool:
    """Whether one container sees its image read-only."""
    return root_is_read_only(spec)


@read_only_root_filesystem.because
def _(container: Container, spec: Spec) -> str:
    if root_is_read_only.given_value(spec) is not None:
        return "as security says"
    return "nothing can be changed in the running image; write to volumes or /tmp"


@derived()
def is_privileged(container: Container) -> bool:
    """Whether a container has every right on the node."""
    return (
        container.security is not None
        and container.security.privileged is not None
        and container.security.privileged
    )


@derived(given="security.allowPrivilegeEscalation", source=STANDARDS)
def allow_privilege_escalation(container: Container, spec: Spec) -> bool:
    """Whether setuid programs may gain rights; a privileged container has them all anyway."""
    return spec.security.pod_security == "privileged" or is_privileged(container)


@allow_privilege_escalation.because
def _(container: Container, spec: Spec) -> str:
    return f"podSecurity {spec.security.pod_security}; no setuid program gains rights"


@derived(given="security.dropCapabilities", reason="podSecurity restricted", source=STANDARDS)
def drop_capabilities(container: Container, spec: Spec) -> list[str]:
    """The Linux capabilities that a container loses."""
    if spec.security.pod_security == "restricted":
        return ["ALL"]
    return []


@derived()
def effective_user(container: Container, spec: Spec) -> int | None:
    """The user id of a container's process: its own, else the pod's; None is the image's."""
    if container.security is not None and container.security.run_as_user is not None:
        return container.security.run_as_user
    return spec.security.run_as_user


@derived()
def refuses_root(container: Container, spec: Spec, at: str) -> bool:
    """Whether the kubelet refuses to start a container as root; `at` is empty for the main one."""
    if at != "" and container.security is not None and container.security.run_as_non_root is not None:
        return container.security.run_as_non_root
    return run_as_non_root(spec)


@rule(
    "*.security.runAsUser",
    "security.runAsUser",
    "*.security.runAsNonRoot",
    "security.runAsNonRoot",
    "security.podSecurity",
    each="containers",
    hint="name another user, or let the process be root: podSecurity: baseline",
    source=CONTEXT_DOCS,
)
def root_user_refused(container: Container, spec: Spec, at: str) -> str:
    """The kubelet would not start a process of user 0 where root is refused."""
    user = effective_user(container, spec)
    if user is not None and user == 0 and refuses_root(container, spec, at):
        return f"{at}security.runAsUser (0) is root, and runAsNonRoot is true"
    return ""


@rule(
    "*.security.runAsNonRoot",
    "security.podSecurity",
    each="containers",
    hint="leave it out, or meet a weaker standard: podSecurity: baseline",
    source=STANDARDS,
)
def root_allowed_under_restricted(container: Container, spec: Spec, at: str) -> str:
    """Restricted pods refuse to run as root."""
    if spec.security.pod_security == "restricted" and not refuses_root(container, spec, at):
        return f"{at}security.runAsNonRoot (false) does not meet podSecurity restricted"
    return ""


@rule(
    "*.security.privileged",
    "security.podSecurity",
    each="containers",
    hint="leave it out and add single capabilities, or write podSecurity: privileged",
    source=STANDARDS,
)
def privileged_container(container: Container, spec: Spec, at: str) -> str:
    """Only the privileged standard allows privileged containers."""
    if spec.security.pod_security != "privileged" and is_privileged(container):
        return f"{at}security.privileged (true) does not meet podSecurity {spec.security.pod_security}"
    return ""


@rule(
    "*.security.allowPrivilegeEscalation",
    "*.security.privileged",
    "security.podSecurity",
    each="containers",
    hint="leave it out, or meet a weaker standard: podSecurity: baseline",
    source=STANDARDS,
)
def privilege_escalation_against_standard(container: Container, spec: Spec, at: str) -> str:
    """Restricted pods gain no rights; a privileged container cannot be kept from it."""
    escalates = allow_privilege_escalation(container, spec)
    if spec.security.pod_security == "restricted" and escalates and not is_privileged(container):
        return f"{at}security.allowPrivilegeEscalation (true) does not meet podSecurity restricted"
    if is_privileged(container) and not escalates:
        return f"{at}security.allowPrivilegeEscalation (false) contradicts {at}security.privileged (true)"
    return ""


@rule(
    "*.security.addCapabilities",
    "security.podSecurity",
    each="containers",
    hint="restricted allows NET_BIND_SERVICE alone; baseline allows those that container runtimes give by default",
    source=STANDARDS,
)
def added_capability_against_standard(container: Container, spec: Spec, at: str) -> str:
    """Standards name the capabilities that a container may add."""
    message = ""
    if container.security is not None and container.security.add_capabilities is not None:
        standard = spec.security.pod_security
        for capability in container.security.add_capabilities:
            if (standard == "restricted" and capability != "NET_BIND_SERVICE") or (
                standard == "baseline" and capability not in BASELINE_CAPABILITIES
            ):
                message = f"{at}security.addCapabilities ({capability}) does not meet podSecurity {standard}"
    return message


@rule(
    "*.security.dropCapabilities",
    "security.podSecurity",
    each="containers",
    hint="leave it out and add what the process needs to addCapabilities",
    source=STANDARDS,
)
def capabilities_kept_under_restricted(container: Container, spec: Spec, at: str) -> str:
    """Restricted containers drop every capability."""
    if spec.security.pod_security != "restricted" or any(
        capability == "ALL" for capability in drop_capabilities(container, spec)
    ):
        return ""
    return f"{at}security.dropCapabilities does not hold ALL, which podSecurity restricted asks for"


@rule(
    "*.security.seccompProfile",
    "security.podSecurity",
    each="containers",
    hint="leave it out for RuntimeDefault, or name a Localhost profile",
    source=STANDARDS,
)
def system_calls_unconfined(container: Container, spec: Spec, at: str) -> str:
    """Only the privileged standard allows every system call."""
    if spec.security.pod_security == "privileged" or container.security is None:
        return ""
    profile = container.security.seccomp_profile
    if profile is not None and "type" in profile and profile["type"] == "Unconfined":
        return (
            f"{at}security.seccompProfile (Unconfined) does not meet podSecurity {spec.security.pod_security}"
        )
    return ""


@rule(
    "*.security.appArmorProfile",
    "security.podSecurity",
    each="containers",
    hint="leave it out for the runtime's default, or name a Localhost profile",
    source=STANDARDS,
)
def app_armor_unconfined(container: Container, spec: Spec, at: str) -> str:
    """Only the privileged standard switches AppArmor off."""
    if spec.security.pod_security == "privileged" or container.security is None:
        return ""
    profile = container.security.app_armor_profile
    if profile is not None and "type" in profile and profile["type"] == "Unconfined":
        return f"{at}security.appArmorProfile (Unconfined) does not meet podSecurity {spec.security.pod_security}"
    return ""


@rule(
    "*.security.seLinuxOptions",
    "security.podSecurity",
    each="containers",
    hint="leave user and role out and type to the runtime, or write podSecurity: privileged",
    source=STANDARDS,
)
def se_linux_against_standard(container: Container, spec: Spec, at: str) -> str:
    """Standards allow the types of ordinary containers, and no user or role."""
    if spec.security.pod_security == "privileged" or container.security is None:
        return ""
    options = container.security.se_linux_options
    if options is None:
        return ""
    what = ""
    if "type" in options and options["type"] not in SE_LINUX_TYPES:
        what = f"type ({options['type']})"
    if "user" in options:
        what = f"user ({options['user']})"
    if "role" in options:
        what = f"role ({options['role']})"
    if what == "":
        return ""
    return f"{at}security.seLinuxOptions.{what} does not meet podSecurity {spec.security.pod_security}"


@rule(
    "security.sysctls",
    "security.podSecurity",
    hint="leave it out, or write podSecurity: privileged",
    source=STANDARDS,
)
def unsafe_sysctl(spec: Spec) -> str:
    """Standards name the kernel parameters that concern the pod alone."""
    message = ""
    if spec.security.pod_security != "privileged" and spec.security.sysctls is not None:
        for sysctl in spec.security.sysctls:
            if sysctl.name not in SAFE_SYSCTLS:
                message = (
                    f"security.sysctls ({sysctl.name}) does not meet podSecurity {spec.security.pod_security}"
                )
    return message


@rule(
    "*.security.procMount",
    "security.podSecurity",
    each="containers",
    hint="leave it out, or write podSecurity: privileged",
    source=STANDARDS,
)
def proc_unmasked(container: Container, spec: Spec, at: str) -> str:
    """Only the privileged standard shows all of /proc."""
    if spec.security.pod_security == "privileged" or container.security is None:
        return ""
    if container.security.proc_mount is not None and container.security.proc_mount == "Unmasked":
        return f"{at}security.procMount (Unmasked) does not meet podSecurity {spec.security.pod_security}"
    return ""


@rule(
    "*.httpGet.host",
    "*.tcpSocket.host",
    "security.podSecurity",
    each="containers.probes",
    hint="leave it out: the kubelet asks the pod; a Host header goes into httpHeaders",
    source=STANDARDS,
)
def probe_host_against_standard(probe: Probe, spec: Spec, at: str) -> str:
    """Only the privileged standard lets the kubelet ask somebody else than the pod."""
    if spec.security.pod_security == "privileged":
        return ""
    if probe.http_get is not None and probe.http_get.host is not None:
        return (
            f"{at}httpGet.host ({probe.http_get.host}) does not meet podSecurity {spec.security.pod_security}"
        )
    if probe.tcp_socket is not None and probe.tcp_socket.host is not None:
        return f"{at}tcpSocket.host ({probe.tcp_socket.host}) does not meet podSecurity {spec.security.pod_security}"
    return ""


@rule(
    "*.hostPort",
    "security.podSecurity",
    each="containers.ports",
    hint="use a Service, or write podSecurity: privileged",
    source=STANDARDS,
)
def host_port_against_standard(port: Port, spec: Spec, at: str) -> str:
    """Only the privileged standard takes ports of the node."""
    if port.host_port is not None and spec.security.pod_security != "privileged":
        return f"{at}hostPort ({port.host_port}) does not meet podSecurity {spec.security.pod_security}"
    return ""


@derived()
def has_source(volume: Volume) -> bool:
    """Whether an entry says what the volume is; without, it mounts the service's volume of its name."""
    return (
        volume.size is not None
        or volume.aws_elastic_block_store is not None
        or volume.azure_disk is not None
        or volume.azure_file is not None
        or volume.cephfs is not None
        or volume.cinder is not None
        or volume.config_map is not None
        or volume.csi is not None
        or volume.downward_api is not None
        or volume.empty_dir is not None
        or volume.ephemeral is not None
        or volume.fc is not None
        or volume.flex_volume is not None
        or volume.flocker is not None
        or volume.gce_persistent_disk is not None
        or volume.git_repo is not None
        or volume.glusterfs is not None
        or volume.host_path is not None
        or volume.image is not None
        or volume.iscsi is not None
        or volume.nfs is not None
        or volume.persistent_volume_claim is not None
        or volume.photon_persistent_disk is not None
        or volume.portworx_volume is not None
        or volume.projected is not None
        or volume.quobyte is not None
        or volume.rbd is not None
        or volume.scale_io is not None
        or volume.secret is not None
        or volume.storageos is not None
        or volume.vsphere_volume is not None
    )


@derived(source=STANDARDS)
def is_plain_volume(volume: Volume) -> bool:
    """Whether a volume is of a kind that restricted pods may have, or names one that is judged elsewhere."""
    return (
        volume.size is not None
        or volume.config_map is not None
        or volume.csi is not None
        or volume.downward_api is not None
        or volume.empty_dir is not None
        or volume.ephemeral is not None
        or volume.image is not None
        or volume.persistent_volume_claim is not None
        or volume.projected is not None
        or volume.secret is not None
    )


@rule(
    "*.hostPath",
    "*",
    "security.podSecurity",
    each="containers.volumes",
    hint="claim storage with size or persistentVolumeClaim, or meet a weaker standard: "
    "podSecurity: baseline, for hostPath privileged",
    source=STANDARDS,
)
def volume_against_standard(volume: Volume, spec: Spec, at: str) -> str:
    """Only the privileged standard mounts the node's own files; restricted knows few other kinds."""
    standard = spec.security.pod_security
    if volume.host_path is not None and standard != "privileged":
        return f"{at}hostPath does not meet podSecurity {standard}"
    if standard == "restricted" and has_source(volume) and not is_plain_volume(volume):
        return f"{at.removesuffix('.')} is of a kind that does not meet podSecurity restricted"
    return ""


@rule(
    "pod.hostNetwork",
    "pod.hostPID",
    "pod.hostIPC",
    "security.podSecurity",
    hint="leave it out, or write podSecurity: privileged",
    source=STANDARDS,
)
def host_namespace_against_standard(spec: Spec) -> str:
    """Only the privileged standard shares the node's network, processes or memory."""
    message = ""
    if spec.security.pod_security != "privileged":
        for key, value in by_key(spec.pod):
            if key in ("hostNetwork", "hostPID", "hostIPC") and value:
                message = f"pod.{key} (true) does not meet podSecurity {spec.security.pod_security}"
    return message


@rule(
    "*.security.appArmorProfile",
    each="containers",
    hint="raise kubernetesVersion to 1.30, or leave the profile out: the runtime's default applies",
    source="AppArmorFields in k8s.io/kubernetes/pkg/features",
)
def app_armor_before_its_time(container: Container, cluster: Cluster, at: str) -> str:
    """The field is dropped without a word before 1.30."""
    if container.security is None or container.security.app_armor_profile is None:
        return ""
    if not supports("app-armor-profile", cluster):
        return f"{at}security.appArmorProfile is read from Kubernetes 1.30 on, and the target is 1.{cluster.minor}"
    return ""
