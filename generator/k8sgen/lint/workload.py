"""What makes pods, and the containers of those pods, as rules like to ask about them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from k8sgen.lint.rule import Fault
from k8sgen.manifests import dig, facts_of
from k8sgen.validate.podspec import POD_SPECS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from k8sgen.manifests import Facts, Manifest, Pointer

RUNS_FOR_EVER = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"})
SCALED = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"})
PROBES = {"startup": "startupProbe", "liveness": "livenessProbe", "readiness": "readinessProbe"}
PROBE_DEFAULTS = {
    "initialDelaySeconds": 0,
    "periodSeconds": 10,
    "timeoutSeconds": 1,
    "failureThreshold": 3,
    "successThreshold": 1,
}


class Workload:
    """An object that makes pods (a bare Pod makes itself), seen with its pod template."""

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.kind = manifest.kind
        self.name = manifest.name
        self.namespace = manifest.namespace
        self.pod_pointer: tuple[str, ...] = POD_SPECS[manifest.kind]
        """Where its pod spec stands."""
        self.template_pointer: tuple[str, ...] = self.pod_pointer[:-1]
        self.spec = manifest.map("spec")
        self.template = manifest.map(*self.template_pointer) if self.template_pointer else manifest.data
        self.pod: dict[str, Any] = self.template.get("spec") or {}
        """The pod spec."""
        metadata = self.template.get("metadata") or {}
        self.labels: dict[str, Any] = metadata.get("labels") or {}
        """The labels of its pods."""
        self.annotations: dict[str, Any] = metadata.get("annotations") or {}
        """The annotations of its pods."""

    @cached_property
    def facts(self) -> Facts:
        """What is declared of it, by the spec, or by annotations of the workload or its pods."""
        from k8sgen.manifests import NO_FACTS

        return self.manifest.facts if self.manifest.facts != NO_FACTS else facts_of(self.annotations)

    @property
    def runs_for_ever(self) -> bool:
        """Whether its pods serve until they are replaced; those of a Job end."""
        return self.kind in RUNS_FOR_EVER

    @property
    def replicas(self) -> int:
        """How many pods it asks for; one unless it says."""
        said = self.spec.get("replicas")
        return said if isinstance(said, int) else 1

    @cached_property
    def containers(self) -> list[Container]:
        """The main containers, in order."""
        return list(self._containers("containers"))

    @cached_property
    def init_containers(self) -> list[Container]:
        """All init containers, sidecars included."""
        return list(self._containers("initContainers"))

    @cached_property
    def running(self) -> list[Container]:
        """What runs as long as the pod: the main containers and the sidecars."""
        return [*self.containers, *(each for each in self.init_containers if each.is_sidecar)]

    @cached_property
    def all_containers(self) -> list[Container]:
        """The main containers and all init containers."""
        return [*self.containers, *self.init_containers]

    def _containers(self, field: str) -> Iterator[Container]:
        for index, data in enumerate(self.pod.get(field) or ()):
            yield Container(self, data, (*self.pod_pointer, field, index))

    def pod_path(self, *steps: str | int) -> Pointer:
        """The pointer of a place in the pod spec."""
        return (*self.pod_pointer, *steps)

    def fault(self, pointer: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a pointer of the whole object; `more` as `Fault` takes it."""
        return Fault(self.manifest, pointer, message, hint, **more)

    def pod_fault(self, steps: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a place in the pod spec."""
        return Fault(self.manifest, (*self.pod_pointer, *steps), message, hint, **more)

    def named_ports(self) -> Iterator[tuple[Container, dict[str, Any]]]:
        """Every declared port of what runs as long as the pod."""
        for container in self.running:
            for port in container.ports:
                yield container, port

    def __repr__(self) -> str:
        return self.manifest.subject


class Container:
    """One container of a workload."""

    __slots__ = ("data", "pointer", "workload")

    def __init__(self, workload: Workload, data: dict[str, Any], pointer: Pointer) -> None:
        self.workload = workload
        self.data = data
        self.pointer = pointer

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.data.get("name", ""))

    @property
    def is_init(self) -> bool:
        """Whether it stands among the init containers."""
        return self.pointer[-2] == "initContainers"

    @property
    def is_sidecar(self) -> bool:
        """Whether it is an init container that keeps running."""
        return self.is_init and self.data.get("restartPolicy") == "Always"

    @property
    def image(self) -> str:
        """The image as written."""
        return str(self.data.get("image", ""))

    @property
    def ports(self) -> list[dict[str, Any]]:
        """The declared ports."""
        return self.data.get("ports") or []

    @property
    def env(self) -> list[dict[str, Any]]:
        """The variables, in order."""
        return self.data.get("env") or []

    def variable(self, name: str) -> str | None:
        """The literal value of a variable; None when there is none, or it comes from elsewhere."""
        for each in reversed(self.env):
            if each.get("name") == name:
                value = each.get("value")
                return value if isinstance(value, str) else None
        return None

    def resource(self, part: str, name: str) -> Any:
        """A request or limit: `container.resource("limits", "memory")`; a limit stands for a request not given."""
        found = dig(self.data, "resources", part, name)
        if found is None and part == "requests":
            return dig(self.data, "resources", "limits", name)
        return found

    @property
    def security(self) -> dict[str, Any]:
        """Its own security context."""
        return self.data.get("securityContext") or {}

    def probe(self, kind: str) -> Probe | None:
        """Its `startup`, `liveness` or `readiness` probe."""
        data = self.data.get(PROBES[kind])
        return Probe(self, kind, data) if data else None

    def fault(self, steps: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a place in the container."""
        return Fault(self.workload.manifest, (*self.pointer, *steps), message, hint, **more)

    def __repr__(self) -> str:
        return f"{self.workload!r} container {self.name}"


class Probe:
    """One probe, with the defaults that the API server fills in."""

    __slots__ = ("container", "data", "field", "kind")

    def __init__(self, container: Container, kind: str, data: dict[str, Any]) -> None:
        self.container = container
        self.kind = kind
        self.field = PROBES[kind]
        self.data = data

    def number(self, name: str) -> int:
        """A timing by its field's name, or its default."""
        value = self.data.get(name)
        return value if isinstance(value, int) and value > 0 else PROBE_DEFAULTS[name]

    @property
    def initial_delay(self) -> int:
        """Seconds before the first probe."""
        return self.number("initialDelaySeconds")

    @property
    def period(self) -> int:
        """Seconds between probes."""
        return self.number("periodSeconds")

    @property
    def timeout(self) -> int:
        """Seconds until a probe has failed."""
        return self.number("timeoutSeconds")

    @property
    def failures(self) -> int:
        """Failures in a row until it acts."""
        return self.number("failureThreshold")

    @property
    def handler(self) -> dict[str, Any]:
        """What it asks, without timings: `{"httpGet": {...}}`."""
        return {
            name: self.data[name] for name in ("httpGet", "tcpSocket", "grpc", "exec") if name in self.data
        }

    @property
    def port(self) -> int | str | None:
        """The port it asks, as written."""
        for name in ("httpGet", "tcpSocket", "grpc"):
            if name in self.data:
                port = (self.data[name] or {}).get("port")
                return port if isinstance(port, int | str) else None
        return None

    def fault(self, steps: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a place in the probe."""
        return self.container.fault((self.field, *steps), message, hint, **more)
