"""What the app tells Prometheus, and the faults that it has on demand."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.app.conftest import EXAMPLE, ask, listens, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from prometheus_client import Metric

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


def families(app: App, port: int = 0) -> dict[str, Metric]:
    """What the app tells Prometheus, read by Prometheus' own client. Raises ValueError for what it cannot read."""
    status, text = ask(port or app.metrics_port, "/metrics")
    assert status == 200
    found = {
        f"{family.name}_total" if family.type == "counter" else family.name: family
        for family in text_string_to_metric_families(text)
    }
    assert len(found) == text.count("# TYPE "), "a metric comes twice"
    return found


def samples(family: Metric) -> dict[tuple[str, ...], float]:
    """The samples of a family that are no histogram's, by the values of their labels."""
    return {
        tuple(value for _, value in sorted(sample.labels.items())): sample.value for sample in family.samples
    }


def value(app: App, name: str, *labels: str) -> float:
    """The value of one series; its labels by the order of their names."""
    return samples(families(app)[name])[labels]


TOLD = {
    "http_requests_total": ("counter", {"method", "route", "status"}),
    "http_request_duration_seconds": ("histogram", {"method", "route"}),
    "http_requests_in_flight": ("gauge", set()),
    "health_score": ("gauge", set()),
    "health_ready": ("gauge", set()),
    "health_check_healthy": ("gauge", {"check", "kind"}),
    "health_check_duration_seconds": ("gauge", {"check", "kind"}),
    "startup_phase_duration_seconds": ("gauge", {"phase"}),
    "pool_connections": ("gauge", {"pool", "state"}),
    "pool_waits_total": ("counter", {"pool"}),
    "pool_wait_seconds_total": ("counter", {"pool"}),
    "go_goroutines": ("gauge", set()),
    "go_gc_duration_seconds": ("summary", set()),
    "go_memstats_heap_inuse_bytes": ("gauge", set()),
    "process_resident_memory_bytes": ("gauge", set()),
    "process_cpu_seconds_total": ("counter", set()),
}
"""Name, type and labels."""

ALONE = """\
name: alone
image: ghcr.io/acme/alone:1.0.0
port: 8080
health:
  weights: {infrastructure: 25, middleware: 25, business: 50}
  checks:
    files: {kind: infrastructure, type: sqlite, weight: 10}
    more-files: {kind: infrastructure, type: sqlite}
    supplier: {kind: business, type: tcp, env: SUPPLIER}
env: {SUPPLIER: "127.0.0.1:1"}
"""
"""A service with one port, and a supplier that is not there."""


def test_metrics_have_a_port_of_their_own(start: Callable[..., App]) -> None:
    """The one named metrics; the main port has none. Each has its name, type and labels."""
    app = start()
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    assert app.status("/metrics") == 404
    told = families(app)
    assert {name: told[name].type for name in TOLD} == {name: type_ for name, (type_, _) in TOLD.items()}
    for name, (_, labels) in TOLD.items():
        assert told[name].documentation, name
        for sample in told[name].samples:
            assert sample.labels.keys() - {"le", "quantile"} == labels, name
    own = {name for name in told if not name.startswith(("go_", "process_"))}
    assert own == {name for name in TOLD if not name.startswith(("go_", "process_"))}
    page = (EXAMPLE.parents[1] / "docs" / "app.md").read_text(encoding="utf-8")
    assert [name for name in own if f"`{name}`" not in page] == []
    assert samples(told["health_score"]) == {(): 100}
    phases = samples(told["startup_phase_duration_seconds"])
    assert phases.keys() == {("config",), ("pool",), ("migrations",), ("warm-up",)}
    assert all(0 < seconds < 10 for seconds in phases.values())
    assert samples(told["pool_connections"]).keys() == {
        ("sqlite", state) for state in ("max", "open", "in_use", "idle")
    }
    assert samples(told["health_check_healthy"]) == {
        ("cache", "middleware"): 1,
        ("database", "infrastructure"): 1,
        ("orders", "business"): 1,
    }


def test_requests_are_counted_by_the_pattern_of_their_route(start: Callable[..., App]) -> None:
    """Whatever clients ask for: a path of their own would be a series that nobody ever deletes."""
    app = start()
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    before = sum(len(family.samples) for family in families(app).values())
    for number in range(50):
        assert app.status(f"/orders/{number + 1000}") == 404
        assert app.status(f"/nowhere/{number}?secret=hunter2") == 404
        assert app.ask("/orders", method=f"BREW{number}")[0] == 405
    assert app.ask("/orders", b'{"item": "tea", "quantity": 1}')[0] == 201
    told = families(app)
    counted = samples(told["http_requests_total"])
    assert counted["GET", "/orders/:id", "404"] == 50
    assert counted["GET", "unmatched", "404"] == 50
    assert counted["POST", "/orders", "201"] == 1
    assert counted["other", "unmatched", "405"] == 50
    assert {route for _, route, _ in counted} == {
        *("/orders/:id", "/orders", "unmatched", "/readyz", "/startupz")
    }
    counts = {
        (sample.labels["method"], sample.labels["route"]): sample.value
        for sample in told["http_request_duration_seconds"].samples
        if sample.name.endswith("_count")
    }
    assert counts["GET", "/orders/:id"] == 50
    after = sum(len(family.samples) for family in told.values())
    assert after - before < 5 * 20  # five pairs of method and route, each with its buckets
    assert "hunter2" not in app.log.read_text()


def test_without_a_port_for_metrics_they_are_on_the_main_one(
    build: Callable[[str], Path], run: Callable[..., App]
) -> None:
    """And what the spec says of weights is what the score is made of."""
    app = run(build(ALONE), SUPPLIER="127.0.0.1:1")
    assert listens(app.port)
    assert not listens(app.metrics_port)
    told = families(app, app.port)
    assert set(TOLD) <= set(told)
    assert samples(told["health_score"])[()] == pytest.approx(100 * 25 / 75)
    assert samples(told["health_check_healthy"])["supplier", "business"] == 0
    report = json.loads(app.ask("/health")[1])["health"]
    assert {check["name"]: check["weight"] for check in report["checks"]} == {
        "files": 10,
        "more-files": 15,
        "supplier": 50,
    }
    assert app.status("/readyz") == 503


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
