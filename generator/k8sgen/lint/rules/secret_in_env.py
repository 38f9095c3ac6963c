"""No password, token or key stands in a manifest.

What stands in a manifest is in the repository and its history, and is shown to everybody who may
read Deployments. Values that only refer to a secret (`$(NAME)`, `${NAME}`, a path, a name) are passed over, and
so is what cannot be one: numbers, truth values, addresses. The value is not repeated in the message.

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
          env: [{name: DB_PASSWORD, value: hunter2hunter2}]

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
          env: [{name: DATABASE_URL, value: "postgres://orders:hunter2@db/orders"}]

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
          env:
            - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: orders, key: db-password}}}
            - {name: DATABASE_URL, value: "postgres://orders:$(DB_PASSWORD)@db/orders"}
            - {name: TOKEN_FILE, value: /var/run/orders/token}

See: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests
    from k8sgen.lint.rule import Fault

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
HINT = "keep it in a Secret, and refer to it with valueFrom.secretKeyRef"
SECRET_NAME = re.compile(
    r"(?:.*[_.-])?(?:\w*(?:PASSWORD|SECRET|TOKEN)|PASSWD|PWD|PASSPHRASE|CREDENTIALS?"
    r"|(?:API|ACCESS|SECRET|PRIVATE)_?KEY)(?:_?(?:KEY|VALUE|\d+))?",
    re.IGNORECASE,
)
"""A variable's whole name: PASSWORD_FILE, TOKEN_TTL and ACCESS_KEY_ID end in something else and are none."""
NO_SECRET = re.compile(
    r"\s*|.*\$[({\w].*|.*\{\{.*|<.*>|[.~]?/.*|(?:\w+://|vault:|ref[+:]|secret:|arn:|sops:|op:).*"
    r"|(?i:true|false|yes|no|on|off|none|null|nil|enabled|disabled|required|optional|redacted)"
    r"|[xX*.]+|-?\d{1,7}(?:\.\d+)?\s?(?:ns|us|ms|s|m|h|d)?|.*\.(?:json|ya?ml|pem|key|crt|txt)",
    re.DOTALL,
)
"""Values that only refer to a secret, or are a switch, a short number or a duration."""
LOGIN = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@$({<*][^\s/@]*@")
"""An address with a user and a password, which is no placeholder."""
KNOWN = re.compile(
    r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20}|xox[abp]-[\w-]{10,}|sk_live_\w{16,})\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
"""Keys and tokens that tell what they are by their form."""


def check(manifests: Manifests) -> Iterator[Fault]:
    """Literal values that are secrets by their variable's name or their own form."""
    for workload in manifests.workloads():
        for container in workload.all_containers:
            for index, variable in enumerate(container.env):
                value, name = variable.get("value"), str(variable.get("name", ""))
                if value and (what := secret_in(name, value)):
                    yield container.fault(
                        ("env", index, "value"), f'variable "{name}" holds {what} in plain text', HINT
                    )


def secret_in(name: str, value: str) -> str:
    """What kind of secret a value is, without repeating it; empty when it is none."""
    if KNOWN.search(value):
        return "a key or token"
    if LOGIN.search(value):
        return "an address with a password"
    if SECRET_NAME.fullmatch(name) and not NO_SECRET.fullmatch(value):
        return f"a secret of {len(value)} characters"
    return ""
