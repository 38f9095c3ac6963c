"""A real PostgreSQL and a real Redis go away and come back: readiness follows, liveness does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.app.conftest import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.conftest import App, Server

pytestmark = pytest.mark.needs("full-check", "go", "initdb", "postgres", "redis-server")

ORDER = b'{"item": "tea", "quantity": 2}'


def score(app: App) -> float:
    """The weighted score that the app reports."""
    report = json.loads(app.ask("/health")[1])
    return float(report["health"]["score"])


def test_readiness_follows_the_database_and_liveness_does_not(
    start: Callable[..., App], postgres: Server, redis: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    """Killed and started again, both of them; no restart is needed, and no password is logged."""
    app = start(DATABASE_URL=postgres.url, REDIS_URL=redis.url, LOG_LEVEL="debug")
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    assert score(app) == 100
    status, text = app.ask("/orders", ORDER)
    assert status == 201
    order = json.loads(text)
    assert json.loads(app.ask(f"/orders/{order['id']}")[1]) == order

    postgres.kill()
    down = wait_for("503", lambda: app.status("/readyz") == 503)
    assert app.status("/healthz") == 200
    assert app.ask("/orders", ORDER) == (503, '{"error":"the database does not answer"}')
    postgres.start()
    up = wait_for("readiness", lambda: app.status("/readyz") == 200)
    wait_for("the whole score", lambda: score(app) == 100)

    redis.kill()
    wait_for("a lower score", lambda: score(app) == 70)
    assert (app.status("/readyz"), app.status("/healthz")) == (200, 200)
    assert app.status(f"/orders/{order['id']}") == 200  # from the database
    redis.start()
    wait_for("the whole score", lambda: score(app) == 100)
    assert app.process.poll() is None
    assert "hunter2" not in app.log.read_text()
    with capsys.disabled():
        print(  # noqa: T201 - the numbers are the result
            f"\napp: not ready {down:.1f} s after the database was killed, ready {up:.1f} s after its start"
        )


def test_a_database_that_is_away_at_the_start_delays_readiness_alone(
    start: Callable[..., App], postgres: Server
) -> None:
    """The start is over, or the pod would be restarted for nothing."""
    postgres.kill()
    app = start(DATABASE_URL=postgres.url)
    assert (app.status("/startupz"), app.status("/healthz"), app.status("/readyz")) == (200, 200, 503)
    postgres.start()
    wait_for("readiness", lambda: app.status("/readyz") == 200)
    assert app.ask("/orders", ORDER)[0] == 201
