"""No container has rights over its node.

A privileged container, or one with a capability such as SYS_ADMIN, can take over the node that it runs on.
Milder, and only warned of: rights that a program may gain while it runs, and a seccomp
profile that is switched off.

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext: {privileged: true}

Bad:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext: {capabilities: {drop: [ALL], add: [SYS_ADMIN]}}

Good:
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  selector: {matchLabels: {app: orders}}
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
        - name: orders
          image: "ghcr.io/acme/orders:1.4.2"
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}

See: https://nvd.nist.gov/vuln/detail/CVE-2022-0492 https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile
from k8sgen.manifests import dig

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault
    from k8sgen.lint.workload import Container

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
TAKES_OVER = frozenset(
    [
        "ALL",
        "BPF",
        "DAC_READ_SEARCH",
        "MAC_ADMIN",
        "MAC_OVERRIDE",
        "PERFMON",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_MODULE",
        "SYS_PTRACE",
        "SYS_RAWIO",
    ]
)
"""Capabilities that reach beyond the container."""
BASELINE = frozenset(
    [
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
    ]
)
"""What the Pod Security Standard "baseline" lets a container add."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """What is opened on purpose, each at its place; a privileged container has the rest anyway."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            if container.security.get("privileged") is True:
                yield container.fault(
                    ("securityContext", "privileged"),
                    f'container "{container.name}" is privileged: it can take over its node',
                    "remove privileged, and add the one capability that is needed",
                )
            elif container.security:
                yield from opened(container)
        yield from unconfined(workload.security, workload.pod_fault)


def opened(container: Container) -> Iterator[Fault]:
    """The faults of a container that is not privileged as a whole."""
    for index, each in enumerate(dig(container.security, "capabilities", "add") or ()):
        capability = str(each).upper().removeprefix("CAP_")
        if capability not in BASELINE:
            grave = capability in TAKES_OVER
            yield container.fault(
                ("securityContext", "capabilities", "add", index),
                f'capability "{each}" '
                + ("can take over the node" if grave else "reaches beyond a container's own"),
                "add only the capabilities that the program needs, or none",
                severity=None if grave else Severity.WARNING,
            )
    if container.security.get("allowPrivilegeEscalation") is True:
        yield container.fault(
            ("securityContext", "allowPrivilegeEscalation"),
            "allowPrivilegeEscalation true lets a program gain more rights than it started with",
            "write allowPrivilegeEscalation: false",
            severity=Severity.WARNING,
        )
    if container.security.get("procMount") == "Unmasked":
        yield container.fault(
            ("securityContext", "procMount"),
            'procMount "Unmasked" shows the kernel\'s settings, writable',
            "remove procMount",
        )
    yield from unconfined(container.security, container.fault)


def unconfined(context: dict[str, Any], fault: Callable[..., Fault]) -> Iterator[Fault]:
    """Profiles that are switched off in a security context."""
    for field in ("seccompProfile", "appArmorProfile"):
        if (context.get(field) or {}).get("type") == "Unconfined":
            yield fault(
                ("securityContext", field, "type"),
                f'{field} "Unconfined" switches the protection of the runtime off',
                "write type: RuntimeDefault",
                severity=Severity.WARNING,
            )
