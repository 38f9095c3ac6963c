"""Scalars with a grammar of their own: names, quantities, counts and percentages.

Patterns are written for the regular expressions of Python, Go and JSON Schema alike: no look-ahead.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

Count = Annotated[int, Field(ge=0, le=2_147_483_647)]
Positive = Annotated[int, Field(ge=1, le=2_147_483_647)]
Seconds = Annotated[int, Field(ge=0, le=2_147_483_647)]
Percent = Annotated[int, Field(ge=1, le=100_000)]
PortNumber = Annotated[int, Field(ge=1, le=65535)]
Id = Annotated[int, Field(ge=0, le=2_147_483_647)]
"""A user or group id (https://kubernetes.io/docs/tasks/configure-pod-container/security-context/)."""

IntOrPercent = Annotated[int, Field(ge=0, le=2_147_483_647)] | Annotated[str, Field(pattern=r"^[0-9]{1,9}%$")]

Text = Annotated[str, Field(max_length=1_048_576)]
NonEmpty = Annotated[str, Field(min_length=1, max_length=1_048_576)]

DnsLabel = Annotated[str, Field(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", max_length=63)]
"""A DNS-1123 label: names of containers, volumes, namespaces."""

DnsName = Annotated[
    str, Field(pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", max_length=253)
]
"""A DNS-1123 subdomain: names of most objects."""

ServiceName = Annotated[str, Field(pattern=r"^[a-z]([-a-z0-9]*[a-z0-9])?$", max_length=63)]
"""A DNS-1035 label: what a Service may be called before Kubernetes 1.36."""

PortName = Annotated[str, Field(pattern=r"^([a-z0-9]-?)*[a-z](-?[a-z0-9])*$", max_length=15)]
"""An IANA service name: letters, digits and single hyphens inside, at least one letter (RFC 6335)."""

EnvName = Annotated[str, Field(pattern=r"^[-._a-zA-Z][-._a-zA-Z0-9]*$", max_length=253)]

HostName = Annotated[
    str,
    Field(
        pattern=r"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", max_length=253
    ),
]

AbsolutePath = Annotated[str, Field(pattern=r"^/[^:]*$", max_length=4096)]
FilePath = Annotated[str, Field(pattern=r"^(/[-._a-zA-Z0-9]+)+$", max_length=253)]
"""Where a file of the spec is mounted; the characters are those a ConfigMap key may hold, and `/`."""

Base64 = Annotated[
    str,
    Field(
        pattern=r"^([A-Za-z0-9+/]{4}|\n)*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\n?$", max_length=1_500_000
    ),
]
"""Bytes in base64 with padding, on one line or several (RFC 4648, section 4)."""

UrlPath = Annotated[str, Field(pattern=r"^/", max_length=4096)]

Quantity = Annotated[
    str,
    Field(
        pattern=r"^[+]?([0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$",
        max_length=64,
    ),
]
"""A Kubernetes quantity (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/)."""

LabelValue = Annotated[str, Field(pattern=r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", max_length=63)]
LabelKey = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$",
        max_length=317,
    ),
]
ResourceName = Annotated[
    str,
    Field(
        pattern=r"^(cpu|memory|ephemeral-storage|hugepages-[A-Za-z0-9]+|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
        max_length=317,
    ),
]
"""What a container can ask for (https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/)."""

Labels = dict[LabelKey, LabelValue]
Annotations = dict[LabelKey, Text]
KubernetesObject = dict[str, Any]
"""A piece of Kubernetes' own API, checked in the rendered object by the schema of the target version."""
