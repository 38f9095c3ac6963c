from __future__ import annotations

import pytest

from tests.lint.deployments import SERVICE, deployment
from tests.lint.linting import said

RULE = "recreate-strategy"


REPORTED = {
    "set": (
        deployment(kind="StatefulSet", spec="serviceName: orders\nupdateStrategy: {type: OnDelete}"),
        [
            '6:26 spec.updateStrategy.type: updateStrategy "OnDelete" changes no pod until it is deleted when the version changes'
        ],
    ),
}
SILENT = {
    "worker": deployment(spec="strategy: {type: Recreate}"),
    "host": deployment(spec="strategy: {type: Recreate}", pod="hostNetwork: true") + SERVICE,
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
