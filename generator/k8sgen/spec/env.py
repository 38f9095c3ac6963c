"""Environment variables, and where their values come from."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from k8sgen.spec.model import Model, optional, required, with_keys
from k8sgen.spec.types import DnsName, NonEmpty, Quantity, Text
from k8sgen.yamltext.read import Map


class KeyReference(Model):
    """A key of a Secret or ConfigMap in the same namespace."""

    name: DnsName = required("Name of the object.")
    key: NonEmpty = required("Key in the object.")
    optional: bool | None = optional("Whether the pod may start without it.")


class FieldReference(Model):
    """A field of the pod, such as `metadata.name`."""

    field_path: NonEmpty = required("Path of the field.")
    api_version: NonEmpty | None = optional("API version in which the path is written.")


class ResourceFieldReference(Model):
    """A request or limit of a container."""

    resource: NonEmpty = required("Such as `limits.memory`.")
    container_name: NonEmpty | None = optional("Container, when it is another one.")
    divisor: Quantity | None = optional("Unit of the value.")


class EnvVar(Model):
    """One environment variable. The short form is its value: text, an integer, or true or false."""

    short_forms: ClassVar = ({"type": ["string", "integer", "boolean"]},)

    either: ClassVar = (("value", "secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef"),)
    required_one: ClassVar = either

    value: Text | None = optional("The value itself; `$(NAME)` is replaced by that variable's value.")
    secret_key_ref: KeyReference | None = optional("Key of a Secret.")
    config_map_key_ref: KeyReference | None = optional("Key of a ConfigMap.")
    field_ref: FieldReference | None = optional("Field of the pod.")
    resource_field_ref: ResourceFieldReference | None = optional("Request or limit of a container.")

    @classmethod
    def expand(cls, value: Any) -> Any:
        """A scalar is the value; numbers and booleans become the text that the process will read."""
        if isinstance(value, dict):
            inner = value.get("value")
            return with_keys(value, {"value": env_text(inner)}) if isinstance(inner, (bool, int)) else value
        return Map({"value": env_text(value)}) if isinstance(value, (str, int, float)) else value


def env_text(value: Any) -> Any:
    """The text that the process will read; a float stays one and is refused, since its spelling is lost."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


class Reference(Model):
    """A Secret or ConfigMap whose every key becomes a variable."""

    name: DnsName = required("Name of the object.")
    optional: bool | None = optional("Whether the pod may start without it.")


class EnvFrom(Model):
    """All keys of one Secret or ConfigMap as variables."""

    either: ClassVar = (("secretRef", "configMapRef"),)
    required_one: ClassVar = either

    secret_ref: Reference | None = optional("The Secret.")
    config_map_ref: Reference | None = optional("The ConfigMap.")
    prefix: Annotated[str, Field(max_length=253)] | None = optional("Put before each name.")
