"""`k8sgen app`: what it writes, and what it refuses."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.app.conftest import EXAMPLE, go, with_modules
from tests.cli import k8sgen

SPEC = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"


def write(directory: Path, text: str) -> None:
    """The spec of a case."""
    (directory / "service.yaml").write_text(SPEC + text, encoding="utf-8")


def settings(directory: Path) -> str:
    """The generated settings of a spec, without the spaces that align them."""
    run = k8sgen("app", "service.yaml", "-o", "app", cwd=directory)
    assert run.status == 0, run.stderr
    text = (directory / "app" / "internal" / "settings" / "settings.go").read_text(encoding="utf-8")
    return " ".join(text.split())


def test_the_app_is_told_what_the_spec_says(tmp_path: Path) -> None:
    """Port, paths, shutdown budget; metrics on the main port when no other has their name."""
    write(
        tmp_path,
        "port: 9000\nprobes: {readiness: /ready/now}\nshutdown: {drainSeconds: 7, timeoutSeconds: 11}\n",
    )
    told = settings(tmp_path)
    assert "Port: 9000, MetricsPort: 9000, " in told
    assert 'Paths{Liveness: "/healthz", Readiness: "/ready/now", Startup: "/startupz"}' in told
    assert "Drain: 7 * time.Second, ShutdownTimeout: 11 * time.Second, " in told


def test_checks_of_a_kind_share_its_weight(tmp_path: Path) -> None:
    """Equally, after those that say theirs."""
    checks = "".join(
        f"    {name}: {{kind: infrastructure, type: sqlite{more}}}\n"
        for name, more in {"a": ", weight: 9", "b": "", "c": "", "d": ", required: true"}.items()
    )
    write(tmp_path, f"port: 9000\nhealth:\n  threshold: 55\n  checks:\n{checks}")
    told = settings(tmp_path)
    assert "Threshold: 55, " in told
    for name, weight, required in (
        ("a", "9", "false"),
        ("b", "11.0 / 3", "false"),
        ("d", "11.0 / 3", "true"),
    ):
        assert (
            f'{{Name: "{name}", Kind: "infrastructure", Type: "sqlite", Env: "SQLITE_PATH", Weight: {weight}, '
            f"Required: {required}, Interval: 5 * time.Second, Timeout: 2 * time.Second}}"
        ) in told


CASES = sorted(path for path in (Path(__file__).parent / "refused").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_no_app_can_serve_is_refused_in_these_words(
    case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Exit status 2, nothing on standard output, nothing written; `render` takes the same spec."""
    args = case / "args"
    arguments = shlex.split(args.read_text(encoding="utf-8")) if args.is_file() else []
    run = k8sgen("app", "service.yaml", *arguments, "-o", str(tmp_path / "app"), cwd=case)
    expected = case / "stderr.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(run.stderr, encoding="utf-8")
    assert run.stderr == expected.read_text(encoding="utf-8")
    assert (run.status, run.stdout) == (2, "")
    assert not (tmp_path / "app").exists()
    rendered = k8sgen("render", "service.yaml", *arguments, "-o", str(tmp_path / "out"), cwd=case)
    assert rendered.status == 0, rendered.stderr


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("port: 8080\nprobes: {startup: /healthz, liveness: /healthz, readiness: /readyz}\n", ""),
        ("port: 8080\nshutdown: {drainSeconds: 0}\n", "--kubernetes-version 1.29"),
        (
            "port: 8080\nenv: {DRAIN_SECONDS: 5}\nshutdown: {drainSeconds: 0, gracePeriodSeconds: 30}\n",
            "--kubernetes-version 1.29",
        ),
        ("port: 8080\n", "--kubernetes-version 1.30"),
        ("port: 8080\ncommand: [/app]\nenv: {PORT: 8080, LOG_LEVEL: WARN, METRICS_PORT: 1}\n", ""),
        ("ports: {web: 8080}\nprobes: {readiness: {httpGet: {path: /readyz, port: web}}}\n", ""),
        ("port: 8080\nshutdown: {preStop: {sleep: {seconds: 3}}}\n", ""),
    ],
)
def test_what_an_app_can_serve_is_not_refused(tmp_path: Path, text: str, arguments: str) -> None:
    """The ways out that the refusals name, and what is close to them."""
    write(tmp_path, text)
    made = k8sgen("app", "service.yaml", *arguments.split(), "-o", "app", cwd=tmp_path)
    assert made.status == 0, made.stderr


@pytest.mark.needs("full-check", "go")
def test_the_app_proves_itself_offline(tmp_path: Path, built: Path) -> None:
    """Once its modules are there: formatted, vetted, tidy, and its own tests pass."""
    assert built.exists()  # what it is made of is compiled by now, and need not be compiled again
    made = k8sgen("app", "service.yaml", "-o", str(tmp_path), cwd=EXAMPLE)
    assert made.status == 0, made.stderr
    with_modules(tmp_path)
    for command in (["build", "./..."], ["vet", "./..."], ["test", "-count=1", "./..."]):
        done = go(tmp_path, *command, GOPROXY="off")
        assert done.returncode == 0, done.stdout + done.stderr
    formatted = subprocess.run(["gofmt", "-l", "."], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert formatted.stdout == ""
