from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "min-ready-seconds-missing"


REPORTED = {
    "short": (
        deployment(spec="minReadySeconds: 10", notes='{k8sgen/warm-up-seconds: "30"}'),
        [
            "5:20 spec.minReadySeconds: a rollout goes on 10 s after a pod is ready, when it is warm after 30 s"
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected
