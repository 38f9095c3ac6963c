"""Specs for tests of derived values: a minimal service, and what a test adds to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.resolve.derivation import Cluster, Release
from k8sgen.spec.load import LoadedSettings, LoadedSpec, load_document, load_spec
from k8sgen.yamltext.read import Source

if TYPE_CHECKING:
    from k8sgen.spec.service_spec import Spec

MINIMAL = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\nport: 8080\n"
RELEASE = Release("orders", "orders", "default")
NEW = Cluster(35)
OLD = Cluster(28)


def loaded(added: str = "", *, base: str = MINIMAL) -> LoadedSpec:
    """The minimal service with further lines of service.yaml."""
    document = load_document((base + added).encode(), Source("service.yaml", Path()), LoadedSettings())
    return load_spec(document)


def spec(added: str = "", *, base: str = MINIMAL) -> Spec:
    """The same as its model."""
    return loaded(added, base=base).spec
