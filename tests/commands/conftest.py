"""A repository with one service, in which commands are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
name: orders
image: ghcr.io/acme/orders:1.4.2
port: 8080
environments:
  production:
    replicas: 3
  staging: {}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The root of a repository that holds `service.yaml`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "service.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path
