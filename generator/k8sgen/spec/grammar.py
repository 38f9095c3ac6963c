"""What the patterns of the spec mean, in words: nobody should have to read a regular expression.

A test holds that every pattern of the models is here, and that every sample matches its pattern.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_args

from k8sgen.spec import types
from k8sgen.spec.fields import pattern_of, type_of
from k8sgen.spec.linting import RuleId
from k8sgen.spec.runtime import GoVersion, JvmFlag
from k8sgen.spec.security import Capability
from k8sgen.spec.settings import KubernetesVersion


class Grammar(NamedTuple):
    """A pattern in words: what a text that matches is, the rule it keeps, and one such text."""

    noun: str
    rule: str
    sample: str


DNS = "lower-case letters, digits and `-`, with a letter or digit at both ends"


def pattern(annotation: Any) -> str:
    """The pattern of an annotated text or of a union that has one."""
    return pattern_of(get_args(annotation)[1:]) or type_of(annotation).pattern


GRAMMARS: dict[str, Grammar] = {
    pattern(types.IntOrPercent): Grammar(
        "a percentage", "write a number, or a percentage without a space", "25%"
    ),
    pattern(RuleId): Grammar("the id of a rule", "use lower-case letters, digits and `-`", "latest-tag"),
    pattern(types.DnsLabel): Grammar("a name", f"use {DNS}", "orders-1"),
    pattern(types.DnsName): Grammar("a name", f"use {DNS} of each part; dots part them", "orders.v2"),
    pattern(types.ServiceName): Grammar("a service name", f"begin with a letter and use {DNS}", "orders"),
    pattern(types.PortName): Grammar(
        "a port name",
        "use lower-case letters, digits and single `-` inside, with at least one letter",
        "http-2",
    ),
    pattern(types.EnvName): Grammar(
        "a variable name", "use letters, digits, `_`, `-` and `.`, and no digit at the front", "LOG_LEVEL"
    ),
    pattern(types.HostName): Grammar(
        "a host name",
        f"write it without scheme, port or path, in {DNS} of each part; `*.` may come first",
        "orders.example.com",
    ),
    pattern(types.AbsolutePath): Grammar("an absolute path", "begin with `/` and leave out `:`", "/data"),
    pattern(types.FilePath): Grammar(
        "an absolute path of a file",
        "begin with `/`, and use letters, digits, `-`, `_` and `.` between slashes",
        "/etc/app/config.yaml",
    ),
    pattern(types.Base64): Grammar("base64", "encode the bytes, as `base64 -w0 FILE` does", "AAEC"),
    pattern(types.UrlPath): Grammar("a path", "begin with `/`", "/healthz"),
    pattern(types.Quantity): Grammar(
        "a quantity", "write a number and its unit without a space: m, k, M, G, T, Ki, Mi, Gi or Ti", "512Mi"
    ),
    pattern(types.LabelValue): Grammar(
        "a label value",
        "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends",
        "backend",
    ),
    pattern(types.LabelKey): Grammar(
        "a label key",
        "use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends; a domain and `/` may come first",
        "example.com/tier",
    ),
    pattern(types.ResourceName): Grammar(
        "a resource of a container",
        "name cpu, memory, ephemeral-storage or hugepages-SIZE, or another with its domain and `/`",
        "nvidia.com/gpu",
    ),
    pattern(Capability): Grammar("a capability", "write it in capitals, without CAP_", "NET_BIND_SERVICE"),
    pattern(GoVersion): Grammar(
        "a minor version of Go", "write 1 and the minor version, 1.19 or later, in quotes", "1.26"
    ),
    pattern(JvmFlag): Grammar(
        "a flag of the JVM",
        "begin with `-`, and use neither blanks nor quotes",
        "-Dspring.profiles.active=prod",
    ),
    pattern(KubernetesVersion): Grammar(
        "a minor version", "write 1 and the minor version, in quotes", "1.35"
    ),
    r"^[^\s:@]+(:[0-9]+/[^\s:@]+)?$": Grammar(
        "a repository",
        "write registry and repository, and give tag and digest beside it",
        "ghcr.io/acme/orders",
    ),
    r"^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$": Grammar("a tag", "use letters, digits, `_`, `.` and `-`", "1.4.2"),
    r"^([a-z0-9]+:[0-9a-f]{32,})?$": Grammar(
        "a digest", "write the algorithm, `:` and all hexadecimal digits", "sha256:" + "0123456789abcdef" * 4
    ),
    r"^(HTTP|HTTPS)$": Grammar("a scheme", "write HTTP or HTTPS", "HTTPS"),
    r"^SIG[A-Z0-9+-]+$": Grammar("a signal", "write its name with SIG", "SIGTERM"),
}
