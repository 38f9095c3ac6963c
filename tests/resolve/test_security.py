"""The Pod Security Standards as security contexts."""

from __future__ import annotations

import pytest

from k8sgen.resolve import security
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import RELEASE, loaded, spec


@pytest.mark.parametrize(
    ("standard", "non_root", "seccomp", "escalation", "dropped"),
    [
        ("restricted", True, {"type": "RuntimeDefault"}, False, ["ALL"]),
        ("baseline", False, {"type": "RuntimeDefault"}, False, []),
        ("privileged", False, {}, True, []),
    ],
)
def test_a_standard_sets_what_it_asks_for(
    standard: str, *, non_root: bool, seccomp: dict[str, str], escalation: bool, dropped: list[str]
) -> None:
    """And nothing that it does not ask for."""
    service = spec(f"security: {{podSecurity: {standard}}}\n")
    assert security.run_as_non_root(service) is non_root
    assert security.seccomp_profile(service) == seccomp
    assert security.allow_privilege_escalation(service, service) is escalation
    assert security.drop_capabilities(service, service) == dropped
    assert security.has_pod_security(service) is (standard != "privileged")
    assert security.read_only_root_filesystem(service, service) is True


def test_reasons_name_the_standard() -> None:
    """So that a reader knows what to change."""
    service = spec("security: {podSecurity: baseline}\n")
    assert (
        security.seccomp_profile.reason(service)
        == "podSecurity baseline; the runtime's own filter of system calls"
    )
    assert (
        security.allow_privilege_escalation.reason(service, service)
        == "podSecurity baseline; no setuid program gains rights"
    )


def test_a_sidecar_is_as_security_says_unless_it_says_otherwise() -> None:
    """Rights that are given to the main container are its own."""
    service = spec(
        "security: {podSecurity: privileged, readOnlyRootFilesystem: false, privileged: true, runAsUser: 7}\n"
        "sidecars:\n  a: {image: 'a:1', order: 1}\n"
        "  b: {image: 'b:1', order: 2, security: {readOnlyRootFilesystem: true, runAsUser: 8, runAsNonRoot: true}}\n"
    )
    first, second = service.sidecars["a"], service.sidecars["b"]
    assert security.read_only_root_filesystem(first, service) is False
    assert security.read_only_root_filesystem(second, service) is True
    assert security.effective_user(first, service) == 7
    assert security.effective_user(second, service) == 8
    assert security.refuses_root(first, service, "sidecars.a.") is False
    assert security.refuses_root(second, service, "sidecars.b.") is True
    assert security.is_privileged(service) is True
    assert security.is_privileged(first) is False


@pytest.mark.parametrize(
    "added",
    [
        "security: {podSecurity: baseline, runAsUser: 0, addCapabilities: [CHOWN]}\n",
        "security: {podSecurity: privileged, privileged: true, addCapabilities: [SYS_ADMIN]}\n",
        "security: {addCapabilities: [NET_BIND_SERVICE], runAsUser: 1000, runAsNonRoot: true}\n",
        "security: {podSecurity: privileged}\npod: {hostNetwork: true}\n",
        "security: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}\n",
        "pod: {hostNetwork: false}\n",
        "security: {seccompProfile: {type: Localhost, localhostProfile: a.json}}\n",
        "security: {podSecurity: baseline}\nvolumes: {share: {nfs: {server: a, path: /}, mountPath: /share}}\n",
    ],
)
def test_what_a_standard_allows_is_not_refused(added: str) -> None:
    """Weaker standards and harmless rights."""
    assert not check_rules(loaded(added), RELEASE, Cluster(35))


def test_privileged_container_that_may_not_escalate_is_a_contradiction() -> None:
    """The API server refuses the pair."""
    added = "security: {podSecurity: privileged, privileged: true, allowPrivilegeEscalation: false}\n"
    problems = check_rules(loaded(added), RELEASE, Cluster(35))
    assert [problem.message for problem in problems] == [
        "security.allowPrivilegeEscalation (false) contradicts security.privileged (true)"
    ]


def test_sidecar_that_is_root_is_refused_where_root_is() -> None:
    """The pod's runAsNonRoot holds for it too."""
    problems = check_rules(
        loaded("sidecars: {a: {image: 'a:1', security: {runAsUser: 0}}}\n"), RELEASE, Cluster(35)
    )
    assert [problem.message for problem in problems] == [
        "sidecars.a.security.runAsUser (0) is root, and runAsNonRoot is true"
    ]


CLAIM = "replicas: 1\nrollout: {type: Recreate}\nvolumes: {data: {size: 1Gi, mountPath: /data}}\n"


@pytest.mark.parametrize(
    ("added", "group"),
    [
        (CLAIM, 65532),
        (CLAIM + "security: {runAsUser: 1000}\n", 1000),
        (CLAIM + "security: {runAsUser: 1000, runAsGroup: 2000}\n", 2000),
        (CLAIM + "security: {runAsUser: 1000, runAsGroup: 0}\n", 1000),
        (CLAIM + "security: {fsGroup: 3000}\n", 3000),
        ("security: {fsGroup: 3000}\n", 3000),
    ],
)
def test_claimed_storage_belongs_to_a_group_of_the_processes(added: str, group: int) -> None:
    """New storage is root's, and processes are not root."""
    service = spec(added)
    assert security.has_fs_group(service) is True
    assert security.fs_group(service) == group
    assert security.fs_group_change_policy(service) == "OnRootMismatch"


@pytest.mark.parametrize("added", ["", CLAIM + "security: {podSecurity: baseline}\n"])
def test_no_group_is_chosen_without_need(added: str) -> None:
    """Without a claim, or where the process may be root."""
    assert security.has_fs_group(spec(added)) is False


def test_reasons_are_true_for_the_case() -> None:
    """A user that is given needs no hint to give one; a sidecar follows what security says."""
    hint = "podSecurity restricted; an image that runs as root needs security.runAsUser"
    assert security.run_as_non_root.reason(spec()) == hint
    assert security.run_as_non_root.reason(spec("security: {runAsUser: 5}\n")) == "podSecurity restricted"
    plain = spec("sidecars: {a: {image: 'a:1'}}\n")
    read_only = "nothing can be changed in the running image; write to volumes or /tmp"
    assert security.read_only_root_filesystem.reason(plain.sidecars["a"], plain) == read_only
    writable = spec("security: {readOnlyRootFilesystem: false}\nsidecars: {a: {image: 'a:1'}}\n")
    assert security.read_only_root_filesystem.reason(writable.sidecars["a"], writable) == "as security says"
