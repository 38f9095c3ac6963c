"""Charts installed for real: by both Helms, into a Kubernetes that enforces the standard `restricted`."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from k8sgen.chart.chart import chart_of
from k8sgen.spec.load import load_spec
from k8sgen.spec.merge import merge
from k8sgen.yamltext.read import Map
from tests.chart.both_sides import Outcome, Unique, agree, as_map, by_name, load, overridden, rendered
from tests.chart.specs_at_hand import read
from tests.cli import k8sgen
from tests.plugins.control_plane import group_path

if TYPE_CHECKING:
    from k8sgen.spec.load import LoadedSpec
    from tests.plugins.control_plane import ApiServer
    from tests.plugins.helm import Helm

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
GENERIC = ROOT / "charts" / "service"
MINOR = 35
"""The version that the charts of the examples are for; the cluster's is 1.37."""

QUICK: dict[str, Any] = {"rollout": {"minReadySeconds": 0}, "shutdown": {"drainSeconds": 0}}
"""Pods that count at once and go at once, so that a test waits for Kubernetes alone."""

WITH_A_FILE = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
files: {/etc/orders/config.yaml: "currency: EUR\\n"}
"""


@dataclass(frozen=True)
class Release:
    """One release in a namespace of its own or of others."""

    helm: Helm
    server: ApiServer
    namespace: str
    name: str
    chart: Path
    values: tuple[Path, ...] = field(default=())

    def run(self, *arguments: str | Path, override: dict[str, Any] | None = None) -> tuple[int, str, str]:
        """Run Helm in the namespace, with an override as values file if there is one."""
        options: list[str | Path] = ["--kubeconfig", self.server.kubeconfig, "-n", self.namespace]
        stdin = None
        if override is not None:
            for file in self.values:
                options += ["-f", file]
            options += ["-f", "-"]
            stdin = json.dumps(override)
        run = self.helm(*arguments, *options, stdin=stdin)
        return run.returncode, run.stdout, run.stderr

    def well(self, *arguments: str | Path, override: dict[str, Any] | None = None) -> str:
        """Run it where nothing may go wrong."""
        status, out, err = self.run(*arguments, override=override)
        assert status == 0, err
        return out

    def install(self, override: dict[str, Any]) -> str:
        """`helm install --wait`; what it says."""
        arguments = ("install", self.name, self.chart, "--wait", "--timeout", "2m")
        return self.well(*arguments, override=override)

    def upgrade(self, override: dict[str, Any]) -> str:
        """`helm upgrade --wait`; what it says."""
        arguments = ("upgrade", self.name, self.chart, "--wait", "--timeout", "2m")
        return self.well(*arguments, override=override)

    def manifest(self) -> str:
        """`helm get manifest`."""
        return self.well("get", "manifest", self.name)

    def revisions(self) -> list[tuple[int, str]]:
        """Number and state of every revision."""
        found = json.loads(self.well("history", self.name, "-o", "json"))
        return [(each["revision"], each["status"]) for each in found]

    def live(self) -> dict[str, Any]:
        """The objects of the release as the cluster holds them, without what it notes of their lives."""
        found = {}
        for data in objects(self.manifest()):
            path = self.server.path(
                data["apiVersion"], data["kind"], self.namespace, data["metadata"]["name"]
            )
            there = self.server.get(path)
            there.pop("status", None)
            meta = there["metadata"]
            there["metadata"] = {
                "labels": meta["labels"],
                "annotations": {
                    key: value
                    for key, value in meta.get("annotations", {}).items()
                    if key != "deployment.kubernetes.io/revision"
                },
            }
            found[f"{data['kind']}/{data['metadata']['name']}"] = there
        return found

    def deployment(self, name: str) -> dict[str, Any]:
        """A Deployment, once all of its pods are of its newest template and available."""
        return self.server.wait(self.deployment_path(name), settled, 90)

    def deployment_path(self, name: str) -> str:
        """Where a Deployment stands."""
        return f"/apis/apps/v1/namespaces/{self.namespace}/deployments/{name}"


def settled(deployment: dict[str, Any]) -> bool:
    """Whether all pods that a Deployment wants are up to date and available, and no other is left."""
    status, wanted = deployment.get("status", {}), deployment["spec"]["replicas"]
    counts = [status.get(key) for key in ("replicas", "updatedReplicas", "availableReplicas")]
    return status.get("observedGeneration") == deployment["metadata"]["generation"] and counts == [wanted] * 3


def objects(text: str) -> list[dict[str, Any]]:
    """What Helm printed."""
    return [data for data in yaml.load_all(text, Unique) if data]


def enforcing(server: ApiServer) -> str:
    """A new namespace that refuses pods which do not meet the standard `restricted`; all that every one has is there."""
    namespace = server.namespace()
    server.wait(f"/api/v1/namespaces/{namespace}/configmaps", lambda found: bool(found["items"]))
    labels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn")}
    meta = {"name": namespace, "labels": labels}
    server.apply(json.dumps({"apiVersion": "v1", "kind": "Namespace", "metadata": meta}))
    return namespace


def everything(server: ApiServer, namespace: str) -> set[str]:
    """Kind and name of all that stands in a namespace, of every kind that the server knows."""
    groups = [each["preferredVersion"]["groupVersion"] for each in server.get("/apis")["groups"]]
    found: set[str] = set()
    for group in ["v1", *groups]:
        root = group_path(group)
        for kind in server.get(root)["resources"]:
            if kind["namespaced"] and "list" in kind["verbs"] and kind["name"] != "events":
                items = server.get(f"{root}/namespaces/{namespace}/{kind['name']}")["items"]
                found |= {f"{kind['kind']}/{item['metadata']['name']}" for item in items}
    return found


def chart_of_example(directory: Path, example: str) -> Path:
    """The chart of an example, written as a user does."""
    run = k8sgen("chart", "service.yaml", "-o", str(directory), cwd=EXAMPLES / example)
    assert run.status == 0, run.stderr
    return directory


def loaded_for(example: str, environment: str = "") -> LoadedSpec:
    """An example's spec in an environment, for the version that its chart is for."""
    loaded = load_spec(read(EXAMPLES / example / "service.yaml"), environment)
    return replace(loaded, kubernetes_minor=MINOR)


def with_override(loaded: LoadedSpec, override: dict[str, Any]) -> LoadedSpec:
    """A spec with an override, and with its patches, which a long form leaves out."""
    changed = overridden(loaded, override)
    patches = {key: loaded.values[key] for key in ("patches",) if key in loaded.values}
    return replace(changed, values=merge(changed.values, Map(patches)))


def chart_with(case: str, directory: Path) -> tuple[LoadedSpec, Path, tuple[Path, ...]]:
    """The spec, the chart and the values files of a case."""
    if case == "minimal":
        return loaded_for(case), chart_of_example(directory, case), ()
    if case == "production":
        chart = chart_of_example(directory, case)
        return loaded_for(case, "production"), chart, (chart / "values-production.yaml",)
    if case == "generic":
        values = directory / "values.yaml"
        run = k8sgen("values", "service.yaml", "--env", "staging", cwd=EXAMPLES / "production")
        values.write_text(run.stdout, encoding="utf-8")
        return loaded_for("production", "staging"), GENERIC, (values,)
    loaded = load(WITH_A_FILE)
    chart_of(loaded).write(directory)
    return loaded, directory, ()


CHANGES: dict[str, dict[str, Any]] = {
    "minimal": {"image": {"tag": "1.4.3"}, "replicas": 1},
    "production": {"image": {"tag": "2.8.0"}, "probes": {"readiness": {"periodSeconds": 3}}},
    "generic": {"image": {"tag": "2.8.0"}, "replicas": 2},
    "with a file": {"files": {"/etc/orders/config.yaml": {"text": "currency: CHF\n"}}},
}
"""What an upgrade changes."""

BUDGETS = {
    "minimal": (True, False),
    "production": (True, True),
    "generic": (False, True),
    "with a file": (True, True),
}
"""Whether there is a PodDisruptionBudget before and after the change: a single pod has none."""

PODS = {"minimal": (2, 1), "production": (4, 4), "generic": (1, 2), "with a file": (2, 2)}
"""Pods before and after; production's are the autoscaler's, which no upgrade sets back."""

CASES = [
    "minimal",
    *(
        pytest.param(name, marks=pytest.mark.needs("full-check"))
        for name in ("production", "generic", "with a file")
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_life_of_a_release(helm: Helm, api_server: ApiServer, tmp_path: Path, case: str) -> None:
    """Installed, upgraded, tested, rolled back and gone; at each step it holds what `render` prints."""
    loaded, chart, values = chart_with(case, tmp_path)
    name = loaded.spec.name
    namespace = enforcing(api_server)
    before = everything(api_server, namespace)
    release = Release(helm, api_server, namespace, name, chart, values)

    def holds(override: dict[str, Any], pods: int, *, budget: bool) -> dict[str, Any]:
        found = objects(release.manifest())
        agree(rendered(with_override(loaded, override)), Outcome(by_name(found)))
        assert ("PodDisruptionBudget" in {data["kind"] for data in found}) is budget
        path = release.deployment_path(name)
        api_server.wait(path, lambda data: settled(data) and data["spec"]["replicas"] == pods, 90)
        return release.live()

    notes = release.install(QUICK)
    watch = f"-n {namespace} rollout status deployment/{name}"
    assert f"\n{name} is on its way. Watch the rollout:\n\n  kubectl {watch}\n" in notes
    assert "successfully rolled out" in api_server.kubectl(*watch.split(), "--timeout=1m").stdout
    back = f"\n  helm -n {namespace} rollback {name}\n"
    assert back not in notes, "there is nothing to go back to"
    first = holds(QUICK, PODS[case][0], budget=BUDGETS[case][0])
    manifest = release.manifest()

    changed: dict[str, Any] = merge(as_map(QUICK), as_map(CHANGES[case]))
    assert back in release.upgrade(changed)
    second = holds(changed, PODS[case][1], budget=BUDGETS[case][1])
    old, new = (found[f"Deployment/{name}"]["spec"] for found in (first, second))
    assert new["selector"] == old["selector"]
    assert new["template"] != old["template"], "the pods are not replaced"
    if case == "with a file":
        sums = [spec["template"]["metadata"]["annotations"] for spec in (old, new)]
        assert [list(each) for each in sums] == [["checksum/files"]] * 2
        assert sums[0] != sums[1]
        assert new["template"]["spec"] == old["template"]["spec"]
    service = f"Service/{name}"
    assert second[service]["spec"] == first[service]["spec"]

    said = release.well("test", name, "--timeout", "1m")
    assert f"TEST SUITE:     {name}-test" in said
    assert "Phase:          Succeeded" in said

    release.well("rollback", name, "1", "--wait", "--timeout", "2m")
    assert release.manifest() == manifest
    assert holds(QUICK, PODS[case][0], budget=BUDGETS[case][0]) == first
    assert release.revisions() == [(1, "superseded"), (2, "superseded"), (3, "deployed")]

    release.well("uninstall", name, "--wait")
    assert left_over(api_server, namespace, before) == set()


def left_over(server: ApiServer, namespace: str, before: set[str]) -> set[str]:
    """What is there and was not before, once pods and what belongs to them had time to go."""
    pods = f"/api/v1/namespaces/{namespace}/pods"
    server.wait(pods, lambda found: not found["items"], 60)
    slices = f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"
    server.wait(slices, lambda found: not found["items"], 60)
    return everything(server, namespace) - before


def test_connection_test_runs_where_restricted_is_enforced(
    helm: Helm, api_server: ApiServer, tmp_path: Path
) -> None:
    """`helm test` makes one pod per release, which no Service or budget selects, and takes it away."""
    namespace = enforcing(api_server)
    chart = chart_of_example(tmp_path, "minimal")
    release = Release(helm, api_server, namespace, "eu", chart)
    release.well("install", "eu", chart)
    (pod,) = objects(release.well("get", "hooks", "eu"))
    assert (pod["kind"], pod["metadata"]["name"]) == ("Pod", "eu-orders-test")
    assert pod["metadata"]["labels"] == {
        "app.kubernetes.io/component": "test",
        "app.kubernetes.io/instance": "eu",
    }
    assert pod["metadata"]["annotations"]["helm.sh/hook"] == "test"

    answer = api_server.dry_run(json.dumps(pod), namespace)
    assert (answer.status, answer.message, answer.warnings) == (201, "", ())
    del pod["spec"]["securityContext"]["seccompProfile"]
    answer = api_server.dry_run(json.dumps(pod), namespace)
    assert 'violates PodSecurity "restricted:latest": seccompProfile' in answer.message, "nothing is enforced"

    said = release.well("test", "eu", "--timeout", "1m")
    assert "TEST SUITE:     eu-orders-test" in said
    assert "Phase:          Succeeded" in said
    gone = api_server.kubectl("get", "pod", "eu-orders-test", "-n", namespace)
    assert "not found" in gone.stderr


def test_an_infeasible_upgrade_leaves_the_release_as_it_was(
    helm: Helm, api_server: ApiServer, tmp_path: Path
) -> None:
    """It fails with the message of `render`, before anything is sent; the next one works."""
    namespace = enforcing(api_server)
    chart = chart_of_example(tmp_path, "minimal")
    release = Release(helm, api_server, namespace, "orders", chart)
    release.well("install", "orders", chart)
    path = release.deployment_path("orders")
    before = release.manifest(), api_server.get(path)["metadata"]["generation"]
    loaded = loaded_for("minimal")
    override = {"rollout": {"maxSurge": 0}}
    status, _, told = release.run("upgrade", "orders", chart, override=override)
    assert status == 1
    message = (
        "rollout.maxSurge (0) and rollout.maxUnavailable (0) are both zero: no pod could ever be replaced"
    )
    hint = "  hint: raise one of them: maxSurge adds a pod first, maxUnavailable takes one away first"
    assert f"{message}\n{hint}" in told
    assert rendered(overridden(loaded, override)).refused == f"{message}\n{hint}"
    assert (release.manifest(), api_server.get(path)["metadata"]["generation"]) == before
    assert release.revisions() == [(1, "deployed")]

    release.well("upgrade", "orders", chart, override={"rollout": {"maxSurge": 0, "maxUnavailable": 1}})
    assert release.revisions() == [(1, "superseded"), (2, "deployed")]


def endpoints(server: ApiServer, namespace: str, service: str) -> set[str]:
    """The pods to which a Service leads."""
    path = f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"
    found = server.get(f"{path}?labelSelector=kubernetes.io/service-name%3D{service}")
    return {
        endpoint["targetRef"]["name"] for each in found["items"] for endpoint in each.get("endpoints") or []
    }


@pytest.mark.needs("full-check")
def test_two_releases_side_by_side(helm: Helm, api_server: ApiServer, tmp_path: Path) -> None:
    """One chart twice in a namespace: each Service leads to its own pods, and one goes without the other."""
    namespace = enforcing(api_server)
    chart = chart_of_example(tmp_path, "minimal")
    blue, green = (Release(helm, api_server, namespace, name, chart) for name in ("blue", "green"))
    for release in (blue, green):
        release.install(QUICK)
        release.deployment(f"{release.name}-orders")
    leads = [endpoints(api_server, namespace, f"{name}-orders") for name in ("blue", "green")]
    assert [len(pods) for pods in leads] == [2, 2]
    for name, pods in zip(("blue", "green"), leads, strict=True):
        assert all(pod.startswith(f"{name}-orders-") for pod in pods)
    before = green.live()
    blue.well("uninstall", "blue", "--wait")
    assert not [each for each in everything(api_server, namespace) if each.endswith("/blue-orders")]
    assert green.live() == before
    assert settled(api_server.get(green.deployment_path("green-orders")))


PARENT = """\
apiVersion: v2
name: shop
version: 0.1.0
dependencies:
  - {name: orders, version: 0.1.0}
  - {name: checkout, version: 0.1.0}
"""


@pytest.mark.needs("full-check")
def test_two_charts_under_one_parent(helm: Helm, api_server: ApiServer, tmp_path: Path) -> None:
    """One release of both, each with its own values; both are tested, changed and gone together."""
    namespace = enforcing(api_server)
    before = everything(api_server, namespace)
    parent = tmp_path / "shop"
    for example, name in (("minimal", "orders"), ("production", "checkout")):
        shutil.copytree(chart_of_example(tmp_path / example, example), parent / "charts" / name)
    (parent / "Chart.yaml").write_text(PARENT, encoding="utf-8")
    release = Release(helm, api_server, namespace, "shop", parent)
    values = {"orders": QUICK, "checkout": {**QUICK, "replicas": 1, "fullnameOverride": "till"}}
    release.install(values)
    assert release.deployment("shop-orders")["spec"]["replicas"] == 2
    assert release.deployment("till")["spec"]["replicas"] == 1
    assert len(endpoints(api_server, namespace, "shop-orders")) == 2
    assert len(endpoints(api_server, namespace, "till")) == 1
    said = release.well("test", "shop", "--timeout", "1m")
    assert said.count("Phase:          Succeeded") == 2
    release.upgrade({**values, "orders": {**QUICK, "image": {"tag": "1.4.3"}, "replicas": 3}})
    assert release.deployment("shop-orders")["spec"]["replicas"] == 3
    assert release.deployment("till")["metadata"]["generation"] == 1, "the other chart is left alone"
    release.well("uninstall", "shop", "--wait")
    assert left_over(api_server, namespace, before) == set()
