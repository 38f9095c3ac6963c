from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "node-heap-exceeds-limit"


def limited(name: str, value: str, limit: str = "memory: 512Mi", notes: str = "{}") -> str:
    """A Deployment with a variable and a limit."""
    return deployment(f"resources: {{limits: {{{limit}}}}}\nenv: [{{name: {name}, {value}}}]", notes=notes)


REPORTED = {
    "args": (
        deployment("args: [node, --max_old_space_size=2048, a.js]\nresources: {limits: {memory: 2Gi}}"),
        [
            "13:24 spec.template.spec.containers[0].args[1]: an old space of 2Gi in args leaves nothing of the memory limit of 2Gi"
        ],
    ),
    "above": (
        limited("NODE_OPTIONS", "value: --trace --max-old-space-size=1024"),
        [
            "14:45 spec.template.spec.containers[0].env[0].value: an old space of 1Gi in NODE_OPTIONS leaves nothing of the memory limit of 512Mi"
        ],
    ),
}
SILENT = {
    "other": limited("OPTIONS", "value: --max-old-space-size=2048"),
    "below": limited("NODE_OPTIONS", "value: --max-old-space-size=511"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
