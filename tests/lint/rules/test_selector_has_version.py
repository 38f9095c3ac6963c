"""Versions in selectors that releases change, and those that tell workloads apart."""

from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said


@pytest.mark.parametrize(
    ("name", "version", "reported"),
    [
        ("orders", "v1.0.0", True),
        ("orders-v2", "v1.0.0", True),
        ("orders-v1", "v1.0.0", False),
        ("orders", "v1", False),
    ],
)
def test_a_version_that_the_name_has_too_stays(name: str, version: str, reported: bool) -> None:
    """The next version is then a workload of its own."""
    text = deployment().replace("app: orders}", f"app: orders, version: {version}}}")
    text = text.replace("{name: orders}", f"{{name: {name}}}", 1)
    assert bool(said(text, "selector-has-version")) is reported
