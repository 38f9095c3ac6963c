"""What `k8sgen explain` answers, for one value and for a whole service."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.cli.specs import one_spec
from k8sgen.explain.report import report
from k8sgen.explain.value import Explainer
from k8sgen.spec.problems import path_text
from tests.cli import k8sgen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.render.objects import Rendered

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def rendered(example: str, environment: str = "") -> Rendered:
    """An example in an environment."""
    builder, document = one_spec(str(EXAMPLES / example), environment=environment)
    return builder.rendered(document, environment)


def scalars(value: Any, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The pointer of every scalar."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from scalars(item, (*pointer, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from scalars(item, (*pointer, index))
    else:
        yield pointer


def answer(project: Path, path: str, *options: str) -> str:
    """What is said of a path."""
    run = k8sgen("explain", "service.yaml", path, *options, cwd=project)
    assert (run.status, run.stderr) == (0, "")
    return run.stdout


CAUSE = re.compile(
    r"(service|k8sgen)\.yaml:\d+:\d+|^default$|^k8sgen, derived$|^template [\w.]+: |the name of the service|the target version"
)


@pytest.mark.parametrize(
    ("example", "environment"),
    [("minimal", ""), ("worker", ""), ("full", ""), ("production", "production"), ("production", "staging")],
)
def test_every_scalar_has_a_cause(example: str, environment: str) -> None:
    """A line of a file, a default, a derivation or a template; what was chosen has a reason or its fields."""
    service = rendered(example, environment)
    explainer = Explainer(service)
    for obj in service.objects:
        for pointer in scalars(obj.data):
            path = f"{obj.kind}/{obj.name}"
            found = explainer.of_output([obj], pointer, path)
            where = f"{path}: {path_text(pointer)}"
            assert found.title == where
            assert CAUSE.search(found.set_by), f"{where}: {found.set_by}"
            if found.set_by == "k8sgen, derived":
                assert found.why or found.what, where
            if found.set_by == "default":
                assert found.why or found.what, where


def test_value_that_a_layer_set(project: Path) -> None:
    """Layer, file, line and column, and where it is printed."""
    assert answer(project, "replicas", "--env", "production") == (
        "replicas = 3\n"
        "  set by   environment production of service.yaml, service.yaml:6:15\n"
        "  what     Pods that run.\n"
        "  printed  Deployment/orders: spec.replicas\n"
    )


def test_value_from_settings_and_from_an_option(project: Path) -> None:
    """Each layer is named as the user knows it."""
    (project / "k8sgen.yaml").write_text("defaults: {team: core}\n", encoding="utf-8")
    assert "  set by   defaults of k8sgen.yaml, k8sgen.yaml:1:18\n" in answer(project, "team")
    assert "  set by   --set team=web\n" in answer(project, "team", "--set", "team=web")


def test_derived_value(project: Path) -> None:
    """The reason with its numbers, and every field that it was computed from."""
    assert answer(project, "shutdown.gracePeriodSeconds", "--set", "shutdown.timeoutSeconds=60") == (
        "shutdown.gracePeriodSeconds = 70\n"
        "  set by   k8sgen, derived\n"
        "  why      drain 5 s + time-out 60 s + 5 s margin\n"
        "  what     Seconds from the start of the preStop hook to SIGKILL.\n"
        "  from     service.enabled = true (default)\n"
        "           sidecars = {} (default)\n"
        "           shutdown.timeoutSeconds = 60 (--set shutdown.timeoutSeconds=60)\n"
        "  printed  Deployment/orders: spec.template.spec.terminationGracePeriodSeconds\n"
        "  source   https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination\n"
    )


def test_value_of_the_output(project: Path) -> None:
    """By kind and place; the same answer as for its field."""
    text = answer(project, "Deployment.spec.template.spec.containers[0].image")
    assert text.startswith(
        "Deployment/orders: spec.template.spec.containers[0].image = ghcr.io/acme/orders:1.4.2\n"
    )
    assert "image.tag = 1.4.2 (service.yaml:2:8)\n" in text


def test_part_of_a_derived_map(project: Path) -> None:
    """The reason is that of the whole."""
    assert answer(project, "resources.requests.cpu") == (
        "resources.requests.cpu = 100m\n"
        "  set by   k8sgen, derived\n"
        "  why      a guess, to be measured\n"
        "  what     What the scheduler reserves for a container: a guess, never above a limit that is given.\n"
        "  source   https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/\n"
    )


def test_map_of_parts() -> None:
    """A map of containers is shown as it is written, not as Python holds it."""
    found = Explainer(rendered("full")).explain("sidecars")
    assert found.value["proxy"]["image"]["repository"] == "envoyproxy/envoy"


def test_kind_in_lower_case(project: Path) -> None:
    """As kubectl takes it, where no field has that name."""
    assert answer(project, "deployment.kind").startswith("Deployment/orders: kind = Deployment\n")


def test_part_of_the_output(project: Path) -> None:
    """A map says what it holds, each of which has an answer."""
    assert (
        answer(project, "Deployment.spec.strategy")
        == "Deployment/orders: spec.strategy\n  holds    type, rollingUpdate\n"
    )
    assert answer(project, "Service.metadata.labels") == (
        "Service/orders: metadata.labels\n  holds    [app.kubernetes.io/name], [app.kubernetes.io/instance]\n"
    )
    assert answer(project, "Service.metadata.labels[app.kubernetes.io/name]").startswith(
        "Service/orders: metadata.labels[app.kubernetes.io/name] = orders\n"
    )


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("rollout.maxSurg", "did you mean maxSurge?"),
        ("replica", "did you mean replicas?"),
        ("Deployment.spec.replica", "did you mean replicas?"),
        (
            "Deployment.spec.strategy.x",
            "Deployment/orders: spec.strategy holds type, rollingUpdate",
        ),
        (
            "Deployment.spec.template.spec.containers[9].image",
            "Deployment/orders: spec.template.spec.containers ends with [0]",
        ),
        ("labels.tier", "labels is empty"),
        ("ports.htp.port", "did you mean http?"),
        ("ports.grpc", "ports holds http"),
        ("resources.requests.storage", "resources.requests holds cpu, memory"),
        ("Deployment.spec.replicas.x", "Deployment/orders: spec.replicas is 2 and holds nothing"),
        ("", "name a field (rollout.maxSurge) or a value of the output (Deployment.spec.replicas)"),
        ("..", "name a field (rollout.maxSurge) or a value of the output (Deployment.spec.replicas)"),
    ],
)
def test_path_that_leads_nowhere(project: Path, path: str, hint: str) -> None:
    """The nearest that there is, or what is there instead."""
    run = k8sgen("explain", "service.yaml", path, cwd=project)
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr == f'there is nothing at "{path}"\n  hint: {hint}\n'


def test_kind_that_is_not_rendered(project: Path) -> None:
    """What is rendered is listed."""
    run = k8sgen("explain", "service.yaml", "Ingress.spec", cwd=project)
    assert (run.status, run.stderr) == (
        2,
        (
            "no Ingress is rendered\n"
            "  hint: rendered: ServiceAccount/orders, Service/orders, Deployment/orders, PodDisruptionBudget/orders\n"
        ),
    )


def test_directory_of_several_specs(project: Path) -> None:
    """An explanation is of one service."""
    shutil.copy(project / "service.yaml", project / "b.service.yaml")
    run = k8sgen("explain", ".", cwd=project)
    assert (run.status, run.stderr) == (
        2,
        ".: 2 specs are in this directory\n  hint: name one of them: b.service.yaml\n",
    )


@pytest.mark.parametrize("width", [80, 100, 160])
def test_report_fits_its_width(width: int) -> None:
    """No line is longer than the terminal, addresses excepted; numbers keep their units."""
    lines = [line.text for line in report(rendered("production", "production"), width)]
    long = [line for line in lines if len(line) > width and "://" not in line and "explain SPEC" not in line]
    assert long == []
    assert not [line for line in lines if re.match(r"\s*(s|%)\b", line)]


def test_report_says_what_will_happen() -> None:
    """Each topic, and every choice under its object."""
    text = "\n".join(line.text for line in report(rendered("production", "production"), 160))
    headings = re.findall(r"^\S.*$", text, re.MULTILINE)
    assert headings == [
        "checkout in production, for Kubernetes 1.36",
        "Scale",
        "Rollout",
        "Drain",
        "Start-up",
        "Detection",
        "Shutdown",
        "What this asks of the image",
        "What the tool chose, and why",
        "ServiceAccount/checkout",
        "Service/checkout",
        "Deployment/checkout",
        "PodDisruptionBudget/checkout",
        "Ingress/checkout",
        "NetworkPolicy/checkout",
        "One value with its line and source: k8sgen explain SPEC Deployment.spec.minReadySeconds",
    ]
    service = rendered("production", "production")
    for obj in service.objects:
        for _, reason in obj.reasons.values():
            assert reason in text


def test_report_without_a_terminal_has_a_fixed_width(project: Path) -> None:
    """A pipe or a file: 100 columns, no escape codes."""
    run = k8sgen("explain", "service.yaml", cwd=project)
    assert run.stdout.startswith("orders, for Kubernetes 1.35\n\nScale\n  2 pods run\n")
    assert "    minReadySeconds: 5" in run.stdout
    assert "\x1b" not in run.stdout
