"""A kind of nobody is worth knowing; one that Kubernetes would have under another name is an error."""

from __future__ import annotations

import pytest

from k8sgen.findings import Severity
from tests.lint.linting import faults

OBJECT = "apiVersion: {}\nkind: {}\nmetadata: {{name: orders}}\n"


@pytest.mark.parametrize(
    ("api_version", "kind", "hint"),
    [
        ("apps/v1", "Deploymnt", 'did you mean "Deployment"?'),
        ("v1", "Deployment", "check the kind, and its apiVersion"),
        ("apps/v9", "Deployment", "write apiVersion: apps/v1"),
    ],
)
def test_what_kubernetes_would_have(api_version: str, kind: str, hint: str) -> None:
    """The cluster would refuse it."""
    (fault,) = faults(OBJECT.format(api_version, kind), "unknown-kind")
    assert (fault.severity, fault.hint) == (Severity.ERROR, hint)
    assert fault.message == f'Kubernetes 1.37 has no {kind} in "{api_version}"'


@pytest.mark.parametrize(
    ("api_version", "kind"), [("example.com/v1", "Widget"), ("serving.knative.dev/v1", "Service")]
)
def test_what_somebody_else_has(api_version: str, kind: str) -> None:
    """A custom resource without its schema is no fault of the object."""
    (fault,) = faults(OBJECT.format(api_version, kind), "unknown-kind")
    assert fault.severity is None
