"""The app of the example, built once; PostgreSQL and Redis, started and killed as a test asks."""

from __future__ import annotations

import fcntl
import functools
import hashlib
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
from tests.plugins.needs import ALL_TOOLS, FULL_CHECK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = Path(__file__).parents[2] / "examples" / "gin-orders"
MANY_PACKAGES = 20
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


GO = {"CGO_ENABLED": "0", "GOFLAGS": "-trimpath -mod=readonly"}
"""As the Dockerfile builds it: the same for all, so that each package is compiled once."""


def go(directory: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the go command in an app's directory."""
    return subprocess.run(
        ["go", *arguments],
        cwd=directory,
        env={**os.environ, **GO, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@functools.cache
def compiled() -> bool:
    """Whether Go has compiled what the app is made of, some 400 packages; the app's own do not count."""
    plan = go(EXAMPLE / "app", "build", "-n", "-ldflags=-s -w", "-o", "/dev/null", ".", GOPROXY="off")
    return plan.returncode == 0 and plan.stderr.count("/compile ") < MANY_PACKAGES


def pytest_runtest_setup(item: pytest.Item) -> None:
    """To compile SQLite takes minutes the first time: that is for make check, and make test uses what it left."""
    if not ALL_TOOLS and "build" in getattr(item, "fixturenames", ()) and not compiled():
        item.user_properties.append(("needs", FULL_CHECK))
        pytest.skip("the packages of the app are not compiled yet")


def with_modules(directory: Path) -> None:
    """Have an app's modules on this machine; without them and without a network nothing is proven here."""
    fetched = go(directory, "mod", "download")
    if fetched.returncode:
        pytest.skip(f"the modules of the app cannot be fetched: {fetched.stderr.strip()[-200:]}")


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Generates and builds the app of a spec, once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def program(text: str) -> Path:
        directory = shared / f"app-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        directory.mkdir(exist_ok=True)
        with (directory / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (directory / "program").exists():
                (directory / "service.yaml").write_text(text, encoding="utf-8")
                made = k8sgen("app", "service.yaml", "-o", "app", cwd=directory)
                assert made.status == 0, made.stderr
                with_modules(directory / "app")
                done = go(directory / "app", "build", "-ldflags=-s -w", "-o", "../built", ".")
                assert done.returncode == 0, done.stderr
                (directory / "built").rename(directory / "program")
        return directory / "program"

    return program


@pytest.fixture(scope="session")
def built(build: Callable[[str], Path]) -> Path:
    """The example's app."""
    return build((EXAMPLE / "service.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., App]]:
    """Starts a program with an environment of its own; what still runs at the end is killed."""
    running: list[App] = []

    def started(program: Path, **environment: str) -> App:
        environment = {"PORT": str(free_port()), "METRICS_PORT": str(free_port()), **environment}
        log = tmp_path / f"app-{len(running)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [program], env={"TMPDIR": str(tmp_path), **environment}, stdout=out, stderr=subprocess.STDOUT
            )
        app = App(process, int(environment["PORT"]), int(environment["METRICS_PORT"]), log)
        running.append(app)
        wait_for("the start", lambda: app.status("/startupz") == 200)
        return app

    yield started
    for app in running:
        if app.process.poll() is None:
            app.process.kill()
        app.process.wait()


@pytest.fixture
def start(built: Path, run: Callable[..., App]) -> Callable[..., App]:
    """Starts the example's app."""
    return functools.partial(run, built)


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
