"""What makes pods, and the containers of those pods, as rules like to ask about them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from k8sgen.lint.rule import Fault
from k8sgen.manifests import facts_of
from k8sgen.validate.podspec import POD_SPECS

if TYPE_CHECKING:
    from k8sgen.manifests import Facts, Manifest, Pointer

RUNS_FOR_EVER = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"})
SCALED = frozenset({"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"})
PROBES = {"startup": "startupProbe", "liveness": "livenessProbe", "readiness": "readinessProbe"}


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
        self.security: dict[str, Any] = self.pod.get("securityContext") or {}
        """The security context of its pods."""
        self.strategy: dict[str, Any] = self.spec.get("strategy") or {}
        """How a Deployment replaces its pods."""
        metadata = self.template.get("metadata") or {}
        self.labels: dict[str, Any] = metadata.get("labels") or {}
        """The labels of its pods."""
        self.annotations: dict[str, Any] = metadata.get("annotations") or {}
        """The annotations of its pods."""
        self.runs_for_ever = self.kind in RUNS_FOR_EVER
        """Whether its pods serve until they are replaced; those of a Job end."""

    @cached_property
    def facts(self) -> Facts:
        """What is declared of it, by the spec, or by annotations of the workload or its pods."""
        from k8sgen.manifests import NO_FACTS

        own = self.manifest.facts
        return facts_of(self.annotations) if self.annotations and own == NO_FACTS else own

    @property
    def replicas(self) -> int:
        """How many pods it asks for; one unless it says."""
        said = self.spec.get("replicas")
        return said if isinstance(said, int) else 1

    @cached_property
    def containers(self) -> list[Container]:
        """The main containers, in order."""
        return self._containers("containers")

    @cached_property
    def init_containers(self) -> list[Container]:
        """All init containers, sidecars included."""
        return self._containers("initContainers")

    @cached_property
    def running(self) -> list[Container]:
        """What runs as long as the pod: the main containers and the sidecars."""
        return [*self.containers, *[each for each in self.init_containers if each.is_sidecar]]

    @cached_property
    def all_containers(self) -> list[Container]:
        """The main containers and all init containers."""
        return [*self.containers, *self.init_containers]

    def _containers(self, field: str) -> list[Container]:
        return [
            Container(self, data, (*self.pod_pointer, field, index))
            for index, data in enumerate(self.pod.get(field) or ())
        ]

    def pod_path(self, *steps: str | int) -> Pointer:
        """The pointer of a place in the pod spec."""
        return (*self.pod_pointer, *steps)

    def fault(self, pointer: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a pointer of the whole object; `more` as `Fault` takes it."""
        return Fault(self.manifest, pointer, message, hint, **more)

    def pod_fault(self, steps: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a place in the pod spec."""
        return Fault(self.manifest, (*self.pod_pointer, *steps), message, hint, **more)

    @cached_property
    def ports(self) -> list[dict[str, Any]]:
        """Every declared port of what runs as long as the pod."""
        return [port for container in self.running for port in container.ports]

    def __repr__(self) -> str:
        return self.manifest.subject


class Container:
    """One container of a workload."""

    __slots__ = (
        "_probes",
        "data",
        "env",
        "image",
        "limits",
        "name",
        "pointer",
        "ports",
        "requests",
        "security",
        "workload",
    )

    def __init__(self, workload: Workload, data: dict[str, Any], pointer: Pointer) -> None:
        self.workload = workload
        self.data = data
        self.pointer = pointer
        self.name = str(data.get("name", ""))
        self.image = str(data.get("image", ""))
        """The image as written."""
        self.ports: list[dict[str, Any]] = data.get("ports") or []
        """The declared ports."""
        self.env: list[dict[str, Any]] = data.get("env") or []
        """The variables, in order."""
        resources = data.get("resources") or {}
        self.requests: dict[str, Any] = resources.get("requests") or {}
        """What is requested, as written."""
        self.limits: dict[str, Any] = resources.get("limits") or {}
        self.security: dict[str, Any] = data.get("securityContext") or {}
        """Its own security context."""
        self._probes = {
            kind: Probe(self, kind, data[field]) for kind, field in PROBES.items() if data.get(field)
        }

    @property
    def is_init(self) -> bool:
        """Whether it stands among the init containers."""
        return self.pointer[-2] == "initContainers"

    @property
    def is_sidecar(self) -> bool:
        """Whether it is an init container that keeps running."""
        return self.is_init and self.data.get("restartPolicy") == "Always"

    def variable(self, name: str) -> str | None:
        """The literal value of a variable; None when there is none, or it comes from elsewhere."""
        for each in reversed(self.env):
            if each.get("name") == name:
                value = each.get("value")
                return value if isinstance(value, str) else None
        return None

    def resource(self, part: str, name: str) -> Any:
        """A request or limit: `container.resource("limits", "memory")`; a limit stands for a request not given."""
        found = self.requests.get(name) if part == "requests" else None
        return self.limits.get(name) if found is None else found

    def probe(self, kind: str) -> Probe | None:
        """Its `startup`, `liveness` or `readiness` probe."""
        return self._probes.get(kind)

    def fault(self, steps: Pointer, message: str, hint: str = "", **more: Any) -> Fault:
        """A fault at a place in the container."""
        return Fault(self.workload.manifest, (*self.pointer, *steps), message, hint, **more)

    def __repr__(self) -> str:
        return f"{self.workload!r} container {self.name}"


class Probe:
    """One probe, with the defaults that the API server fills in."""

    __slots__ = ("container", "data", "failures", "field", "initial_delay", "kind", "period", "timeout")

    def __init__(self, container: Container, kind: str, data: dict[str, Any]) -> None:
        self.container = container
        self.kind = kind
        self.field = PROBES[kind]
        self.data = data
        self.initial_delay = self._number("initialDelaySeconds", 0)
        """Seconds before the first probe."""
        self.period = self._number("periodSeconds", 10)
        """Seconds between probes."""
        self.timeout = self._number("timeoutSeconds", 1)
        """Seconds until a probe has failed."""
        self.failures = self._number("failureThreshold", 3)
        """Failures in a row until it acts."""

    def _number(self, name: str, default: int) -> int:
        value = self.data.get(name)
        return value if isinstance(value, int) and value > 0 else default

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
