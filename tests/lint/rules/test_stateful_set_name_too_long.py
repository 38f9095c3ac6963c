from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "stateful-set-name-too-long"


REPORTED = {
    "n53": (
        deployment(kind="StatefulSet", spec="serviceName: a").replace(
            "{name: orders}", "{name: " + "a" * 53 + "}"
        ),
        [
            '3:18 metadata.name: name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 53 characters, and with a revision hash its pods get a label of up to 64, where 63 are allowed'
        ],
    ),
}
SILENT = {
    "n52": deployment(kind="StatefulSet", spec="serviceName: a").replace(
        "{name: orders}", "{name: " + "a" * 52 + "}"
    ),
    "dep": deployment().replace("{name: orders}", "{name: " + "a" * 60 + "}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
