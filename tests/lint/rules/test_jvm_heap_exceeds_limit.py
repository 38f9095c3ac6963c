from __future__ import annotations

import pytest

from tests.lint.deployments import deployment
from tests.lint.linting import said

RULE = "jvm-heap-exceeds-limit"


def limited(name: str, value: str, limit: str = "memory: 512Mi", notes: str = "{}") -> str:
    """A Deployment with a variable and a limit."""
    return deployment(f"resources: {{limits: {{{limit}}}}}\nenv: [{{name: {name}, {value}}}]", notes=notes)


REPORTED = {
    "equal": (
        limited("JAVA_OPTS", "value: -Xms1g -Xmx1g", "memory: 1Gi"),
        [
            "14:42 spec.template.spec.containers[0].env[0].value: a heap of 1Gi in JAVA_OPTS leaves nothing of the memory limit of 1Gi"
        ],
    ),
    "args": (
        deployment("command: [java, -Xmx2G, -jar, a.jar]\nresources: {limits: {memory: 1Gi}}"),
        [
            "13:27 spec.template.spec.containers[0].command[1]: a heap of 2Gi in command leaves nothing of the memory limit of 1Gi"
        ],
    ),
    "shell": (
        deployment(
            "args: [sh, -c, exec java -XX:MaxHeapSize=1073741824 -jar a.jar]\nresources: {limits: {memory: 1Gi}}"
        ),
        [
            "13:26 spec.template.spec.containers[0].args[2]: a heap of 1Gi in args leaves nothing of the memory limit of 1Gi"
        ],
    ),
    "share": (
        limited("JAVA_TOOL_OPTIONS", "value: -XX:MaxRAMPercentage=80.5"),
        [
            "14:50 spec.template.spec.containers[0].env[0].value: a heap of 80.5 % in JAVA_TOOL_OPTIONS leaves too little of the memory limit of 512Mi"
        ],
    ),
    "whole": (
        limited("JAVA_TOOL_OPTIONS", "value: -XX:MaxRAMPercentage=100.0"),
        [
            "14:50 spec.template.spec.containers[0].env[0].value: a heap of 100.0 % in JAVA_TOOL_OPTIONS leaves too little of the memory limit of 512Mi"
        ],
    ),
    "decimal": (
        limited("KAFKA_HEAP_OPTS", "value: -Xmx1g", "memory: 1G"),
        [
            "14:48 spec.template.spec.containers[0].env[0].value: a heap of 1Gi in KAFKA_HEAP_OPTS leaves nothing of the memory limit of 953.7Mi"
        ],
    ),
}
SILENT = {
    "below": limited("JAVA_OPTS", "value: -Xmx1023m", "memory: 1Gi"),
    "last": limited("JAVA_OPTS", "value: -Xmx2g -Xmx512m", "memory: 1Gi"),
    "wins": limited("JAVA_TOOL_OPTIONS", "value: -Xmx100m -XX:MaxRAMPercentage=95"),
    "unlimited": limited("JAVA_OPTS", "value: -Xmx9g", "cpu: 1"),
}


@pytest.mark.parametrize(("text", "expected"), REPORTED.values(), ids=REPORTED.keys())
def test_is_reported(text: str, expected: list[str]) -> None:
    """Each of these is, at its place and in these words."""
    assert said(text, RULE) == expected


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_is_not_reported(text: str) -> None:
    """None of these is."""
    assert not said(text, RULE)
