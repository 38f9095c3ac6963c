"""Restarts under constant load, by clients and a proxy that send no request twice: nothing is lost."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

import pytest

from tests.app.conftest import free_port, listens, wait_for
from tests.plugins.needs import ALL_TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.app.conftest import App

MANY = ALL_TOOLS or "K8SGEN_RESTARTS" in os.environ
IN_A_POD = int(os.environ.get("K8SGEN_RESTARTS") or (200 if ALL_TOOLS else 5))
"""Restarts that take no drain of their own; of those that do there are fewer."""

DRAINED = IN_A_POD // 4 if MANY else 2

CLIENTS = 4
BRIEF = """\
name: orders
image: ghcr.io/acme/orders:1.0.0
port: 8080
probes: {startup: /startupz, liveness: /healthz, readiness: /readyz}
shutdown: {timeoutSeconds: 4}
"""
"""The service whose restarts are many: a proxy keeps connections open, and they are given a quarter of this."""


class Load:
    """Clients that keep their connections alive and never send a request twice.

    A new connection goes to a pod that is ready, as a Service does it; one that is open stays where it
    is until the server says that it closes.
    """

    def __init__(self, port: int) -> None:
        self.ready = port
        self.stop = threading.Event()
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.threads = [threading.Thread(target=self.ask) for _ in range(CLIENTS)]

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def ask(self) -> None:
        """Ask until told to stop."""
        counts: Counter[str] = Counter()
        while not self.stop.is_set():
            connection = http.client.HTTPConnection("127.0.0.1", self.ready, timeout=10)
            counts["connections"] += 1
            try:
                self.use(connection, counts)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
            finally:
                connection.close()
        self.counts += counts

    def use(self, connection: http.client.HTTPConnection, counts: Counter[str]) -> None:
        """Send requests until the server closes the connection, or 1000."""
        for _ in range(1000):
            if self.stop.is_set():
                return
            counts["requests"] += 1
            if counts["requests"] % 10:
                connection.request("GET", "/orders?limit=3")
            else:
                connection.request("POST", "/orders", b'{"item": "tea", "quantity": 2}')
            answer = connection.getresponse()
            text = answer.read()
            if answer.status not in {200, 201}:
                self.failures.append(f"status {answer.status}: {text[:100]!r}")
            if answer.will_close:
                return
            time.sleep(0.002)

    def proven(self, restarts: int) -> None:
        """There was load all the time, and all of it was answered."""
        assert not self.failures
        assert self.counts["requests"] > 20 * restarts


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a number that is the result of a test."""

    def say(words: str) -> None:
        with capsys.disabled():
            print(f"\napp: {words}")  # noqa: T201 - the numbers are the result

    return say


def answers(app: App, status: int) -> bool:
    """Whether readiness has this status."""
    return app.status("/readyz") == status


def ready(app: App) -> None:
    """Wait until the app is ready."""
    wait_for("readiness", partial(answers, app, 200))


def end(app: App) -> float:
    """Send SIGTERM, and wait for the exit with 0; the seconds that it took."""
    began = time.monotonic()
    app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(timeout=30) == 0
    return time.monotonic() - began


@pytest.mark.needs("go")
@pytest.mark.parametrize("in_a_pod", [True, False], ids=["in a pod", "elsewhere"])
def test_no_request_is_lost_by_clients_that_never_retry(
    build: Callable[[str], Path], run: Callable[..., App], said: Callable[[str], None], *, in_a_pod: bool
) -> None:
    """In a pod the hook drains before SIGTERM; elsewhere the app does after it."""
    environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1"} if in_a_pod else {"DRAIN_SECONDS": "1"}
    restarts, program = (IN_A_POD if in_a_pod else DRAINED), build(BRIEF)
    old = run(program, **environment)
    ready(old)
    longest = 0.0
    with Load(old.port) as load:
        for _ in range(restarts):
            new = run(program, **environment)
            ready(new)
            if in_a_pod:
                load.ready = new.port
                time.sleep(0.05)  # the hook's pause: no new connection comes after it
                took = end(old)
            else:
                telling = threading.Thread(target=follow, args=(load, old, new))
                telling.start()
                took = end(old)
                telling.join()
            longest = max(longest, took)
            old = new
    said(
        f"{restarts} restarts {'in a pod' if in_a_pod else 'elsewhere'}, {load.counts['requests']} requests over "
        f"{load.counts['connections']} connections, {len(load.failures)} failed, longest end {longest:.1f} s"
    )
    load.proven(restarts)


def follow(load: Load, old: App, new: App) -> None:
    """New connections go to another pod once readiness says 503, and not before."""
    wait_for("503", partial(answers, old, 503))
    load.ready = new.port


@dataclass
class Proxy:
    """A HAProxy before two pods."""

    port: int
    socket: Path

    def statistics(self) -> dict[str, dict[str, str]]:
        """What it counts, by the names of the pods; of both together as BACKEND."""
        with socket.socket(socket.AF_UNIX) as admin:
            admin.connect(str(self.socket))
            admin.sendall(b"show stat\n")
            text = b"".join(iter(partial(admin.recv, 1 << 16), b"")).decode()
        names, *rows = [line.split(",") for line in text.strip().splitlines()]
        return {row[1]: dict(zip(names, row, strict=False)) for row in rows if row[0] == "pods"}

    def up(self, pod: str) -> bool:
        """Whether it takes a pod for ready."""
        return self.statistics()[pod]["status"] == "UP"


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Callable[[list[int]], Proxy]]:
    """Starts a HAProxy that asks readiness, reuses connections, and may retry a connection but no request."""
    running: list[subprocess.Popen[bytes]] = []

    def started(ports: list[int]) -> Proxy:
        made = Proxy(free_port(), tmp_path / "haproxy.sock")
        servers = "\n".join(f"  server pod-{number} 127.0.0.1:{port}" for number, port in enumerate(ports))
        (tmp_path / "haproxy.cfg").write_text(
            f"""\
global
  stats socket {made.socket} level admin
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout check 5s
  retries 3
  retry-on conn-failure
  option redispatch 1
frontend clients
  bind 127.0.0.1:{made.port}
  default_backend pods
backend pods
  balance roundrobin
  http-reuse always
  option httpchk GET /readyz
  default-server check inter 200ms fall 1 rise 1
{servers}
"""
        )
        with (tmp_path / "haproxy.log").open("wb") as log:
            process = subprocess.Popen(
                ["haproxy", "-db", "-f", tmp_path / "haproxy.cfg"], stdout=log, stderr=subprocess.STDOUT
            )
        running.append(process)
        wait_for("the proxy", lambda: listens(made.port) and made.socket.exists())
        return made

    yield started
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.needs("go")
def test_a_pod_that_is_killed_loses_requests(build: Callable[[str], Path], run: Callable[..., App]) -> None:
    """So the clients of these proofs see a loss when there is one."""
    app = run(build(BRIEF))
    ready(app)
    with Load(app.port) as load:
        time.sleep(0.3)
        assert not load.failures
        app.process.kill()
        wait_for("a loss", lambda: bool(load.failures))


@pytest.mark.needs("go", "haproxy")
def test_no_request_is_lost_behind_a_proxy_that_retries_none(
    build: Callable[[str], Path],
    run: Callable[..., App],
    proxy: Callable[[list[int]], Proxy],
    said: Callable[[str], None],
) -> None:
    """A rolling restart of two pods. The proxy learns from readiness alone, a moment late, as a Service does."""
    program, restarts = build(BRIEF), DRAINED
    environments = [{"PORT": str(free_port()), "DRAIN_SECONDS": "2"} for _ in range(2)]
    pods = [run(program, **environment) for environment in environments]
    for pod in pods:
        ready(pod)
    between = proxy([pod.port for pod in pods])
    longest = 0.0
    with Load(between.port) as load:
        for number in range(restarts):
            which = number % 2
            wait_for("the other pod", partial(between.up, f"pod-{1 - which}"))
            longest = max(longest, end(pods[which]))
            pods[which] = run(program, **environments[which])
            ready(pods[which])
        counted = between.statistics()["BACKEND"]
    said(
        f"{restarts} restarts behind a proxy, {load.counts['requests']} requests, {len(load.failures)} failed, "
        f"{counted['wretr']} connections tried again, longest end {longest:.1f} s"
    )
    load.proven(restarts)
    assert (counted["eresp"], counted["hrsp_5xx"]) == ("0", "0")


@pytest.mark.needs("go")
def test_a_second_signal_ends_at_once(start: Callable[..., App]) -> None:
    """Although the drain would take a minute."""
    app = start(DRAIN_SECONDS="60")
    app.process.send_signal(signal.SIGTERM)
    wait_for("503", lambda: app.status("/readyz") == 503)
    assert app.status("/healthz") == 200
    began = time.monotonic()
    app.process.send_signal(signal.SIGTERM)
    assert app.process.wait(timeout=5) == 128 + signal.SIGTERM
    assert time.monotonic() - began < 1
    assert not listens(app.port)
