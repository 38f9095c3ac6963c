"""The app of the example, built once; PostgreSQL and Redis, started and killed as a test asks."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli import k8sgen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = Path(__file__).parents[2] / "examples" / "gin-orders"
PATIENCE = 30
"""Seconds after which what has not come is not coming."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def wait_for(what: str, condition: Callable[[], bool], patience: float = PATIENCE) -> float:
    """Wait until something is so; how many seconds it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < patience, f"{what} did not come in {patience} s"
        time.sleep(0.02)
    return time.monotonic() - began


@dataclass
class App:
    """The app as a process."""

    process: subprocess.Popen[bytes]
    port: int
    metrics_port: int
    log: Path

    def ask(
        self, path: str, body: bytes | None = None, method: str = "", timeout: float = 5
    ) -> tuple[int, str]:
        """Status and text of an answer; status 0 when there is none."""
        return ask(self.port, path, body, method, timeout)

    def status(self, path: str) -> int:
        """Status of an answer."""
        return self.ask(path)[0]


def ask(
    port: int, path: str, body: bytes | None = None, method: str = "", timeout: float = 5
) -> tuple[int, str]:
    """Status and text of an answer; status 0 when there is none."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=body, method=method or ("GET" if body is None else "POST")
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310 - the same
            return int(answer.status), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except OSError:
        return 0, ""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's app, generated into a new directory and built as its Dockerfile builds it."""
    directory = tmp_path_factory.mktemp("built")
    made = k8sgen("app", "service.yaml", "-o", str(directory / "app"), cwd=EXAMPLE)
    assert made.status == 0, made.stderr
    subprocess.run(
        ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", directory / "program", "."],
        cwd=directory / "app",
        env={**os.environ, "CGO_ENABLED": "0"},
        check=True,
    )
    return directory / "program"


@pytest.fixture
def start(built: Path, tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Starts the app with an environment of its own; what still runs at the end is killed."""
    running: list[App] = []

    def started(**environment: str) -> App:
        app_ports = free_port(), free_port()
        log = tmp_path / f"app-{len(running)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [built],
                env={
                    "PORT": str(app_ports[0]),
                    "METRICS_PORT": str(app_ports[1]),
                    "TMPDIR": str(tmp_path),
                    **environment,
                },
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        app = App(process, *app_ports, log)
        running.append(app)
        wait_for("the start", lambda: app.status("/startupz") == 200)
        return app

    yield started
    for app in running:
        if app.process.poll() is None:
            app.process.kill()
        app.process.wait()


@dataclass
class Server:
    """A database server that can be killed and started again on the same port."""

    command: list[str]
    port: int
    url: str
    log: Path
    answers: Callable[[], bool]
    user: str | None = None
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start, and wait until it answers."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command, stdout=out, stderr=subprocess.STDOUT, user=self.user, start_new_session=True
            )
        wait_for(f"port {self.port}", self.answers)

    def kill(self) -> None:
        """End it at once, as a node does that loses its power."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def listens(port: int) -> bool:
    """Whether a connection opens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[Server]:
    """A PostgreSQL of its own, with a password."""
    directory = Path(
        subprocess.run(["mktemp", "-d"], check=True, capture_output=True, text=True).stdout.strip()
    )
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        shutil.chown(directory, user)
    port = free_port()
    password = tmp_path / "password"
    password.write_text("hunter2")
    password.chmod(0o644)
    with password.open() as given:
        subprocess.run(
            [
                "initdb",
                "-D",
                directory / "data",
                "-U",
                "orders",
                "-A",
                "scram-sha-256",
                "--pwfile=/dev/stdin",
                "-N",
            ],
            stdin=given,
            check=True,
            capture_output=True,
            user=user,
            cwd="/",
        )
    server = Server(
        ["postgres", "-D", str(directory / "data"), "-p", str(port), "-k", "", "-c", "fsync=off"],
        port,
        f"postgres://orders:hunter2@127.0.0.1:{port}/postgres",
        tmp_path / "postgres.log",
        lambda: listens(port),
        user,
    )
    server.start()
    yield server
    server.kill()
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Server]:
    """A Redis of its own."""
    port = free_port()
    server = Server(
        ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)],
        port,
        f"redis://127.0.0.1:{port}/0",
        tmp_path / "redis.log",
        lambda: listens(port),
    )
    server.start()
    yield server
    server.kill()
