"""What two stages refuse alike is said once."""

from __future__ import annotations

from tests.lint.linting import findings

TEXT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers: [{name: orders, image: "ghcr.io/acme/orders:1.4.2"}]
"""


def test_what_the_schema_says_is_not_said_again() -> None:
    """A Deployment without selector is refused for its structure and by the API server's own rules."""
    found = findings(TEXT, "schema", "api-server")
    assert [(each.rule, each.message) for each in found] == [("schema", '"selector" is missing')]
