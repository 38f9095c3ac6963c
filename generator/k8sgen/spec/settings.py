"""k8sgen.yaml: what an organisation or a repository says for all of its services."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from k8sgen.features import DEFAULT_KUBERNETES_VERSION
from k8sgen.spec.linting import Linting
from k8sgen.spec.model import Model, default, optional, part
from k8sgen.spec.types import DnsLabel, NonEmpty

KubernetesVersion = Annotated[str, Field(pattern=r"^1\.[0-9]{1,3}$")]


class Settings(Model):
    """The keys of k8sgen.yaml; `defaults` and each environment are partial specs."""

    defaults: dict[str, Any] = default({}, "A partial spec below every service.yaml.")
    environments: dict[DnsLabel, dict[str, Any]] = default(
        {}, "By environment, a partial spec above the defaults, and `kubernetesVersion`."
    )
    kubernetes_version: KubernetesVersion | None = optional(
        f"Minor version that the output is for; {DEFAULT_KUBERNETES_VERSION} unless given."
    )
    output: NonEmpty | None = optional(
        "Where `render` writes: a path pattern with {environment}, {name}, {kind} and {object}, relative to this file."
    )
    schemas: NonEmpty | None = optional(
        "Directory of further schemas for custom resources, relative to this file."
    )
    lint: Linting = part(Linting, "What `k8sgen lint` reports.")
