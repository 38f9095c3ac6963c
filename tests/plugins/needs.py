"""Proofs that need a built tool: run when it is there, counted aloud when it is not.

`@pytest.mark.needs("helm3", "control-plane")` names tools of `tools/pins.toml`, the control plane,
or `full-check` for proofs too long for every `make test`. Under `make check`
(`K8SGEN_ALL_TOOLS=1`) a missing tool is a failure, and so is every other skip: a green check means
that all of it ran, but for what `make tools` has found to be impossible on this machine. That is
skipped there too, and the closing lines give its reason.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from _pytest.terminal import TerminalReporter

TOOLS = Path(__file__).resolve().parents[2] / "tools"
CACHE = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")
ALL_TOOLS = os.environ.get("K8SGEN_ALL_TOOLS") == "1"
FULL_CHECK = "full-check"
CONTROL_PLANE = "control-plane"
RUNTIMES = {"java": "java", "nodejs": "node", "go": "go"}
"""The program of each runtime on the PATH; `make tools` needs Go, and installs the others where it may."""
SERVERS = ("initdb", "postgres", "redis-server", "haproxy")
"""Programs of the machine itself, which `make tools` installs where it may."""
REAL_NODE = "real-node"
STEPS = {
    REAL_NODE: "real-node",
    "initdb": "servers",
    "postgres": "servers",
    "redis-server": "servers",
    "haproxy": "servers",
    "java": "runtimes",
    "nodejs": "runtimes",
}
"""The step of `make tools` that brings a tool which not every machine can have."""
FIXTURE_NEEDS = {
    "api_server": CONTROL_PLANE,
    "kustomize": "kustomize",
}  # a test that asks for one of these needs no marker


def program(name: str) -> Path:
    """Where `make tools` puts the program of this name."""
    return CACHE / "tools" / name


def published_files(name: str) -> Path:
    """Where `make tools` puts the published files of this name."""
    return CACHE / "files" / name


@functools.cache
def is_there(need: str) -> bool:
    """Whether a tool is there at its pinned version."""
    if need == FULL_CHECK:
        return ALL_TOOLS
    if need in RUNTIMES:
        return shutil.which(RUNTIMES[need]) is not None
    if need in SERVERS:
        return shutil.which(need) is not None
    if need == CONTROL_PLANE:
        current = subprocess.run([TOOLS / "control-plane" / "build.sh", "--current"], check=False)
        programs = all(shutil.which(name) for name in ("openssl", "flock"))
        return current.returncode == 0 and is_there("gateway-api") and programs
    if need == REAL_NODE:
        scripts = TOOLS / "control-plane"
        questions: tuple[list[str | Path], ...] = (
            [scripts / "node" / "check.sh"],
            [scripts / "node" / "build-images.sh", "--current"],
            [scripts / "build.sh", "--node", "--current"],
        )
        return all(
            subprocess.run(question, stdout=subprocess.DEVNULL, check=False).returncode == 0
            for question in questions
        )
    pins = tomllib.loads((TOOLS / "pins.toml").read_text())
    if need in pins["programs"]:
        pin, stamp = pins["programs"][need], program(need).with_name(f"{need}.stamp")
        wanted, built = f"{pin['package']}@{pin['version']}", program(need)
    elif need in pins["files"]:
        pin, stamp = pins["files"][need], published_files(need) / ".stamp"
        wanted, built = f"{pin['module']}@{pin['version']}", published_files(need)
    else:
        raise pytest.UsageError(f"the marker needs({need!r}) names nothing that tools/pins.toml pins")
    return built.exists() and stamp.exists() and stamp.read_text().strip() == wanted


def impossible(need: str) -> str:
    """Why `make tools` could not bring a tool to this machine; "" when it could, or was not asked."""
    note = CACHE / "impossible" / STEPS[need] if need in STEPS else None
    return note.read_text(encoding="utf-8").strip() if note is not None and note.exists() else ""


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line("markers", "needs(*tools): built tools without which the test proves nothing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the API server needs the control plane, said or not."""
    for item in items:
        for fixture in FIXTURE_NEEDS.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.needs(FIXTURE_NEEDS[fixture]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot be proven here, or fail it where everything must be proven."""
    needs = dict.fromkeys(need for marker in item.iter_markers("needs") for need in marker.args)
    missing = [need for need in needs if not is_there(need)]
    if not missing:
        return
    item.user_properties.append(("needs", " ".join(missing)))
    what = ", ".join(missing)
    tools = [need for need in missing if need != FULL_CHECK]
    if tools and all(map(impossible, tools)):
        reasons = "; ".join(dict.fromkeys(map(impossible, tools)))
        item.user_properties.append(("impossible", reasons))
        pytest.skip(f"needs {what}, impossible here: {reasons}")
    if ALL_TOOLS:
        pytest.fail(f"needs {what} (run: make tools)", pytrace=False)
    pytest.skip(f"needs {what}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must be proven, a skip is a failure, unless it was found to be impossible here."""
    report = yield
    excused = hasattr(report, "wasxfail") or "impossible" in dict(report.user_properties)
    if ALL_TOOLS and report.skipped and not excused:
        report.outcome = "failed"
        report.longrepr = f"skipped, and make check skips nothing: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself skips just as much."""
    report = yield
    if ALL_TOOLS and report.skipped:
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say what this run left unproven, and the command that proves it."""
    skipped: list[Any] = terminalreporter.stats.get("skipped", [])
    counts: Counter[str] = Counter()
    tools: set[str] = set()
    excused: Counter[tuple[str, str]] = Counter()
    for report in skipped:
        told = dict(getattr(report, "user_properties", ()))
        needs = told.get("needs", "").split()
        if "impossible" in told:
            names = ", ".join(need for need in needs if need != FULL_CHECK)
            excused[names, told["impossible"]] += 1
        elif needs:
            counts["check" if FULL_CHECK in needs else "tools"] += 1
            tools.update(needs)
    tools.discard(FULL_CHECK)
    if counts["tools"]:
        names = ", ".join(sorted(tools))
        terminalreporter.write_line(f"not proven here: {tests(counts['tools'])} {names} (run: make tools)")
    if counts["check"]:
        terminalreporter.write_line(
            f"not proven here: {tests(counts['check'])} the full check (run: make check)"
        )
    for (names, reason), count in sorted(excused.items()):
        terminalreporter.write_line(f"NOT PROVEN, impossible here: {tests(count)} {names}: {reason}")


def tests(count: int) -> str:
    """Count the tests in English: `1 test needs`, `2 tests need`."""
    return "1 test needs" if count == 1 else f"{count} tests need"
