"""Rules of security at their edges: what they say, where, and what they pass over."""

from __future__ import annotations

import pytest

from k8sgen.findings import Severity
from tests.lint.linting import faults, said

ROLE = """apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {{name: orders}}
rules:
  - {}
"""


def pods(body: str, kind: str = "Deployment", annotations: str = "{}") -> str:
    """A workload whose pod spec begins in line 8."""
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: orders, annotations: {annotations}}}\nspec:\n"
        "  selector: {matchLabels: {app: orders}}\n"
        "  template:\n    metadata: {labels: {app: orders}}\n    spec:\n"
        + "".join(f"      {line}\n" for line in body.split("\n"))
    )


def one(fields: str) -> str:
    """A container with these fields."""
    return f"containers: [{{name: a, image: a:1, {fields}}}]"


def env(name: str, value: str) -> str:
    """A container with one variable."""
    return pods(one(f'env: [{{name: {name}, value: "{value}"}}]'))


def test_hardening_names_all_that_is_open_at_once() -> None:
    """One finding a container, with what the pod says taken into account."""
    text = pods(
        "securityContext: {runAsNonRoot: true}\n" + one("securityContext: {readOnlyRootFilesystem: true}")
    )
    assert said(text, "container-hardening") == [
        (
            '10:59 spec.template.spec.containers[0].securityContext: container "a" leaves open: '
            "allowPrivilegeEscalation, capabilities, seccompProfile"
        )
    ]


@pytest.mark.parametrize(
    "body",
    [
        "os: {name: windows}\ncontainers: [{name: a, image: a:1}]",
        one("securityContext: {privileged: true}"),
    ],
)
def test_hardening_is_silent(body: str) -> None:
    """Windows has none of the five, and a privileged container has a rule of its own."""
    assert not said(pods(body), "container-hardening")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "securityContext: {runAsUser: 0}\n" + one("tty: true"),
            ["9:36 spec.template.spec.securityContext.runAsUser: runAsUser 0 is root"],
        ),
        ("securityContext: {runAsUser: 0}\n" + one("securityContext: {runAsUser: 10}"), []),
        ("hostUsers: false\n" + one("securityContext: {runAsUser: 0}"), []),
        ("securityContext: {runAsNonRoot: false, runAsUser: 10}\n" + one("tty: true"), []),
    ],
)
def test_root(body: str, expected: list[str]) -> None:
    """The pod's user is told once, a container's own goes before it."""
    assert said(pods(body), "runs-as-root") == expected


@pytest.mark.parametrize(
    ("context", "severity"),
    [
        ("privileged: true, allowPrivilegeEscalation: true", None),
        ("capabilities: {add: [SYS_ADMIN]}", None),
        ("capabilities: {add: [NET_ADMIN]}", Severity.WARNING),
        ("allowPrivilegeEscalation: true", Severity.WARNING),
        ("seccompProfile: {type: Unconfined}", Severity.WARNING),
    ],
)
def test_rights_over_the_node(context: str, severity: Severity | None) -> None:
    """Each is told once, milder where it is no way to the node by itself."""
    found = faults(pods(one(f"securityContext: {{{context}}}")), "privileged-container")
    assert [each.severity for each in found] == [severity]


@pytest.mark.parametrize(
    ("path", "kind", "read_only", "severity"),
    [
        ("/run/containerd/containerd.sock", "DaemonSet", "true", None),
        ("/etc/cni/net.d", "Deployment", "false", None),
        ("/etc/cni/net.d", "DaemonSet", "false", Severity.WARNING),
        ("/etc/cni/net.d", "Deployment", "true", Severity.WARNING),
        ("/etcetera", "Deployment", "false", Severity.WARNING),
        ("/var/log", "DaemonSet", "true", Severity.INFO),
    ],
)
def test_directories_of_the_node(path: str, kind: str, read_only: str, severity: Severity | None) -> None:
    """How grave it is depends on what lies there, who may write, and whether it is there for the node."""
    mount = one(f"volumeMounts: [{{name: v, mountPath: /v, readOnly: {read_only}}}]")
    found = faults(pods(f"{mount}\nvolumes: [{{name: v, hostPath: {{path: {path}}}}}]", kind), "host-path")
    assert [each.severity for each in found] == [severity]


def test_ports_of_the_node_are_told_once() -> None:
    """With the network of the node every port is one of the node."""
    text = pods("hostNetwork: true\n" + one("ports: [{containerPort: 80, hostPort: 80}]"), "DaemonSet")
    assert said(text, "host-namespaces") == [
        "9:20 spec.template.spec.hostNetwork: hostNetwork true: the pod has the network of the node, past every NetworkPolicy"
    ]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DB_PASSWORD", "hunter2", "a secret of 7 characters"),
        ("apiKey", "abcdef", "a secret of 6 characters"),
        ("POSTGRES_PWD", "changeme", "a secret of 8 characters"),
        ("REDIS", "redis://:hunter2@redis:6379", "an address with a password"),
        ("ID", "AKIAIOSFODNN7EXAMPLE", "a key or token"),
    ],
)
def test_secrets(name: str, value: str, expected: str) -> None:
    """A secret is told by its name or its form, and never repeated."""
    (line,) = said(env(name, value), "secret-in-env")
    assert line.endswith(f'.env[0].value: variable "{name}" holds {expected} in plain text')


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD", "$(OTHER)"),
        ("DB_PASSWORD", "${DB_PASSWORD}"),
        ("DB_PASSWORD", "/run/secrets/db"),
        ("DB_PASSWORD_FILE", "db"),
        ("TOKEN_TTL", "15m"),
        ("REQUIRE_TOKEN", "true"),
        ("MAX_TOKEN", "4096"),
        ("AWS_ACCESS_KEY_ID", "someone"),
        ("TOKEN", "https://issuer.example.com/token"),
        ("MONKEY", "george"),
        ("URL", "postgres://orders:$(PASSWORD)@db"),
        ("URL", "http://orders:8080/a@b"),
    ],
)
def test_no_secrets(name: str, value: str) -> None:
    """References, switches, numbers and addresses are none."""
    assert not said(env(name, value), "secret-in-env")


def test_token_of_an_account_that_refuses_it() -> None:
    """What the account says counts where the pod says nothing."""
    account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default}\nautomountServiceAccountToken: false\n"
    body = pods(one("tty: true"))
    assert said(body, "service-account-token") == [
        (
            "8:5 spec.template.spec.automountServiceAccountToken: "
            'the token of the ServiceAccount "default" is mounted into every container'
        )
    ]
    assert not said(body + account, "service-account-token")


@pytest.mark.parametrize(
    ("rule", "grant", "found"),
    [
        ("rbac-wildcard", '{apiGroups: ["*"], resources: [pods], verbs: [get]}', []),
        ("rbac-wildcard", '{apiGroups: [acme.io], resources: ["*"], verbs: ["*"]}', [Severity.INFO]),
        (
            "rbac-wildcard",
            '{apiGroups: [external.metrics.k8s.io], resources: ["*"], verbs: [get]}',
            [Severity.INFO],
        ),
        ("rbac-wildcard", '{apiGroups: [networking.k8s.io], resources: ["*"], verbs: [get]}', [None]),
        ("rbac-wildcard", '{apiGroups: [apps], resources: [deployments], verbs: ["*"]}', [None]),
        ("rbac-reads-secrets", '{apiGroups: [""], resources: [secrets], verbs: [create]}', []),
        ("rbac-reads-secrets", '{apiGroups: [""], resources: [pods, secrets], verbs: [list]}', [None]),
        ("rbac-creates-pods", '{apiGroups: [""], resources: [pods], verbs: [get, list]}', []),
        ("rbac-creates-pods", '{apiGroups: [""], resources: [pods/exec], verbs: [get]}', [None]),
    ],
)
def test_roles(rule: str, grant: str, found: list[Severity | None]) -> None:
    """What a role may do, by its verbs, its resources and whose group it is."""
    assert [each.severity for each in faults(ROLE.format(grant), rule)] == found


@pytest.mark.parametrize(("minor", "count"), [(28, 1), (29, 0)])
def test_sysctls_by_version(minor: int, count: int) -> None:
    """The list of safe ones grew."""
    body = 'securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time, value: "60"}]}\n' + one(
        "tty: true"
    )
    assert len(faults(pods(body), "unsafe-sysctls", minor)) == count


@pytest.mark.parametrize(
    ("fields", "volume", "count"),
    [
        ("volumeMounts: [{name: v, mountPath: /tmp/cache}]", "emptyDir: {}", 0),
        ("volumeMounts: [{name: v, mountPath: /tmp}]", "configMap: {name: orders}", 1),
        (
            "volumeMounts: [{name: v, mountPath: /scratch}], env: [{name: TMPDIR, value: /scratch/tmp}]",
            "emptyDir: {}",
            0,
        ),
        ("volumeMounts: [{name: v, mountPath: /tmpfiles}]", "emptyDir: {}", 1),
    ],
)
def test_somewhere_to_write(fields: str, volume: str, count: int) -> None:
    """A writable volume at, below or above the place of temporary files."""
    body = (
        one(f"securityContext: {{readOnlyRootFilesystem: true}}, {fields}")
        + f"\nvolumes: [{{name: v, {volume}}}]"
    )
    assert len(faults(pods(body), "read-only-root-without-tmp")) == count


def test_user_by_name_needs_the_declaration() -> None:
    """Nothing is said of an image nobody declared anything of."""
    body = "securityContext: {runAsNonRoot: true}\n" + one("tty: true")
    assert not said(pods(body), "run-as-non-root-by-name")
    assert said(pods(body, annotations='{k8sgen/numeric-user: "false"}'), "run-as-non-root-by-name") == [
        (
            "9:39 spec.template.spec.securityContext.runAsNonRoot: "
            "runAsNonRoot true refuses this image, whose user is a name and not a number"
        )
    ]


def test_missing_account() -> None:
    """It is told where other accounts of the namespace are known, and not where the name is known at all."""
    account = "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: NAME}\n"
    body = pods("serviceAccountName: orders\n" + one("tty: true"))
    elsewhere = account.replace("NAME", "orders, namespace: shop")
    assert not said(body, "service-account-missing")
    assert said(body + account.replace("NAME", "order"), "service-account-missing") == [
        (
            '9:27 spec.template.spec.serviceAccountName: ServiceAccount "orders" is not in this input, '
            "as others of its namespace are"
        )
    ]
    assert not said(body + account.replace("NAME", "order") + elsewhere, "service-account-missing")
