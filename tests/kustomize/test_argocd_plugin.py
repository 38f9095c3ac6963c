"""The Argo CD plugin's commands, run as its sidecar runs them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli import k8sgen
from tests.plugins.kustomize import objects_of

ROOT = Path(__file__).parents[2]
ARGOCD = ROOT / "examples" / "gitops" / "argocd"
LONG = pytest.mark.needs("full-check")
"""Of variables that go through the same lines as the others: each costs two processes, three seconds."""
PLUGIN: dict[str, Any] = yaml.safe_load((ARGOCD / "plugin.yaml").read_text(encoding="utf-8"))["spec"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """An Application's source directory, as the repo server unpacks it: without .git."""
    for name in ("service.yaml", "k8sgen.yaml"):
        shutil.copy(ROOT / "examples" / "production" / name, tmp_path)
    return tmp_path


def run(command: dict[str, Any], source: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the plugin in the source directory."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        [*command["command"], *command["args"]],
        cwd=source,
        env={"PATH": path, "HOME": str(source), "ARGOCD_APP_NAME": "checkout", **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("env", "options"),
    [
        ({}, []),
        pytest.param({"PARAM_ENVIRONMENT": "production"}, ["--env", "production"], marks=LONG),
        pytest.param({"ARGOCD_ENV_ENVIRONMENT": "staging"}, ["--env", "staging"], marks=LONG),
        ({"ARGOCD_ENV_ENVIRONMENT": "staging", "PARAM_ENVIRONMENT": "production"}, ["--env", "production"]),
        pytest.param({"PARAM_KUBERNETES_VERSION": "1.33"}, ["--kubernetes-version", "1.33"], marks=LONG),
        (
            {"PARAM_SET_0": "image.tag=2.7.1", "PARAM_SET_1": "env.GREETING=it's $(id) `id`"},
            ["--set", "image.tag=2.7.1", "--set", "env.GREETING=it's $(id) `id`"],
        ),
    ],
)
def test_generate_prints_what_render_says(source: Path, env: dict[str, str], options: list[str]) -> None:
    """Parameters and variables become options; no value reaches a shell as code."""
    made = run(PLUGIN["generate"], source, **env)
    assert made.returncode == 0, made.stderr
    wanted = objects_of(k8sgen("render", "service.yaml", *options, cwd=source).stdout)
    assert len(wanted) > 2
    assert objects_of(made.stdout) == wanted


def test_generate_fails_with_the_place_of_what_is_wrong(source: Path) -> None:
    """Argo CD shows standard error in the Application."""
    made = run(PLUGIN["generate"], source, PARAM_ENVIRONMENT="prod")
    assert made.returncode == 2
    assert made.stdout == ""
    assert made.stderr == (
        'service.yaml:1:1: environment "prod" is not in the spec\n  hint: known: production, staging\n'
    )


def test_discover_finds_a_spec_and_nothing_else(source: Path) -> None:
    """A match is standard output that is not empty."""
    found = run(PLUGIN["discover"]["find"], source)
    assert (found.returncode, found.stdout) == (0, "service.yaml\n")
    (source / "service.yaml").write_text("apiVersion: v1\nkind: Service\n", encoding="utf-8")
    assert run(PLUGIN["discover"]["find"], source).stdout == ""
    (source / "service.yaml").unlink()
    missing = run(PLUGIN["discover"]["find"], source)
    assert (missing.returncode, missing.stdout) == (0, "")


def test_example_application_names_parameters_that_the_plugin_has() -> None:
    """And only those."""
    application = yaml.safe_load((ARGOCD / "application.yaml").read_text(encoding="utf-8"))
    used = {parameter["name"] for parameter in application["spec"]["source"]["plugin"]["parameters"]}
    announced = {parameter["name"] for parameter in PLUGIN["parameters"]["static"]}
    assert used
    assert used <= announced
    assert announced == {"environment", "kubernetes-version", "set"}
