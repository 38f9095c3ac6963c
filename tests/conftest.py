"""What every test may use: built tools, a real API server, both Helms, and how hard to search."""

from __future__ import annotations

import os

import hypothesis
import pytest

pytest_plugins = (
    "tests.plugins.needs",
    "tests.plugins.control_plane",
    "tests.plugins.helm",
    "tests.plugins.kustomize",
    "tests.plugins.comparisons",
    "tests.plugins.real_node",
)

IN_CI = bool(os.environ.get("CI"))

# A landing must not depend on luck, so CI draws the same examples every time; everybody else keeps
# looking for new ones. No deadline: the machines are shared, and speed is proven by `make bench`.
hypothesis.settings.register_profile("usual", max_examples=50, deadline=None, derandomize=IN_CI)
hypothesis.settings.register_profile(
    "large",
    max_examples=1000,
    deadline=None,
    derandomize=IN_CI,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile(os.environ.get("K8SGEN_HYPOTHESIS", "usual"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one way to rewrite expected files."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite the expected files of the golden cases with what is rendered now (refused in CI)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """CI compares; only a person, who reads the difference, rewrites."""
    if IN_CI and config.getoption("--update-golden"):
        raise pytest.UsageError(
            "--update-golden is refused where CI is set: rewrite on your machine and commit"
        )
