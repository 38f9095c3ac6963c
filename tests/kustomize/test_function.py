"""`k8sgen krm`: a ResourceList in, a ResourceList out; alone, and run by the real kustomize."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.fleet.function import run_function
from tests.cli import k8sgen

if TYPE_CHECKING:
    from tests.cli import Run
    from tests.plugins.kustomize import Kustomize

EXAMPLE = Path(__file__).parents[2] / "examples" / "gitops" / "kustomize-function"
CONFIG = """\
apiVersion: k8sgen.dev/v1
kind: ServiceSpec
metadata: {name: orders}
spec:
  name: orders
  image: ghcr.io/acme/orders:1.4.2
  port: 8080
  environments: {production: {replicas: 3}}
"""
PATH = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
ALPHA = ("--enable-alpha-plugins", "--enable-exec")


def listed(config: str = CONFIG, items: str = "[]") -> str:
    """A ResourceList."""
    indented = "".join(f"  {line}\n" for line in config.splitlines())
    return (
        "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"
        f"items: {items}\nfunctionConfig:\n{indented}"
    )


def run(text: str | bytes, cwd: Path) -> tuple[Run, dict[str, Any]]:
    """Run the function, and read what it answers."""
    ran = k8sgen("krm", cwd=cwd, stdin=text.encode() if isinstance(text, str) else text)
    answer = yaml.safe_load(ran.stdout)
    assert answer["kind"] == "ResourceList"
    return ran, answer


def rendered(directory: Path, *options: str) -> list[dict[str, Any]]:
    """What `render` makes of the same spec."""
    spec = yaml.safe_load(CONFIG)["spec"]
    (directory / "service.yaml").write_text(yaml.safe_dump(spec), encoding="utf-8")
    ran = k8sgen("render", "service.yaml", *options, cwd=directory)
    assert ran.status == 0, ran.stderr
    return list(yaml.safe_load_all(ran.stdout))


def without_paths(item: dict[str, Any]) -> dict[str, Any]:
    """An item without the annotations that say where its file is."""
    metadata = dict(item["metadata"])
    annotations = {
        key: value
        for key, value in metadata.pop("annotations", {}).items()
        if not key.endswith("config.kubernetes.io/path")
    }
    return {**item, "metadata": {**metadata, **({"annotations": annotations} if annotations else {})}}


def test_items_are_what_render_says(tmp_path: Path) -> None:
    """With the file of each; the configuration comes back, and there is nothing to report."""
    ran, answer = run(listed(CONFIG + "environment: production\n"), tmp_path)
    assert (ran.status, ran.stderr) == (0, "")
    assert [without_paths(item) for item in answer["items"]] == rendered(tmp_path, "--env", "production")
    assert answer["functionConfig"]["spec"]["name"] == "orders"
    assert "results" not in answer
    assert {item["metadata"]["annotations"]["config.kubernetes.io/path"] for item in answer["items"]} == {
        f"k8sgen-orders/{kind}.yaml"
        for kind in ("serviceaccount", "service", "deployment", "poddisruptionbudget")
    }


def test_version_and_settings_count(tmp_path: Path) -> None:
    """KubernetesVersion of the configuration, and k8sgen.yaml of the working directory."""
    (tmp_path / "k8sgen.yaml").write_text("defaults: {labels: {a: b}}\n", encoding="utf-8")
    _, answer = run(listed(CONFIG + 'kubernetesVersion: "1.27"\n'), tmp_path)
    assert [without_paths(item) for item in answer["items"]] == rendered(
        tmp_path, "--kubernetes-version", "1.27"
    )
    assert answer["items"][0]["metadata"]["labels"]["a"] == "b"


def test_items_that_came_stay_as_they_were_written(tmp_path: Path) -> None:
    """Whatever their quotes, and whatever a reader makes of words without."""
    item = "{apiVersion: v1, kind: ConfigMap, metadata: {name: mine}, data: {a: on, b: 'no', c: 1e3, d: \"012\", e: 0o17, f: =}}"
    ran = k8sgen("krm", cwd=tmp_path, stdin=listed(items=f"\n- {item}").encode())
    assert ran.status == 0, ran.stderr
    assert f"- {item}\n" in ran.stdout


def test_its_own_items_are_replaced(tmp_path: Path) -> None:
    """Those that it makes again, and those in its directory that it makes no more."""
    first, answer = run(listed(), tmp_path)
    again, second = run(first.stdout, tmp_path)
    assert again.stdout == first.stdout
    edited = first.stdout.replace("  port: 8080\n", "")
    assert edited != first.stdout
    _, third = run(edited, tmp_path)
    assert [item["kind"] for item in second["items"]] == [item["kind"] for item in answer["items"]]
    assert "Service" in {item["kind"] for item in second["items"]}
    assert "Service" not in {item["kind"] for item in third["items"]}


@pytest.mark.parametrize(
    ("config", "field", "message"),
    [
        (
            CONFIG.replace("replicas: 3", "replicas: x") + "environment: production\n",
            "spec.environments.production.replicas",
            'replicas ("x") is text, and must be a whole number',
        ),
        (
            CONFIG.replace("  image: ghcr.io/acme/orders:1.4.2\n", ""),
            "spec",
            "image is missing\nhint: add `image: ghcr.io/acme/orders:1.4.2`",
        ),
        (
            CONFIG + "environment: prod\n",
            "environment",
            'environment "prod" is not in the spec\nhint: known: production',
        ),
        (
            CONFIG + "kubernetesVersion: 1.99\n",
            "kubernetesVersion",
            'kubernetesVersion ("1.99") is not supported\nhint: write a version from 1.25 to 1.37',
        ),
        (CONFIG + "environment: [a]\n", "environment", "environment is not text\nhint: write one word"),
        (
            CONFIG + "env: {}\n",
            "env",
            '"env" is not a key of a ServiceSpec\nhint: known: apiVersion, kind, metadata, spec, environment, kubernetesVersion',
        ),
        (
            CONFIG.replace("kind: ServiceSpec", "kind: Service"),
            "kind",
            'kind ("Service") is not "ServiceSpec"\nhint: write ServiceSpec',
        ),
        (
            CONFIG.split("spec:", maxsplit=1)[0],
            "spec",
            "there is no service under `spec`\nhint: write there what service.yaml would hold: name, image and what else the service needs",
        ),
        (CONFIG.replace("port: 8080", "port: yes"), "spec", "…"),
    ],
)
def test_problems_are_results(tmp_path: Path, config: str, field: str, message: str) -> None:
    """With their fields; the items come back as they were, and the status is 1."""
    item = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mine"}}
    ran, answer = run(listed(config, "[{apiVersion: v1, kind: ConfigMap, metadata: {name: mine}}]"), tmp_path)
    assert ran.status == 1
    assert answer["items"] == [item]
    (result,) = answer["results"]
    assert result["severity"] == "error"
    assert result["field"] == {"path": field}
    assert result["resourceRef"]["name"] == "orders"
    if message != "…":
        assert result["message"] == message
        shown = "".join(f"  {line}\n" for line in message.split("\n")[1:])
        first = message.split("\n", maxsplit=1)[0]
        assert ran.stderr == f"ServiceSpec/orders: {field}: {first}\n{shown}"


def test_result_names_the_file_of_the_configuration(tmp_path: Path) -> None:
    """Orchestrators say where it stands."""
    config = CONFIG.replace(
        "{name: orders}", "{name: orders, annotations: {config.kubernetes.io/path: a/orders.yaml}}"
    )
    _, answer = run(listed(config.replace("port: 8080", "port: 0")), tmp_path)
    assert answer["results"][0]["file"] == {"path": "a/orders.yaml"}


def test_kind_without_a_schema_is_a_note(tmp_path: Path) -> None:
    """No error: the objects are there."""
    extra = "  extraObjects: {a: {apiVersion: a.example.com/v1, kind: Part, metadata: {name: a}}}\n"
    ran, answer = run(listed(CONFIG + extra), tmp_path)
    note = "there is no schema for Part of a.example.com/v1, so only its form was checked"
    assert (ran.status, ran.stderr) == (0, f"note: {note}\n")
    assert [(result["severity"], result["message"]) for result in answer["results"]] == [("info", note)]
    assert answer["items"][-1]["kind"] == "Part"


@pytest.mark.parametrize(
    ("text", "stderr"),
    [
        (
            "",
            '<stdin>: the input is of kind "", and must be a ResourceList\n  hint: a KRM function is run by an orchestrator, such as kustomize build --enable-alpha-plugins --enable-exec\n',
        ),
        ("a: [", "<stdin>: the input is not one YAML document: did not find expected node content\n"),
        (b"\xff\xfe\xff", None),
        ("a: 1\n---\nb: 2\n", "<stdin>: the input is not one YAML document: but found another document\n"),
        ("[" * 5000, "<stdin>: the input is nested deeper than 200 levels\n"),
        (
            "kind: ResourceList\n",
            '<stdin>: apiVersion ("") is not known\n  hint: known: config.kubernetes.io/v1, config.kubernetes.io/v1beta1, config.kubernetes.io/v1alpha1\n',
        ),
        (
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n",
            "<stdin>: there is no functionConfig\n  hint: give a ServiceSpec of k8sgen.dev/v1 with the service under `spec`\n",
        ),
        (
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig: 3\n",
            "<stdin>: functionConfig is not a map\n  hint: give one object\n",
        ),
        (
            "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: 3\n",
            "<stdin>: items is not a list\n  hint: give a list of objects\n",
        ),
    ],
)
def test_malformed_input(tmp_path: Path, text: str | bytes, stderr: str | None) -> None:
    """It is answered, too: with a result, a line on standard error and the status 1."""
    ran, answer = run(text, tmp_path)
    assert ran.status == 1
    assert answer["results"][0]["severity"] == "error"
    if stderr is not None:
        assert ran.stderr == stderr


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_answered(text: bytes) -> None:
    """Never a traceback."""
    outcome = run_function(text, Path("/nowhere"))
    assert outcome.failed
    assert yaml.safe_load(outcome.text)["results"]


yaml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("metadata", "name", "annotations", "spec", "kind", "image")), inner, max_size=3
        )
    ),
    max_leaves=10,
)


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("metadata", "spec", "environment", "kubernetesVersion", "kind"), yaml_values),
    ),
    yaml_values,
)
def test_any_configuration_is_answered(config: dict[str, Any], items: Any) -> None:
    """Nor is there one for values of any form in any place."""
    whole = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": {"apiVersion": "k8sgen.dev/v1", "kind": "ServiceSpec", **config},
    }
    outcome = run_function(yaml.safe_dump(whole).encode(), Path("/nowhere"))
    assert yaml.safe_load(outcome.text)["kind"] == "ResourceList"


def test_kustomize_runs_it_as_a_generator(kustomize: Kustomize) -> None:
    """The example, as it is committed."""
    ran = kustomize("build", *ALPHA, EXAMPLE, env=PATH)
    assert ran.returncode == 0, ran.stderr
    config = yaml.safe_load((EXAMPLE / "orders.yaml").read_text(encoding="utf-8"))
    spec = yaml.safe_dump(config["spec"]).encode()
    wanted = k8sgen("render", "-", "--env", config["environment"], cwd=EXAMPLE, stdin=spec)
    assert by_kind(ran.stdout) == by_kind(wanted.stdout)
    assert len(by_kind(ran.stdout)) == 4


def test_kustomize_runs_it_as_a_transformer(kustomize: Kustomize, tmp_path: Path) -> None:
    """Resources that are there stay, and one of its own kind and name is replaced."""
    shutil.copy(EXAMPLE / "orders.yaml", tmp_path)
    (tmp_path / "mine.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\ndata: {a: 'on'}\n---\n"
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: orders, labels: {old: 'true'}}\n",
        encoding="utf-8",
    )
    (tmp_path / "kustomization.yaml").write_text(
        "resources: [mine.yaml]\ntransformers: [orders.yaml]\n", encoding="utf-8"
    )
    ran = kustomize("build", *ALPHA, tmp_path, env=PATH)
    assert ran.returncode == 0, ran.stderr
    generated = by_kind(kustomize("build", *ALPHA, EXAMPLE, env=PATH).stdout)
    mine = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mine"}, "data": {"a": "on"}}
    assert by_kind(ran.stdout) == {**generated, "ConfigMap": mine}


def test_kustomize_stops_where_it_fails(kustomize: Kustomize, tmp_path: Path) -> None:
    """With our message."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "orders.yaml").read_text(encoding="utf-8")
    (tmp_path / "orders.yaml").write_text(text.replace("replicas: 3", "replicas: x"), encoding="utf-8")
    ran = kustomize("build", *ALPHA, tmp_path, env=PATH)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith(
        'ServiceSpec/orders: spec.environments.production.replicas: replicas ("x") is text, and must be a whole number\n'
    )


def by_kind(text: str) -> dict[str, Any]:
    """The objects of a stream by their kinds."""
    objects = [data for data in yaml.safe_load_all(text) if data]
    found = {data["kind"]: data for data in objects}
    assert len(found) == len(objects)
    return found


def test_status_of_the_process(tmp_path: Path) -> None:
    """As an orchestrator sees it."""
    ran = subprocess.run(
        [Path(sys.executable).parent / "k8sgen", "krm"],
        input=listed(CONFIG.replace("8080", "x")),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert yaml.safe_load(ran.stdout)["results"]
