"""Every spec of the repository, to be turned into charts and to be laid over them as values."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from k8sgen.chart.chart import chart_of
from k8sgen.errors import InputError
from k8sgen.fleet.find import find_specs
from k8sgen.repository import find_settings
from k8sgen.resolve.registry import RULES
from k8sgen.spec.load import (
    Document,
    LoadedSettings,
    load_document,
    load_settings,
    load_spec,
)
from k8sgen.validate.definitions import NEWEST, OLDEST
from k8sgen.yamltext.read import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark.structures import ParameterSet

    from k8sgen.chart.chart import Chart
    from k8sgen.spec.load import LoadedSpec

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class SpecAtHand:
    """A spec with all of its environments, each for the version of Kubernetes that the case asks for."""

    label: str
    base: LoadedSpec
    environments: tuple[LoadedSpec, ...] = ()


RICH = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
ports: {http: 8080, grpc: 9000, admin: {port: 9090, inService: false}}
env: {LEVEL: info, PASSWORD: {secretKeyRef: {name: db, key: password}}}
security: {podSecurity: privileged}
volumes: {cache: {emptyDir: {}, mountPath: /cache}}
files: {/etc/orders/a.yaml: "a: 1\\n"}
initContainers:
  migrate:
    image: acme/migrate:1.0
    order: 1
    ports: {aux: 7001}
    volumes:
      scratch: {emptyDir: {}, mountPath: /scratch}
      store: {size: 1Gi, accessModes: [ReadWriteMany], mountPath: /store}
sidecars:
  proxy:
    image: envoyproxy/envoy:v1.30
    order: 1
    ports: {metrics: 9901}
    env: {MODE: "on"}
    probes: {startup: /a, liveness: /b, readiness: /c}
    volumes:
      own: {emptyDir: {}, mountPath: /own}
      kept: {size: 1Gi, accessModes: [ReadWriteMany], mountPath: /kept}
  health:
    image: acme/health:1.0
    order: 2
    ports: {health: 7002}
    probes: {startup: {grpc: {port: 7002}}, liveness: {grpc: {port: 7002}}, readiness: {grpc: {port: 7002}}}
service: {type: LoadBalancer, externalTrafficPolicy: Local, sessionAffinity: ClientIP}
services: {extra: {type: LoadBalancer, externalTrafficPolicy: Local, sessionAffinity: ClientIP, ports: [grpc]}}
expose: {hosts: {a.example.com: {paths: {/: http}}}}
network: {allowFrom: {all: {ports: [http]}, some: {ports: [{port: 9000, endPort: 9010}]}}, allowTo: {db: {ports: [5432]}}}
"""
"""A spec in which most keys have a place to stand: few rules refuse what is said over it."""


def rich() -> LoadedSpec:
    """It, loaded."""
    return load_spec(load_document(RICH.encode(), Source("service.yaml", Path()), LoadedSettings()))


def read(path: Path) -> Document:
    """A spec, with the settings that stand beside or above it."""
    settings = find_settings(path.parent)
    loaded = load_settings(settings, settings.name) if settings else LoadedSettings()
    return load_document(path.read_bytes(), Source(path.name, path.parent), loaded)


def loaded_from(path: Path, version: str = "") -> SpecAtHand:
    """One spec with its environments, for a version or the lowest of theirs. Raises InputError."""
    document, version = read(path), version or version_of(path)
    minors = [document.settings.kubernetes_minor(name, version) for name in document.environments or ("",)]
    chosen = f"1.{min(minors)}"
    return SpecAtHand(
        path.parent.relative_to(ROOT).as_posix(),
        load_spec(document, kubernetes_version=chosen),
        tuple(load_spec(document, name, kubernetes_version=chosen) for name in document.environments),
    )


def version_of(path: Path) -> str:
    """The version that a case's file `args` asks for, or nothing."""
    args = path.with_name("args")
    words = shlex.split(args.read_text(encoding="utf-8")) if args.is_file() else []
    return words[words.index("--kubernetes-version") + 1] if "--kubernetes-version" in words[:-1] else ""


def examples() -> list[Path]:
    """The specs of all examples."""
    return [file.path for file in find_specs([str(EXAMPLES)])[0]]


def example_cases() -> list[ParameterSet]:
    """Each example; of a demo of many services, all in the full check alone."""
    return [
        pytest.param(
            path,
            id=path.parent.relative_to(EXAMPLES).as_posix(),
            marks=() if path.parent.parent == EXAMPLES else pytest.mark.needs("full-check"),
        )
        for path in examples()
    ]


@cache
def charted(path: Path, version: str) -> tuple[SpecAtHand, Chart]:
    """A spec and its chart, with all environments."""
    spec = loaded_from(path, version)
    return spec, chart_of(spec.base, environments=spec.environments)


def golden() -> list[Path]:
    """The specs of all golden cases."""
    return sorted((ROOT / "tests" / "golden").glob("*/service.yaml"))


def refused() -> Iterator[SpecAtHand]:
    """The specs of the error cases that a rule refuses."""
    for rule in RULES:
        path = ROOT / "tests" / "errors" / rule.id / "service.yaml"
        try:
            found = loaded_from(path)
        except InputError:
            continue
        if OLDEST <= found.base.kubernetes_minor <= NEWEST:
            yield found
