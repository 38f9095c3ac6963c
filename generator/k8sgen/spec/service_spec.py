"""The whole spec of one service."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from k8sgen.spec.autoscaling import Autoscaling
from k8sgen.spec.container import Container, ContainerName, ExtraContainer
from k8sgen.spec.disruption import Disruption
from k8sgen.spec.env import EnvFrom, EnvVar
from k8sgen.spec.expose import Expose
from k8sgen.spec.health import Health
from k8sgen.spec.image import MainImage
from k8sgen.spec.model import WHOLE, default, derived, optional, part, required
from k8sgen.spec.network import Network
from k8sgen.spec.placement import Placement
from k8sgen.spec.ports import Port
from k8sgen.spec.probes import MainProbes
from k8sgen.spec.resources import Resources
from k8sgen.spec.rollout import Rollout, Startup
from k8sgen.spec.runtime import Runtime
from k8sgen.spec.security import Security
from k8sgen.spec.service import FurtherService, Service
from k8sgen.spec.service_account import ServiceAccount
from k8sgen.spec.shutdown import Shutdown
from k8sgen.spec.types import (
    Annotations,
    Count,
    DnsLabel,
    EnvName,
    FilePath,
    KubernetesObject,
    Labels,
    LabelValue,
    NonEmpty,
    PortName,
    ServiceName,
    Text,
)
from k8sgen.spec.volumes import File, Volume


class Spec(Container):
    """service.yaml with every layer merged, in long form, constant defaults filled in."""

    version: Literal[1] = default(1, "Version of this format.")
    name: ServiceName = required("Name of the service and of its objects.")
    namespace: DnsLabel | None = optional("Namespace of the objects; left to the deployer unless given.")
    part_of: LabelValue | None = optional(
        "Larger application this belongs to (label app.kubernetes.io/part-of)."
    )
    team: LabelValue | None = optional("Team that owns the service (label team).")
    labels: Labels = default({}, "Labels of every object.")
    annotations: Annotations = default({}, "Annotations of every object.")
    pod_labels: Labels = default({}, "Labels of the pods alone.")
    pod_annotations: Annotations = default({}, "Annotations of the pods alone.")
    selector: Annotated[Labels, Field(min_length=1)] | None = derived(
        "app.kubernetes.io/name and app.kubernetes.io/instance",
        "Selector of a running Deployment that is to be adopted; it can never change.",
    )

    image: MainImage = required("Image of the main container.")
    command: list[Text] | None = optional("Replaces the image's entry point.")
    args: list[Text] | None = optional("Replaces the image's arguments.")
    working_dir: NonEmpty | None = optional("Working directory of the process.")
    container_name: DnsLabel | None = derived("the service's name", "Name of the main container.")
    ports: dict[PortName, Port] = default({}, "Ports by name. `port: N` is `ports: {http: N}`.")
    env: dict[EnvName, EnvVar] = default({}, "Environment variables by name.")
    env_from: list[EnvFrom] = default([], "Secrets and ConfigMaps whose every key becomes a variable.")
    runtime: Runtime = part(Runtime, "What the program runs on, whose settings are computed from the limits.")
    resources: Resources = part(Resources, "CPU, memory and other resources.")
    startup: Startup = part(Startup, "How long a start takes.")
    probes: MainProbes = part(MainProbes, "Start-up, liveness and readiness probes.")
    replicas: Count = default(2, "Pods that run.", "one pod or node can be lost")
    autoscaling: Autoscaling = part(Autoscaling, "How the number of pods follows the load.")
    rollout: Rollout = part(Rollout, "How a new version replaces the old one.")
    shutdown: Shutdown = part(Shutdown, "How a pod goes away.")
    disruption: Disruption = part(Disruption, "How many pods a node drain may take away at once.")
    placement: Placement = part(Placement, "On which nodes the pods run.")
    security: Security = part(Security, "What the containers may do.")
    service_account: ServiceAccount = part(ServiceAccount, "As whom the pods speak to the API server.")
    files: dict[FilePath, File] = default({}, "Files in the main container, by absolute path.")
    volumes: dict[DnsLabel, Volume] = default({}, "Volumes by name, and where they are mounted.")
    init_containers: dict[ContainerName, ExtraContainer] = default(
        {}, "Containers that run to their end before the others start."
    )
    sidecars: dict[ContainerName, ExtraContainer] = default({}, "Containers that run beside the main one.")
    service: Service = part(Service, "Name and address inside the cluster.")
    services: dict[DnsLabel, FurtherService] = default({}, "Further Services for the same pods.")
    expose: Expose = part(Expose, "How the service is reached from outside.")
    network: Network = part(Network, "Who may talk to whom.")
    health: Health = part(Health, "How well the service does, out of what it depends on.")
    container: KubernetesObject = default(
        {},
        "Any field of a Kubernetes Container that has no place of its own in the spec.",
        kubernetes="io.k8s.api.core.v1.Container",
    )
    pod: KubernetesObject = default(
        {},
        "Any field of a Kubernetes PodSpec that has no place of its own in the spec.",
        kubernetes="io.k8s.api.core.v1.PodSpec",
    )
    patches: dict[str, Any] = default({}, "JSON Merge Patch or JSON Patch by `Kind` or `Kind/name`.")
    extra_objects: dict[DnsLabel, KubernetesObject] = default({}, "Whole further objects.", kubernetes=WHOLE)


AnyContainer = Spec | ExtraContainer
"""The main container, an init container or a sidecar."""
