"""Where refusals point: at the value, or at a key that should not be there."""

from __future__ import annotations

import pytest

from tests.lint.linting import said

OBJECT = """\
apiVersion: v1
kind: Service
metadata:
  name: orders
  labels:
    app: orders
spec:
  ports:
    - port: 80
"""


@pytest.mark.parametrize(
    ("rule", "old", "new", "place"),
    [
        ("schema", "port: 80", 'port: "80"', '9:13 spec.ports[0].port: "80" is text, expected an integer'),
        ("schema", "ports:", "porst:", '8:3 spec.porst: unknown field "porst"'),
        (
            "api-server",
            "name: orders",
            "name: Orders",
            '4:9 metadata.name: "Orders" is no DNS label',
        ),
        ("api-server", "app: orders", "a b: orders", '6:5 metadata.labels[a b]: the key "a b" '),
        ("api-server", "app: orders", "app: a b", '6:10 metadata.labels.app: "a b" '),
    ],
)
def test_refusals_point_at_what_is_wrong(rule: str, old: str, new: str, place: str) -> None:
    """Text that is refused is a value, too, though its message begins like that of a key."""
    (found,) = said(OBJECT.replace(old, new), rule)
    assert found.startswith(place)
