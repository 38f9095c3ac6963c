"""`k8sgen app`: what it writes, and what it refuses."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import EXAMPLE
from tests.cli import k8sgen

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no port, and the app is an HTTP service"),
        ("ports: {a: 1, b: 2}\nprobes: false\n", "the app serves one port, and ports has a, b"),
        (
            "port: 80\nprobes: {liveness: /orders}\n",
            'probes.liveness asks for "/orders", where the app answers',
        ),
        ('port: 80\nprobes: {liveness: "/a:b"}\n', 'probes.liveness asks for "/a:b", which is no plain path'),
        ("port: 80\nprobes: {liveness: {exec: {command: [a]}}}\n", "probes.liveness is of type exec"),
        (
            "port: 80\nshutdown: {signal: SIGQUIT}\n",
            "shutdown.signal is SIGQUIT, and the app ends on SIGTERM",
        ),
        ("port: 80\nshutdown: {preStop: {exec: {command: [a]}}}\n", "shutdown.preStop runs a command"),
    ],
)
def test_what_no_app_can_serve_is_refused(tmp_path: Path, text: str, words: str) -> None:
    """Exit status 2, and nothing is written."""
    write(
        tmp_path, text.replace("probes: false", "probes: {startup: false, liveness: false, readiness: false}")
    )
    run = k8sgen("app", "service.yaml", "-o", "app", cwd=tmp_path)
    assert (run.status, run.stdout) == (2, "")
    assert words in run.stderr
    assert run.stderr.startswith("service.yaml:")
    assert not (tmp_path / "app").exists()


@pytest.mark.needs("full-check", "go")
def test_the_app_proves_itself_offline(tmp_path: Path) -> None:
    """Once its modules are there: formatted, vetted, tidy, and its own tests pass."""
    made = k8sgen("app", "service.yaml", "-o", str(tmp_path), cwd=EXAMPLE)
    assert made.status == 0, made.stderr
    subprocess.run(["go", "mod", "download"], cwd=tmp_path, check=True)
    offline = {**os.environ, "GOPROXY": "off", "GOFLAGS": "-mod=readonly", "CGO_ENABLED": "0"}
    for command in (["go", "build", "./..."], ["go", "vet", "./..."], ["go", "test", "-count=1", "./..."]):
        done = subprocess.run(command, cwd=tmp_path, env=offline, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    formatted = subprocess.run(["gofmt", "-l", "."], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert formatted.stdout == ""
