"""Restarts under constant load by a client that never retries: nothing is lost."""

from __future__ import annotations

import http.client
import os
import signal
import threading
import time
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import listens, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.conftest import App

RESTARTS = int(os.environ.get("K8SGEN_RESTARTS", "100"))
CLIENTS = 4


class Load:
    """Clients that keep their connections alive and never send a request twice.

    A new connection goes to a pod that is ready, as a Service does it; one that is open stays where it
    is until the server says that it closes.
    """

    def __init__(self) -> None:
        self.ready: list[int] = []
        self.stop = threading.Event()
        self.counts: Counter[str] = Counter()
        self.failures: list[str] = []
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(CLIENTS)]

    def run(self, number: int) -> None:
        """Ask until told to stop."""
        counts: Counter[str] = Counter()
        while not self.stop.is_set():
            connection = http.client.HTTPConnection(
                "127.0.0.1", self.ready[number % len(self.ready)], timeout=10
            )
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
            answer.read()
            if answer.status not in {200, 201}:
                self.failures.append(f"status {answer.status}")
            if answer.will_close:
                return
            time.sleep(0.002)


def answers(app: App, status: int) -> bool:
    """Whether readiness has this status."""
    return app.status("/readyz") == status


def ready(app: App) -> None:
    """Wait until the app is ready."""
    wait_for("readiness", partial(answers, app, 200))


@pytest.mark.needs("full-check", "go")
@pytest.mark.parametrize("in_a_pod", [True, False], ids=["in a pod", "elsewhere"])
def test_no_request_is_lost_in_restarts(
    start: Callable[..., App], capsys: pytest.CaptureFixture[str], *, in_a_pod: bool
) -> None:
    """In a pod the hook drains before SIGTERM; elsewhere the app does after it, and says so by its readiness."""
    environment = {"KUBERNETES_SERVICE_HOST": "10.0.0.1"} if in_a_pod else {"DRAIN_SECONDS": "1"}
    load = Load()
    restarts = RESTARTS // 2
    old = start(**environment)
    ready(old)
    load.ready = [old.port]
    for thread in load.threads:
        thread.start()
    longest = 0.0
    try:
        for _ in range(restarts):
            new = start(**environment)
            ready(new)
            load.ready = [new.port]
            if in_a_pod:
                time.sleep(0.05)  # the hook's pause: no new connection comes after it
            began = time.monotonic()
            old.process.send_signal(signal.SIGTERM)
            if not in_a_pod:
                wait_for("503", partial(answers, old, 503))
            assert old.process.wait(timeout=30) == 0
            longest = max(longest, time.monotonic() - began)
            old = new
    finally:
        load.stop.set()
        for thread in load.threads:
            thread.join()
    where = "in a pod" if in_a_pod else "elsewhere"
    with capsys.disabled():
        print(  # noqa: T201 - the numbers are the result
            f"\napp: {restarts} restarts {where}, {load.counts['requests']} requests over {load.counts['connections']} "
            f"connections, {len(load.failures)} failed, longest end {longest:.1f} s"
        )
    assert not load.failures
    assert load.counts["requests"] > 20 * restarts


@pytest.mark.needs("full-check", "go")
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
