"""Merge patches lie over the objects of a chart as they do over those of `render`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from k8sgen.chart.chart import chart_of
from k8sgen.spec.load import LoadedSettings, load_document, load_spec
from k8sgen.yamltext.read import Source
from tests.chart.both_sides import agree, load, rendered, templated, templated_at

if TYPE_CHECKING:
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


BY_ENVIRONMENT = """\
name: orders
image: a/b:1.0
port: 8080
patches:
  Deployment: {metadata: {annotations: {of: base}}}
  Service: {metadata: {annotations: {of: base}}}
environments:
  same: {replicas: 3}
  other:
    patches: {Deployment: {metadata: {annotations: {of: other}}}, Service: null}
  more:
    patches: {ServiceAccount: {metadata: {annotations: {of: more}}}}
"""


def test_each_environment_has_its_own_patches(helm: Helm, tmp_path: Path) -> None:
    """Those of the base, others in their place, none in their place, and further ones; each written once."""
    document = load_document(BY_ENVIRONMENT.encode(), Source("service.yaml", Path()), LoadedSettings())
    base, *others = (load_spec(document, name, (), "1.35") for name in ("", "same", "other", "more"))
    made = chart_of(base, environments=others)
    made.write(tmp_path / "chart")
    for loaded in (base, *others):
        agree(rendered(loaded), templated_at(helm, tmp_path / "chart", loaded, {}, loaded.environment))
    assert "(same)" not in made.files["templates/deployment.yaml"]


def test_a_patch_of_the_service_s_own_object_follows_the_release(helm: Helm, tmp_path: Path) -> None:
    """In a release of another name the object has another name, too."""
    loaded = load(PATCHED)
    chart_of(loaded).write(tmp_path / "chart")
    run = helm.template("shop", tmp_path / "chart", "--kube-version", f"1.{loaded.kubernetes_minor}.0")
    assert run.returncode == 0, run.stderr
    assert "name: shop-orders\n" in run.stdout
    assert run.stdout.count("timeoutSeconds: 1000000") == 1
