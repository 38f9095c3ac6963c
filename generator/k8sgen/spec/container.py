"""What the main container, init containers and sidecars have in common."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from k8sgen.spec.env import EnvFrom, EnvVar
from k8sgen.spec.image import Image
from k8sgen.spec.model import Model, optional, required, with_keys
from k8sgen.spec.ports import Port
from k8sgen.spec.probes import Probes
from k8sgen.spec.resources import Resources
from k8sgen.spec.security import ContainerSecurity
from k8sgen.spec.types import DnsLabel, EnvName, KubernetesObject, NonEmpty, PortName, Text
from k8sgen.spec.volumes import Volume
from k8sgen.yamltext.read import Map

Order = Annotated[int, Field(ge=0, le=999_999)]
ContainerName = Annotated[str, Field(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", max_length=59)]
"""A DNS-1123 label that leaves room for the prefix of the container's volume at /tmp."""


class Container(Model):
    """The fields of every container. Entries of maps have no constant defaults: all are derived unless given."""

    image: Image = required("Image of the container.")
    command: list[Text] | None = optional("Replaces the image's entry point.")
    args: list[Text] | None = optional("Replaces the image's arguments.")
    working_dir: NonEmpty | None = optional("Working directory of the process.")
    ports: dict[PortName, Port] | None = optional("Ports by name. `port: N` is `ports: {http: N}`.")
    env: dict[EnvName, EnvVar] | None = optional("Environment variables by name.")
    env_from: list[EnvFrom] | None = optional("Secrets and ConfigMaps whose every key becomes a variable.")
    resources: Resources | None = optional("CPU, memory and other resources.")
    volumes: dict[DnsLabel, Volume] | None = optional("Volumes by name, and where they are mounted.")
    security: ContainerSecurity | None = optional(
        "What differs from the service's `security` for this container."
    )
    container: KubernetesObject | None = optional(
        "Any field of a Kubernetes Container that has no place of its own in the spec.",
        kubernetes="io.k8s.api.core.v1.Container",
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """`port: N` is `ports: {http: N}`; that both are given is said by the model, not hidden here."""
        if not isinstance(value, dict) or "port" not in value:
            return value
        ports = value.get("ports", {})
        if not isinstance(ports, dict) or "http" in ports:
            return value
        mark = value.marks.get("port") if isinstance(value, Map) else None
        http = Map({"http": value["port"]})
        if mark is not None:
            http.mark, http.marks = mark, {"http": mark}
        merged = with_keys(http, {})
        merged.update(ports)
        merged.marks.update(getattr(ports, "marks", {}))
        result = with_keys(value, {"ports": merged}, "port")
        if mark is not None and "ports" not in value:
            result.marks["ports"] = mark
        return result


class ExtraContainer(Container):
    """An init container or a sidecar."""

    order: Order | None = optional(
        "Place among its kind, the lowest first; each needs its own when there are two or more."
    )
    probes: Probes | None = optional("Probes of a sidecar; there is none unless given.")

    @property
    def runtime(self) -> None:
        """None: the runtime is that of the main container."""
        return None
