"""Whole charts as Helm takes them: linted, packaged, installed twice, under a parent, with other names."""

from __future__ import annotations

import shutil
import tarfile
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from k8sgen.chart.chart import chart_of
from k8sgen.chart.transpile import read_own, transpile
from k8sgen.chart.usage import usage_of
from k8sgen.fleet.find import find_specs
from k8sgen.validate.apiserver import check_object
from k8sgen.validate.schemas import Schemas
from tests.chart.both_sides import Unique, load
from tests.cli import k8sgen

if TYPE_CHECKING:
    from k8sgen.render.language import Template
    from tests.plugins.helm import Helm

ROOT = Path(__file__).parents[2]
EXAMPLES = {file.path.parent.name: file.path for file in find_specs([str(ROOT / "examples")])[0]}
TOP = ("minimal", "worker", "production", "full")
GENERIC = ROOT / "charts" / "service"
VERSION = ("--kube-version", "1.35.0")
FILE: list[str | Path] = ["-f"]


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Charts:
    """The charts of the examples, each written once."""
    return Charts(tmp_path_factory.mktemp("charts"))


class Charts:
    """Charts of the examples, by their name."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.of = cache(self.write)

    def write(self, example: str) -> Path:
        """Write one as a user does."""
        chart = self.directory / example
        path = EXAMPLES[example]
        run = k8sgen("chart", path.name, "-o", str(chart), cwd=path.parent)
        assert run.status == 0, run.stderr
        return chart


def objects(text: str) -> list[dict[str, Any]]:
    """What Helm printed."""
    return [data for data in yaml.load_all(text, Unique) if data]


def names(text: str) -> set[tuple[str, str]]:
    """Kind and name of each object, the test's included."""
    return {(data["kind"], data["metadata"]["name"]) for data in objects(text)}


def rendered(helm: Helm, release: str, chart: Path, *options: str | Path, stdin: str | None = None) -> str:
    """A chart as a release."""
    run = helm.template(release, chart, *VERSION, *options, stdin=stdin)
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.mark.parametrize(
    "example",
    [
        *TOP,
        *(pytest.param(name, marks=pytest.mark.needs("full-check")) for name in sorted({*EXAMPLES} - {*TOP})),
    ],
)
def test_charts_of_the_examples_are_clean(helm: Helm, charts: Charts, tmp_path: Path, example: str) -> None:
    """`helm lint --strict` finds nothing, with each environment's values; the package lacks our list."""
    chart = charts.of(example)
    values: list[list[str | Path]] = [[], *([*FILE, file] for file in sorted(chart.glob("values-*.yaml")))]
    for options in values:
        run = helm("lint", "--strict", chart, *VERSION, *options)
        assert "1 chart(s) linted, 0 chart(s) failed" in run.stdout, run.stdout + run.stderr
        assert "WARNING" not in run.stdout
    run = helm("package", chart, "--destination", tmp_path)
    assert run.returncode == 0, run.stderr
    (package,) = tmp_path.iterdir()
    with tarfile.open(package) as archive:
        packed = {path.partition("/")[2] for path in archive.getnames()}
    assert packed >= {"Chart.yaml", "values.yaml", "values.schema.json", "README.md", "templates/NOTES.txt"}
    assert ".k8sgen" not in packed


@pytest.mark.parametrize("example", TOP)
def test_generic_chart_takes_the_output_of_values(helm: Helm, tmp_path: Path, example: str) -> None:
    """`helm install orders charts/service -f values.yaml`, without Python: the same objects as `render`."""
    path = EXAMPLES[example]
    values = tmp_path / "values.yaml"
    run = k8sgen("values", path.name, cwd=path.parent)
    values.write_text(run.stdout, encoding="utf-8")
    lint = helm("lint", "--strict", GENERIC, *VERSION, "-f", values)
    assert "1 chart(s) linted, 0 chart(s) failed" in lint.stdout, lint.stdout + lint.stderr
    there = objects(rendered(helm, "any", GENERIC, "--skip-tests", "-n", "shop", "-f", values))
    run = k8sgen("render", path.name, "--kubernetes-version", "1.35", cwd=path.parent)
    here = objects(run.stdout)
    assert {(data["kind"], data["metadata"]["name"]) for data in here} == {
        (data["kind"], data["metadata"]["name"]) for data in there
    }


def test_generic_chart_without_values_says_what_is_missing(helm: Helm) -> None:
    """The name and the image have no default."""
    run = helm.template("orders", GENERIC, *VERSION)
    assert run.returncode == 1
    assert "- at '': missing property 'name'\n- at '/image': missing property 'repository'\n" in run.stderr


SMALLEST = "name: orders\nimage: {repository: ghcr.io/acme/orders, tag: 1.4.2}\nports: {http: {port: 8080}}\n"


def test_generic_chart_from_a_few_lines(helm: Helm) -> None:
    """A values file by hand; names are the service's, not the release's."""
    text = rendered(helm, "release", GENERIC, "-f", "-", stdin=SMALLEST)
    assert names(text) == {
        ("ServiceAccount", "orders"),
        ("Service", "orders"),
        ("Deployment", "orders"),
        ("PodDisruptionBudget", "orders"),
        ("Pod", "orders-test"),
    }


@pytest.mark.parametrize("example", ["minimal", "production", "worker"])
def test_two_releases_in_one_namespace_share_no_name(helm: Helm, charts: Charts, example: str) -> None:
    """A chart installed twice, with tests."""
    chart = charts.of(example)
    one, two = (names(rendered(helm, release, chart)) for release in ("blue", "green"))
    assert len(one) == len(two) > 1
    assert not one & two


def test_names_follow_release_and_overrides(helm: Helm, charts: Charts) -> None:
    """Helm's usual rule: the release, with the chart's name unless it holds that; an override wins."""
    chart = charts.of("minimal")

    def deployment(release: str, *options: str) -> dict[str, Any]:
        found = objects(rendered(helm, release, chart, *options))
        return next(data for data in found if data["kind"] == "Deployment")

    for release, options, name in (
        ("orders", [], "orders"),
        ("orders-eu", [], "orders-eu"),
        ("eu", [], "eu-orders"),
        ("eu", ["--set", "nameOverride=basket"], "eu-basket"),
        ("eu", ["--set", "fullnameOverride=basket"], "basket"),
        ("e" * 53, ["--set", f"nameOverride={'n' * 63}"], f"{'e' * 53}-{'n' * 9}"),
    ):
        made = deployment(release, *options)
        assert made["metadata"]["name"] == name
        assert made["spec"]["selector"]["matchLabels"]["app.kubernetes.io/instance"] == release


PARENT = """\
apiVersion: v2
name: shop
version: 0.1.0
dependencies:
  - {name: orders, version: 0.1.0}
  - {name: checkout, version: 0.1.0}
"""


def test_two_charts_under_one_parent(helm: Helm, charts: Charts, tmp_path: Path) -> None:
    """Helpers and names do not collide; the parent overrides values of each, and global ones."""
    parent = tmp_path / "shop"
    (parent / "templates").mkdir(parents=True)
    (parent / "Chart.yaml").write_text(PARENT, encoding="utf-8")
    (parent / "values.yaml").write_text(
        "global: {region: eu}\norders: {replicas: 3}\ncheckout: {fullnameOverride: till}\n", encoding="utf-8"
    )
    for example in ("minimal", "production"):
        chart = charts.of(example)
        shutil.copytree(chart, parent / "charts" / load((EXAMPLES[example]).read_text()).spec.name)
    found = objects(rendered(helm, "shop", parent))
    deployments = {data["metadata"]["name"]: data for data in found if data["kind"] == "Deployment"}
    assert set(deployments) == {"shop-orders", "till"}
    assert deployments["shop-orders"]["spec"]["replicas"] == 3
    lint = helm("lint", "--strict", parent, *VERSION)
    assert lint.returncode == 0, lint.stdout


def test_connection_test_is_a_pod_that_any_cluster_takes(helm: Helm, charts: Charts) -> None:
    """It is valid, meets the standard `restricted`, and bears no label that a Service selects."""
    found = objects(
        rendered(helm, "checkout", charts.of("production"), "--set", "testImage=mirror/busybox:1")
    )
    pod = next(data for data in found if data["kind"] == "Pod")
    assert Schemas(35).check(pod) == []
    assert list(check_object(pod, 35)) == []
    assert pod["metadata"]["annotations"]["helm.sh/hook"] == "test"
    spec = pod["spec"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = spec["containers"]
    assert container["image"] == "mirror/busybox:1"
    assert container["command"] == ["nc", "-z", "-w", "10", "checkout", "8080"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    service = next(data for data in found if data["kind"] == "Service")
    assert not service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()


def test_connection_test_follows_the_values(helm: Helm, charts: Charts) -> None:
    """No Service, no test; a worker's chart has none at all."""
    text = rendered(helm, "checkout", charts.of("production"), "--set", "service.enabled=false")
    assert "Pod" not in {kind for kind, _ in names(text)}
    assert not (charts.of("worker") / "templates" / "tests").exists()


def notes(helm: Helm, directory: Path, chart: Path, release: str, *options: str | Path) -> str:
    """What `helm install` would say; `helm template` does not show notes, so that a template asks for them."""
    copy = directory / "copy"
    shutil.copytree(chart, copy)
    text = (copy / "templates" / "NOTES.txt").read_text(encoding="utf-8")
    (copy / "templates" / "_notes.tpl").write_text(
        f'{{{{ define "shown" }}}}{text}{{{{ end }}}}', encoding="utf-8"
    )
    (copy / "templates" / "shown.yaml").write_text(
        'notes: {{ include "shown" . | toJson }}\n', encoding="utf-8"
    )
    out = rendered(helm, release, copy, "-n", "shop", "--show-only", "templates/shown.yaml", *options)
    said: str = yaml.safe_load(out)["notes"]
    return said


def test_notes_of_an_exposed_service(helm: Helm, charts: Charts, tmp_path: Path) -> None:
    """How to watch, reach and roll back, with the names of this release."""
    chart = charts.of("production")
    options = ["-f", str(chart / "values-production.yaml"), "--is-upgrade"]
    assert (
        notes(helm, tmp_path, chart, "eu", *options)
        == """\

eu-checkout is on its way. Watch the rollout:

  kubectl -n shop rollout status deployment/eu-checkout

Through the Ingress it answers at

  https://checkout.example.com/

Reach it from your machine:

  kubectl -n shop port-forward service/eu-checkout 8080:8080

Take the version before this one back:

  helm -n shop rollback eu
"""
    )


def test_notes_of_a_first_installation(helm: Helm, charts: Charts, tmp_path: Path) -> None:
    """There is no version before it to go back to."""
    assert (
        notes(helm, tmp_path, charts.of("minimal"), "orders")
        == """\

orders is on its way. Watch the rollout:

  kubectl -n shop rollout status deployment/orders

Reach it from your machine:

  kubectl -n shop port-forward service/orders 8080:8080
"""
    )


def test_notes_of_a_worker(helm: Helm, charts: Charts, tmp_path: Path) -> None:
    """It has no port, so its log is where it shows."""
    assert (
        notes(helm, tmp_path, charts.of("worker"), "mailer", "--set", "fullnameOverride=post")
        == """\

post is on its way. Watch the rollout:

  kubectl -n shop rollout status deployment/post

It has no port to reach; its log tells what it does:

  kubectl -n shop logs --tail=20 deployment/post
"""
    )


BY_GATEWAY = """\
name: catalog
image: b:1
ports: {http: {port: 8080, servicePort: 80}, grpc: 9000, gossip: {port: 7946, protocol: UDP}}
service: {type: LoadBalancer}
expose:
  hosts:
    a.example.com: {paths: {/: http, /grpc: grpc}}
    b.example.com: {paths: {/: http}}
  gateway: {name: public}
"""

SHOWN_BY_GATEWAY = """\

catalog is on its way. Watch the rollout:

  kubectl -n shop rollout status deployment/catalog

Through the Gateway public it answers at

  a.example.com/
  a.example.com/grpc
  b.example.com/

Its address outside of the cluster, as soon as it has one:

  kubectl -n shop get service/catalog

Reach it from your machine:

  kubectl -n shop port-forward service/catalog 9000:9000
  kubectl -n shop port-forward service/catalog 8080:80
"""


@pytest.mark.parametrize("generic", [False, True])
def test_notes_of_a_service_exposed_by_a_gateway(helm: Helm, tmp_path: Path, *, generic: bool) -> None:
    """Whether it speaks TLS is the Gateway's affair; ports of UDP cannot be forwarded."""
    loaded = load(BY_GATEWAY)
    chart, options = tmp_path / "chart", []
    chart_of(loaded).write(chart)
    if generic:
        values = tmp_path / "values.yaml"
        values.write_text(k8sgen("values", "-", cwd=tmp_path, stdin=BY_GATEWAY.encode()).stdout, "utf-8")
        chart, options = GENERIC, ["-f", str(values)]
    assert notes(helm, tmp_path, chart, "catalog", *options) == SHOWN_BY_GATEWAY


def test_notes_without_a_service(helm: Helm, charts: Charts, tmp_path: Path) -> None:
    """There are ports, and nothing that leads to them."""
    said = notes(helm, tmp_path, charts.of("minimal"), "orders", "--set", "service.enabled=false")
    assert (
        said
        == """\

orders is on its way. Watch the rollout:

  kubectl -n shop rollout status deployment/orders

No Service shows a TCP port of it; its log tells what it does:

  kubectl -n shop logs --tail=20 deployment/orders
"""
    )


def test_chart_metadata() -> None:
    """The version of the image, or its digest, is the application's."""
    digest = f"sha256:{'a' * 64}"
    for image, version in (("b:1.10", '"1.10"'), (f"b@{digest}", digest), (f"b:2@{digest}", '"2"')):
        text = chart_of(load(f"name: orders\nimage: {image}\n")).files["Chart.yaml"]
        assert f"\nappVersion: {version}\n" in text.replace(f'"{digest}"', digest)
    assert text.startswith(
        "apiVersion: v2\nname: orders\n"
        'description: "orders, generated by k8sgen from service.yaml"\ntype: application\nversion: 0.1.0\n'
    )


@pytest.mark.parametrize("minor", [25, 29, 37])
def test_charts_install_on_their_own_version_and_not_on_much_older_ones(minor: int) -> None:
    """Never above the target; what the chart prints from some version on is asked of the cluster."""
    loaded = load("name: orders\nimage: b:1\nport: 8080\nshutdown: {drainSeconds: 9}\n")

    text = chart_of(replace(loaded, kubernetes_minor=minor)).files["Chart.yaml"]
    lowest = int(yaml.safe_load(text)["kubeVersion"].removeprefix(">=1.").removesuffix(".0-0"))
    assert 25 <= lowest <= minor
    if minor == 37:
        assert lowest >= 30, "the pause before SIGTERM is a sleep, which is on from 1.30"


def test_each_template_is_read_once() -> None:
    """Reading is what takes longest, and a chart is written in many passes."""
    counts: Counter[str] = Counter()

    def read(name: str) -> Template:
        counts[name] += 1
        return read_own(name)

    spec = load("name: orders\nimage: b:1\nport: 8080\n").spec
    transpile("orders", 35, usage_of([spec]), read)
    assert len(counts) > 20
    assert set(counts.values()) == {1}
