"""How the kubelet learns that a container has started, hangs, or should get traffic."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from k8sgen.spec.model import Model, Section, derived, optional, part
from k8sgen.spec.types import KubernetesObject, PortNumber, Positive, Seconds, Text, UrlPath
from k8sgen.yamltext.read import Map

PortReference = PortNumber | Annotated[str, Field(min_length=1, max_length=63)]
"""A port by number or by name."""

PROBE_PORT = "the port named http, else the only port"


class HttpGet(Model):
    """A request that must answer with a status from 200 to 399."""

    path: UrlPath | None = optional("Path of the request.")
    port: PortReference | None = derived(PROBE_PORT, "Port, by number or name.")
    scheme: Annotated[str, Field(pattern=r"^(HTTP|HTTPS)$")] | None = optional("HTTP or HTTPS.")
    host: Text | None = optional("Host to connect to, instead of the pod.")
    http_headers: list[KubernetesObject] | None = optional(
        "Headers, each `{name, value}`.", kubernetes="io.k8s.api.core.v1.HTTPHeader"
    )


class TcpSocket(Model):
    """A connection that must open."""

    port: PortReference | None = derived(PROBE_PORT, "Port, by number or name.")
    host: Text | None = optional("Host to connect to, instead of the pod.")


class Exec(Model):
    """A command in the container, which has done well when it exits with 0."""

    command: list[Text] = Field(description="Program and arguments; no shell.", min_length=1)


class Grpc(Model):
    """A gRPC health check."""

    port: PortNumber | None = derived(PROBE_PORT, "Port, by number.")
    service: Text | None = optional("Service name in the health request.")


class Probe(Section):
    """A Kubernetes Probe, whole. The short form is the path of an HTTP request, or `false`.

    A sidecar's probe says just what is given; Kubernetes fills in the rest.
    """

    short_forms: ClassVar = (
        {"type": "boolean"},
        {"type": "string", "pattern": "^/", "description": "Path of an HTTP request."},
    )

    either: ClassVar = (("httpGet", "tcpSocket", "exec", "grpc"),)

    enabled: bool | None = derived(
        "true when the container has a port to probe", "Whether the probe is there."
    )
    http_get: HttpGet | None = optional("Probe by HTTP.")
    tcp_socket: TcpSocket | None = derived(f"TCP on {PROBE_PORT}", "Probe by opening a connection.")
    exec: Exec | None = optional("Probe by running a command.")
    grpc: Grpc | None = optional("Probe by gRPC health checking.")
    initial_delay_seconds: Seconds | None = optional("Wait before the first probe.")
    period_seconds: Positive | None = optional("Time between probes.")
    timeout_seconds: Positive | None = optional("Time after which a probe has failed.")
    success_threshold: Positive | None = optional("Successes in a row that make it succeed.")
    failure_threshold: Positive | None = optional("Failures in a row that make it fail.")
    termination_grace_period_seconds: Positive | None = optional(
        "Grace period of a restart that this probe causes."
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A path is an HTTP request to it; an empty map, the long form of a probe that nobody gave, says nothing."""
        if isinstance(value, str):
            return Map({"enabled": True, "httpGet": Map({"path": value})})
        if value == {}:
            return value
        return super().expand(value)


class StartupProbe(Probe):
    """The main container's start-up probe: the timings that are not given leave room for `startup.slowestSeconds`."""

    period_seconds: Positive | None = derived(
        "a fifth of startup.expectedSeconds, 1 to 10", "Time between probes."
    )
    timeout_seconds: Positive | None = derived(
        "2, at most the period", "Time after which a probe has failed."
    )
    failure_threshold: Positive | None = derived(
        "room for startup.slowestSeconds", "Failures in a row after which the container is restarted."
    )


class LivenessProbe(Probe):
    """The main container's liveness probe: the timings that are not given let readiness go first."""

    period_seconds: Positive | None = derived("10", "Time between probes.")
    timeout_seconds: Positive | None = derived(
        "that of readiness, at most the period", "Time after which a probe has failed."
    )
    failure_threshold: Positive | None = derived(
        "3, or more so that readiness trips first",
        "Failures in a row after which the container is restarted.",
    )


class ReadinessProbe(Probe):
    """The main container's readiness probe."""

    period_seconds: Positive | None = derived("5", "Time between probes.")
    timeout_seconds: Positive | None = derived(
        "2, at most the period", "Time after which a probe has failed."
    )
    failure_threshold: Positive | None = derived(
        "3", "Failures in a row after which the pod gets no traffic."
    )


class Probes(Model):
    """The three probes of a container."""

    startup: Probe | None = optional(
        "Holds back the other two until the process has started; restarts it when it never does."
    )
    liveness: Probe | None = optional(
        "Restarts the container when it hangs. Must not depend on other services."
    )
    readiness: Probe | None = optional("Takes the pod out of its Services while it cannot serve.")


class MainProbes(Model):
    """The three probes of the main container, which are there unless switched off."""

    startup: StartupProbe = part(
        StartupProbe,
        "Holds back the other two until the process has started; restarts it when it never does.",
    )
    liveness: LivenessProbe = part(
        LivenessProbe, "Restarts the container when it hangs. Must not depend on other services."
    )
    readiness: ReadinessProbe = part(
        ReadinessProbe, "Takes the pod out of its Services while it cannot serve."
    )
