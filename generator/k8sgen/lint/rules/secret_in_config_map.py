"""No private key stands in a ConfigMap.

Everybody who may look at a namespace may read its ConfigMaps, and they are not encrypted at rest. Secrets
can be protected both ways.

Bad:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data:
  tls.key: |
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIExampleOnly
    -----END PRIVATE KEY-----

Good:
apiVersion: v1
kind: ConfigMap
metadata: {name: orders}
data:
  ca.crt: |
    -----BEGIN CERTIFICATE-----
    MIIBExampleOnly
    -----END CERTIFICATE-----

See: https://kubernetes.io/docs/concepts/configuration/configmap/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Fault, Profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.lint.index import Manifests

SEVERITY = Severity.ERROR
CATEGORY = Category.SECURITY
PROFILE = Profile.STANDARD
PRIVATE_KEY = re.compile(r"^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----", re.MULTILINE)


def check(manifests: Manifests) -> Iterator[Fault]:
    """Entries that hold a private key."""
    for config in manifests.of_kind("ConfigMap"):
        for key, value in config.map("data").items():
            if isinstance(value, str) and "PRIVATE KEY" in value and PRIVATE_KEY.search(value):
                yield Fault(
                    config,
                    ("data", key),
                    f'entry "{key}" holds a private key',
                    "keep it in a Secret",
                    key=True,
                )
