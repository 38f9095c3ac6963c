"""`k8sgen chart`: what it writes, what it keeps current, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from k8sgen.fleet.chart import lowest_version
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from tests.cli import k8sgen
from tests.files import files_of

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
"""


def write(project: Path, text: str, name: str = "service.yaml") -> None:
    """A file of the project."""
    (project / name).write_text(text, encoding="utf-8")


def refusal(project: Path, *options: str) -> str:
    """What is said of input that is refused; nothing is written then."""
    before = files_of(project)
    run = k8sgen("chart", "service.yaml", "-o", "chart", *options, cwd=project)
    assert (run.status, run.stdout) == (2, "")
    assert files_of(project) == before
    return run.stderr


def test_a_chart_is_written_once(project: Path) -> None:
    """The files with their list; then nothing is stale, and what is edited by hand is overwritten and said."""
    run = k8sgen("chart", "service.yaml", "-o", "chart", cwd=project)
    written = files_of(project / "chart")
    assert (run.status, run.stdout) == (0, "")
    assert run.stderr == f"{len(written)} written, 0 changed, 0 unchanged, 0 removed\n"
    assert {".k8sgen", "Chart.yaml", "values.yaml", "values-production.yaml", "values-staging.yaml"} <= set(
        written
    )
    listed = [line.split("  ")[1] for line in written[".k8sgen"].decode().splitlines()]
    assert listed == sorted(set(written) - {".k8sgen"})
    check = k8sgen("chart", "service.yaml", "-o", "chart", "--check", cwd=project)
    assert (check.status, check.stdout, check.stderr) == (0, "", "")
    write(project, "replicas: 9\n", "chart/values.yaml")
    mended = k8sgen("chart", "service.yaml", "-o", "chart", cwd=project)
    assert mended.stderr == (
        "note: chart/values.yaml was edited by hand, and is now overwritten\n"
        f"0 written, 1 changed, {len(written) - 1} unchanged, 0 removed\n"
    )
    assert files_of(project / "chart") == written


def test_the_chart_follows_the_spec(project: Path) -> None:
    """What an environment no longer asks for is removed; a file of somebody else's stays."""
    k8sgen("chart", "service.yaml", "-o", "chart", cwd=project)
    write(project, "ours: true\n", "chart/ci-values.yaml")
    write(project, SPEC + "environments: {staging: {}}\n")
    check = k8sgen("chart", "service.yaml", "-o", "chart", "--check", cwd=project)
    assert check.status == 1
    assert "deleted file mode 100644\n--- a/values-production.yaml\n+++ /dev/null\n" in check.stdout
    assert check.stderr.startswith("stale: 0 missing, ")
    assert check.stderr.endswith(" changed, 1 left over\n")
    assert (project / "chart" / "values-production.yaml").is_file()
    run = k8sgen("chart", "service.yaml", "-o", "chart", cwd=project)
    assert run.stderr.endswith(" 1 removed\n")
    assert not (project / "chart" / "values-production.yaml").exists()
    assert (project / "chart" / "ci-values.yaml").read_text(encoding="utf-8") == "ours: true\n"


def test_a_directory_of_somebody_else_is_refused(project: Path) -> None:
    """Not one file of it is touched, whatever it is called."""
    (project / "chart").mkdir()
    write(project, "name: mine\n", "chart/Chart.yaml")
    assert refusal(project) == (
        "chart:1:1: this directory is not empty, and .k8sgen does not say that k8sgen wrote it: it holds Chart.yaml\n"
        "  hint: choose another directory, or move what is in it away\n"
    )


def test_a_file_where_the_directory_should_be_is_refused(project: Path) -> None:
    """As of `render`."""
    write(project, "", "chart")
    assert "Invalid value for '-o' / '--output': Directory 'chart' is a file." in refusal(project)


def test_a_name_too_long_for_a_release_is_refused(project: Path) -> None:
    """At the line that says it."""
    name = "o" * 54
    write(project, f"# A long one.\nname: {name}\nimage: a:1\n")
    assert refusal(project) == (
        f'service.yaml:2:7: name ("{name}") has 54 characters, and the name of a Helm release at most 53\n'
        "  hint: shorten it\n"
    )


JSON_PATCHES = (
    (
        "Deployment: [{op: replace, path: /spec/revisionHistoryLimit, value: 1}]",
        '  hint: write patches: {"Deployment": {"spec": {"revisionHistoryLimit": 1}}}\n',
    ),
    (
        "Service/orders: [{op: remove, path: /spec/type}]",
        '  hint: write patches: {"Service/orders": {"spec": {"type": null}}}\n',
    ),
    (
        "Deployment: [{op: add, path: /spec/template/spec/containers/0/stdin, value: true}]",
        "  hint: write it with the fields of the spec: a merge patch would replace whole lists\n",
    ),
)


@pytest.mark.parametrize(("patch", "hint"), JSON_PATCHES, ids=lambda text: text[:20])
def test_a_json_patch_is_refused_with_what_to_write(project: Path, patch: str, hint: str) -> None:
    """The merge patch that does the same, where there is one."""
    write(project, f"{SPEC}patches:\n  {patch}\n")
    name = patch.partition(":")[0]
    assert (
        refusal(project)
        == f'service.yaml:5:3: patch "{name}" is a JSON Patch, which a chart cannot carry\n{hint}'
    )


def test_a_json_patch_of_an_environment_is_refused(project: Path) -> None:
    """Every environment is looked at, and each patch named once."""
    write(
        project,
        SPEC + "environments:\n  one: {}\n  two:\n    patches:\n"
        "      Deployment:\n        - {op: add, path: /metadata/annotations, value: {a: b}}\n",
    )
    assert refusal(project) == (
        'service.yaml:8:7: patch "Deployment" is a JSON Patch, which a chart cannot carry\n'
        '  hint: write patches: {"Deployment": {"metadata": {"annotations": {"a": "b"}}}}\n'
    )


def test_problems_of_all_environments_are_reported(project: Path) -> None:
    """Each at its place; those of the base alone say that they are."""
    write(
        project,
        "name: orders\nimage: a:1\nreplicas: many\nenvironments:\n"
        "  one: {replicas: 1, port: x}\n  two: {replicas: 2, teem: a}\n",
    )
    assert refusal(project) == (
        'service.yaml:5:28: ports.http ("x") is text, and must be a whole number or a map\n'
        "  hint: write it like `http: 8080`\n"
        "service.yaml:6:22: teem is not a field of the spec\n"
        "  hint: did you mean team?\n"
        'service.yaml:3:11: without an environment, as in values.yaml: replicas ("many") is text, '
        "and must be a whole number\n"
    )


def test_the_version_is_the_lowest_of_the_environments(project: Path) -> None:
    """Unless it is said; the base counts where there is no environment."""
    settings = 'kubernetesVersion: "1.30"\nenvironments:\n  production: {kubernetesVersion: "1.34"}\n  staging: {kubernetesVersion: "1.33"}\n'
    write(project, settings, "k8sgen.yaml")

    def version() -> str:
        path = project / "service.yaml"
        builder = Builder(Options())
        return lowest_version(builder, builder.document(SpecFile(path, path.name)))

    assert version() == "1.33"
    run = k8sgen("chart", "service.yaml", "-o", "chart", "--kubernetes-version", "1.36", cwd=project)
    assert run.status == 0
    assert " for Kubernetes 1.36.\n" in (project / "chart" / "README.md").read_text(encoding="utf-8")
    write(project, SPEC)
    write(project, 'kubernetesVersion: "1.30"\n', "k8sgen.yaml")
    assert version() == "1.30"


def test_templates_of_the_user_count(project: Path) -> None:
    """They take the place of ours in the chart, too; outside the subset they are refused."""
    (project / "mine").mkdir()
    write(
        project,
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {{ release.fullname }}\nimagePullSecrets: []\n",
        "mine/serviceaccount.yaml.j2",
    )
    run = k8sgen("chart", "service.yaml", "-o", "chart", "--templates", "mine", cwd=project)
    assert run.status == 0, run.stderr
    text = (project / "chart" / "templates" / "serviceaccount.yaml").read_text(encoding="utf-8")
    assert "imagePullSecrets: []" in text
    write(project, "kind: {{ replicas + 1 }}\n", "mine/serviceaccount.yaml.j2")
    run = k8sgen("chart", "service.yaml", "-o", "other", "--templates", "mine", cwd=project)
    assert run.status == 2
    assert run.stderr.startswith("mine/serviceaccount.yaml.j2:1:1: ")
    assert not (project / "other").exists()


def test_without_a_directory_the_use_is_shown(project: Path) -> None:
    """A chart is many files."""
    run = k8sgen("chart", "service.yaml", cwd=project)
    assert run.status == 2
    assert "Missing option '-o' / '--output'" in run.stderr


def test_charts_are_no_specs(project: Path) -> None:
    """Their template service.yaml is not taken for one, whoever wrote the chart."""
    for chart, listed in (("ours", ".k8sgen"), ("theirs", "Chart.yaml")):
        (project / chart / "templates").mkdir(parents=True)
        write(project, "", f"{chart}/{listed}")
        write(project, "apiVersion: {{ .Values.x }}\n", f"{chart}/templates/service.yaml")
    write(project, SPEC.replace("orders", "theirs"), "theirs/service.yaml")
    run = k8sgen("render", ".", "-o", "out", cwd=project)
    assert run.status == 0, run.stderr
    assert sorted(path.name for path in (project / "out").iterdir()) == ["orders", "theirs"]
