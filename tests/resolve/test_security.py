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
