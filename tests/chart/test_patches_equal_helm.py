"""Merge patches lie over the objects of a chart as they do over those of `render`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.chart.chart import chart_of
from tests.chart.both_sides import agree, load, rendered, templated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.helm import Helm

PATCHED = """\
name: orders
image: a/b:1.0
port: 8080
services: {extra: {}}
patches:
  Deployment:
    metadata: {annotations: {"on": "012"}}
    spec: {revisionHistoryLimit: null, paused: false, minReadySeconds: 0, strategy: {rollingUpdate: null}}
  Service/orders-extra:
    spec: {publishNotReadyAddresses: true, ports: []}
  Service/orders:
    spec: {sessionAffinityConfig: {clientIP: {timeoutSeconds: 1000000, none: null}}, clusterIP: {a: 1}}
"""


def test_patches_change_the_same(helm: Helm, tmp_path: Path) -> None:
    """Of a kind and of one object: what is removed, what is empty or false, and maps that are made."""
    loaded = load(PATCHED)
    agree(rendered(loaded), templated(helm, tmp_path, loaded, {}, chart_of(loaded)))
