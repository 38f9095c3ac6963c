"""Which image runs, named so that it cannot move."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from k8sgen.spec.model import Model, default, derived, optional, required
from k8sgen.spec.types import DnsName
from k8sgen.yamltext.read import Map


class Image(Model):
    """An image reference in its parts. The short form is the reference itself."""

    short_forms: ClassVar = ({"type": "string", "description": "Image reference with a tag or a digest."},)

    repository: Annotated[str, Field(pattern=r"^[^\s:@]+(:[0-9]+/[^\s:@]+)?$", max_length=512)] = required(
        "Registry and repository, without tag or digest."
    )
    tag: Annotated[str, Field(pattern=r"^([A-Za-z0-9_][A-Za-z0-9_.-]*)?$", max_length=128)] | None = optional(
        "Tag; `latest` is refused, because two pods of one rollout could then run different code."
    )
    digest: Annotated[str, Field(pattern=r"^([a-z0-9]+:[0-9a-f]{32,})?$", max_length=256)] | None = optional(
        "Digest such as `sha256:…`; wins over the tag."
    )
    pull_policy: Literal["Always", "IfNotPresent", "Never"] | None = derived(
        "IfNotPresent", "When the kubelet pulls the image."
    )

    @classmethod
    def expand(cls, value: Any) -> Any:
        """`registry:5000/name:tag@digest` becomes its parts, each of them set."""
        if not isinstance(value, str):
            return value
        reference, _, digest = value.partition("@")
        head, slash, last = reference.rpartition("/")
        name, _, tag = last.partition(":")
        return Map({"repository": head + slash + name, "tag": tag, "digest": digest})


class MainImage(Image):
    """The image of the main container, with what the whole pod needs to pull."""

    pull_secrets: list[DnsName] = default([], "Secrets with which the kubelet pulls the pod's images.")
