"""Where the service listens."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from k8sgen.spec.model import Model, derived, optional, required
from k8sgen.spec.types import PortNumber
from k8sgen.yamltext.read import Map


class Port(Model):
    """A port of a container, and how Services show it. The short form is its number."""

    short_forms: ClassVar = ({"type": "integer", "minimum": 1, "maximum": 65535},)

    port: PortNumber = required("Port on which the container listens.")
    service_port: PortNumber | None = derived("port", "Port of the Service; the same number unless given.")
    protocol: Literal["TCP", "UDP", "SCTP"] | None = derived("TCP", "Transport protocol.")
    app_protocol: Annotated[str, Field(min_length=1, max_length=317)] | None = optional(
        "Application protocol that a Service announces, such as `kubernetes.io/h2c`."
    )
    node_port: PortNumber | None = optional(
        "Port on every node, for a Service of type NodePort or LoadBalancer."
    )
    host_port: PortNumber | None = optional(
        "Port on the node itself; one pod a node then, and no surge on a full cluster."
    )
    in_service: bool | None = derived(
        "true for the main container, false for a sidecar",
        "Whether the service's own Service shows this port.",
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A number is the port."""
        return Map({"port": value}) if isinstance(value, int) and not isinstance(value, bool) else value
