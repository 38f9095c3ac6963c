"""Objects that tests of several rules put together."""

from __future__ import annotations

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  replicas: REPLICAS
  selector: {matchLabels: {LABELS}}
  template:
    metadata: {labels: {LABELS}}
    spec:
      containers: [{name: NAME, image: "ghcr.io/acme/NAME:1.4.2", ports: [{name: http, containerPort: 8080}]}]
"""

DEFINITION = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: things, kind: Thing}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer}}}}
"""
"""Of the kind Thing, whose size is an integer."""


def deployment(replicas: int = 3, name: str = "orders", labels: str = "") -> str:
    """A Deployment with one container and the port `http`, 8080."""
    text = DEPLOYMENT.replace("LABELS", labels or f"app: {name}")
    return text.replace("NAME", name).replace("REPLICAS", str(replicas))


def budget(bound: str, selector: str = "{matchLabels: {app: orders}}", name: str = "orders") -> str:
    """A PodDisruptionBudget with a bound such as `maxUnavailable: 1`."""
    return (
        "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n"
        f"metadata: {{name: {name}}}\nspec: {{{bound}, selector: {selector}}}\n"
    )


def scaler(more: str = "", target: str = "orders", name: str = "orders") -> str:
    """A HorizontalPodAutoscaler of a Deployment; `more` as `minReplicas: 2, `."""
    return (
        "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
        f"metadata: {{name: {name}}}\nspec: {{{more}maxReplicas: 9, "
        f"scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: {target}}}}}\n"
    )


def service(
    ports: str = "{port: 80, targetPort: 8080}", selector: str = "app: orders", more: str = ""
) -> str:
    """A Service; `more` as `clusterIP: None, `."""
    return (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: orders, labels: {team: shop}}\n"
        f"spec: {{{more}selector: {{{selector}}}, ports: [{ports}]}}\n"
    )


def thing(name: str = "a") -> str:
    """A Thing that its definition refuses: its size is text, in line 4 at column 14."""
    return f"apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: {name}}}\nspec: {{size: big}}\n"
