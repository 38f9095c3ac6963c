"""Deployments that tests of rules compose from the parts they are about."""

from __future__ import annotations

from textwrap import indent

SERVICE = """\
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80, targetPort: 8080}]}
"""


def deployment(
    container: str = "", *, spec: str = "", pod: str = "", notes: str = "{}", kind: str = "Deployment"
) -> str:
    """A Deployment; lines of its spec come first, then those of the pod, then those of its one container.

    Without any, the labels stand on line 7, the container on line 10 and its own lines begin at 13.
    """
    return (
        f"apiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: orders}}\nspec:\n"
        + indent(spec + "\n" * bool(spec), "  ")
        + "  selector: {matchLabels: {app: orders}}\n  template:\n"
        + f"    metadata: {{labels: {{app: orders}}, annotations: {notes}}}\n    spec:\n"
        + indent(pod + "\n" * bool(pod), "      ")
        + "      containers:\n        - name: orders\n          image: ghcr.io/acme/orders:1.4.2\n"
        + "          ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]\n"
        + indent(container + "\n" * bool(container), "          ")
    )
