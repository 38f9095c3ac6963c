"""What the app tells Prometheus, and the faults that it has on demand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import ask, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.conftest import App

pytestmark = pytest.mark.needs("full-check", "go")


def ill(start: Callable[..., App], fault: str) -> App:
    """An app with a fault switched on."""
    app = start(FAULTS="on")
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    assert app.ask(f"/faults/{fault}", b"")[0] == 202
    return app


def heal(app: App) -> None:
    """End every fault; the app is ready again."""
    assert app.ask("/faults", method="DELETE")[0] == 204
    wait_for("readiness", lambda: app.status("/readyz") == 200)


def value(app: App, series: str) -> float:
    """The value of one series, as the metrics port prints it."""
    lines = ask(app.metrics_port, "/metrics")[1].splitlines()
    (found,) = [line.rpartition(" ")[2] for line in lines if line.startswith(f"{series} ")]
    return float(found)


def test_metrics_have_a_port_of_their_own(start: Callable[..., App]) -> None:
    """The one named metrics; the main port has none."""
    app = start()
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    assert app.status("/metrics") == 404
    assert app.status("/orders/77") == 404
    assert value(app, 'http_requests_total{method="GET",route="/orders/:id",status="404"}') == 1
    assert value(app, "health_score") == 100
    for phase in ("config", "pool", "migrations", "warm-up"):
        assert 0 < value(app, f'startup_phase_duration_seconds{{phase="{phase}"}}') < 5
    assert value(app, 'pool_connections{pool="sqlite",state="open"}') == 1


def test_faults_are_off_unless_enabled(start: Callable[..., App]) -> None:
    """Nobody can make it ill."""
    app = start()
    assert app.ask("/faults/crash", b"")[0] == 404
    assert app.process.poll() is None


def test_a_hang_answers_nothing(start: Callable[..., App]) -> None:
    """Not even liveness, so that the kubelet restarts it."""
    app = ill(start, "hang")
    assert app.ask("/healthz", timeout=1)[0] == 0
    heal(app)


def test_slowness_and_errors_leave_the_probes_alone(start: Callable[..., App]) -> None:
    """The process is alive."""
    app = ill(start, "slow?seconds=0.5")
    began = time.monotonic()
    assert app.status("/orders") == 200
    assert time.monotonic() - began >= 0.5
    heal(app)
    assert app.ask("/faults/errors?rate=1", b"")[0] == 202
    assert (app.status("/orders"), app.status("/healthz")) == (500, 200)
    heal(app)
    assert app.status("/orders") == 200


def test_a_leak_takes_memory(start: Callable[..., App]) -> None:
    """Resident memory grows by what was asked for."""
    app = ill(start, "leak?mib=100")
    before = value(app, "process_resident_memory_bytes")
    wait_for("50 MiB", lambda: value(app, "process_resident_memory_bytes") > before + (50 << 20))
    heal(app)


def test_a_deadlocked_pool_makes_it_unready_and_not_dead(start: Callable[..., App]) -> None:
    """Every connection is taken, so the required check fails."""
    app = ill(start, "pool")
    wait_for("503", lambda: app.status("/readyz") == 503)
    assert app.status("/healthz") == 200
    heal(app)


def test_a_crash_ends_the_process(start: Callable[..., App]) -> None:
    """As a panic does."""
    app = ill(start, "crash")
    assert app.process.wait(timeout=5) == 2
    assert "a crash was asked for" in app.log.read_text()
