from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "pre-stop-needs-shell"
NO_SHELL = '{k8sgen/shell: "false"}'


def hooked(hook: str, pod: str = "", notes: str = "{}") -> str:
    """A Deployment with this preStop hook."""
    return deployment(f"lifecycle: {{preStop: {hook}}}", pod=pod, notes=notes)


REPORTED = {
    "sh": (
        hooked("{exec: {command: [/bin/sh, -c, sleep 7]}}", notes=NO_SHELL),
        [
            '13:49 spec.template.spec.containers[0].lifecycle.preStop.exec.command: the preStop hook runs "/bin/sh", which the image does not have'
        ],
    ),
}
SILENT = {
    "binary": hooked("{exec: {command: [/orders, drain]}}", notes=NO_SHELL),
    "unsaid": hooked("{exec: {command: [sleep, '7']}}"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
