"""What the app logs: lines of JSON from the first to the last, and no secret in any, whatever goes wrong."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.app.conftest import ask, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.conftest import App

pytestmark = pytest.mark.needs("full-check", "go")

SECRET = "hunter2"  # noqa: S105 - so that it can be looked for


def lines_of(text: str) -> list[dict[str, Any]]:
    """The lines of a log. Raises ValueError for one that is no JSON."""
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines
    for line in lines:
        assert line.keys() >= {"time", "level", "msg"}
        assert all(key[:1].islower() and key.isalnum() for key in line), line
    return lines


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DATABASE_URL", f"postgres://orders:{SECRET}/5@db/orders", "database (DATABASE_URL): its address"),
        ("DATABASE_URL", f"host=db password={SECRET} port=port", "database (DATABASE_URL): its address"),
        ("REDIS_URL", f"redis://:{SECRET}/5@cache", "cache (REDIS_URL): its address cannot be read"),
        ("REDIS_URL", f"http://:{SECRET}@cache", "cache (REDIS_URL): its address cannot be read"),
        ("LOG_LEVEL", "verbose", 'settings: LOG_LEVEL is "verbose": want debug, info, warn or error'),
        ("PORT", "-1", 'settings: PORT is "-1": want a number from 0 to 65535'),
    ],
)
def test_what_cannot_be_read_ends_the_start(built: Path, variable: str, value: str, words: str) -> None:
    """With 1, the name of the variable, and nothing of an address, which may hold a password."""
    run = subprocess.run(
        [built],
        env={"PORT": str(free_port()), "METRICS_PORT": str(free_port()), variable: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (run.returncode, run.stderr) == (1, "")
    (line,) = lines_of(run.stdout)
    assert (line["level"], line["msg"]) == ("ERROR", "ended with an error")
    assert words in line["error"]
    assert SECRET not in run.stdout


def test_a_port_that_is_taken_ends_the_start(start: Callable[..., App], built: Path) -> None:
    """A process that serves on some of its ports only would be a pod that never works."""
    app = start()
    run = subprocess.run(
        [built],
        env={"PORT": str(free_port()), "METRICS_PORT": str(app.metrics_port)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert run.returncode == 1
    assert "address already in use" in lines_of(run.stdout)[-1]["error"]


def test_dependencies_that_are_away_tell_no_password(start: Callable[..., App]) -> None:
    """Not in the log, not in the report, not in an answer, not in a metric."""
    app = start(
        DATABASE_URL=f"postgres://orders:{SECRET}@127.0.0.1:1/orders",
        REDIS_URL=f"redis://:{SECRET}@127.0.0.1:1/0",
        LOG_LEVEL="debug",
    )
    wait_for("a failed migration", lambda: "will be tried again" in app.log.read_text())
    status, answer = app.ask("/orders", b'{"item": "tea", "quantity": 1}')
    assert status == 503
    report = app.ask("/health")[1]
    assert [check["healthy"] for check in json.loads(report)["health"]["checks"]] == [False] * 3
    assert all(check["error"] for check in json.loads(report)["health"]["checks"])
    app.process.terminate()
    metrics = ask(app.metrics_port, "/metrics")[1]
    assert app.process.wait(timeout=30) == 0
    lines = lines_of(app.log.read_text())
    assert {"listening", "started", "request", "shutting down", "ended"} <= {line["msg"] for line in lines}
    for text in (answer, report, metrics, app.log.read_text()):
        assert SECRET not in text
