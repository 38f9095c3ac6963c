"""`k8sgen values`: the long form of a spec, which is a spec again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.cli import k8sgen
from tests.commands.examples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path


def objects(text: str, project: Path, *options: str) -> list[dict[str, Any]]:
    """What a spec renders to."""
    run = k8sgen("render", "-", "--format", "json", *options, cwd=project, stdin=text.encode())
    assert run.status == 0, run.stderr
    items: list[dict[str, Any]] = json.loads(run.stdout)["items"]
    return items


@pytest.mark.parametrize(
    ("example", "environment"),
    [("minimal", ""), ("worker", ""), ("full", ""), ("full", "staging"), ("production", "production")],
)
def test_long_form_renders_to_the_same(example: str, environment: str, tmp_path: Path) -> None:
    """Every default is written out, and none decides otherwise then. Namespace and patches are no values."""
    directory = EXAMPLES / example
    options = ["--env", environment] if environment else []
    source = yaml.safe_load((directory / "service.yaml").read_text(encoding="utf-8"))
    patches = patched(source, environment)
    without = [word for name in patches for word in ("--set", f"patches.{name}=null")]
    version = ["--kubernetes-version", "1.35"]
    run = k8sgen("values", "service.yaml", *options, cwd=directory)
    assert run.status == 0, run.stderr
    namespace = f"namespace: {source['namespace']}\n" if "namespace" in source else ""
    expected = k8sgen(
        "render", "service.yaml", "--format", "json", *options, *without, *version, cwd=directory
    )
    assert expected.status == 0, expected.stderr
    assert objects(namespace + run.stdout, tmp_path, *version) == json.loads(expected.stdout)["items"]
    assert ("note: patches are no values" in run.stderr) == bool(patches)


def patched(source: dict[str, Any], environment: str) -> list[str]:
    """The patches of a spec in an environment."""
    mine = source.get("environments", {}).get(environment) or {}
    return sorted({*source.get("patches", {}), *mine.get("patches", {})})


def test_long_form_of_the_smallest_spec(project: Path) -> None:
    """What was given, what is a default, and as a comment what is derived."""
    run = k8sgen("values", "service.yaml", "--env", "production", cwd=project)
    assert (run.status, run.stderr) == (0, "")
    assert run.stdout.startswith(
        "# Name of the service and of its objects.\nname: orders\n\n# Labels of every object.\n"
    )
    values = yaml.safe_load(run.stdout)
    assert values["replicas"] == 3
    assert values["rollout"]["revisionHistoryLimit"] == 5
    assert "  # gracePeriodSeconds: " in run.stdout
    assert not {"version", "namespace", "patches", "environments"} & set(values)


def test_values_of_a_broken_spec(project: Path) -> None:
    """The same refusals as `render`."""
    run = k8sgen("values", "service.yaml", "--set", "replicas=x", cwd=project)
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr == '--set replicas=x: replicas ("x") is text, and must be a whole number\n'
