"""Requests and limits, and what is no fault of them."""

from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import rules_that_speak, said

RULES = {"requests-missing", "memory-limit-missing"}


@pytest.mark.parametrize(
    ("resources", "rules"),
    [
        ("{}", {"requests-missing"}),
        ("{requests: {cpu: 1}}", {"requests-missing"}),
        ("{requests: {cpu: 1, memory: 1Gi}}", {"memory-limit-missing"}),
        ("{requests: {memory: 1Gi}}", RULES),
        ("{limits: {memory: 1Gi}}", {"requests-missing"}),
        ("{limits: {cpu: 1, memory: 1Gi}}", set()),
    ],
)
def test_a_container_without_memory_is_told_once(resources: str, rules: set[str]) -> None:
    """The limit is only asked for where there is a request."""
    assert rules_that_speak(deployment(f"resources: {resources}")) & RULES == rules


def test_a_missing_limit_is_named_beside_the_requests() -> None:
    """All that is missing, in one sentence."""
    (found,) = said(deployment(), "requests-missing")
    assert found.startswith("10:11 spec.template.spec.containers[0].resources.requests: ")
    assert found.endswith('container "orders" requests no cpu and no memory, and has no memory limit')
    assert said(deployment("resources: {limits: {memory: 1Gi}}"), "requests-missing") == [
        '13:11 spec.template.spec.containers[0].resources.requests: container "orders" requests no cpu'
    ]
