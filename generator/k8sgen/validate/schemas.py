"""Does an object have the structure its kind has in a Kubernetes version: fields, types, required ones.

Strict as the API server is with `fieldValidation=Strict`: an unknown field is a violation. An
explicit null is none: the server takes it as absent. The data is kubernetes-validate's, custom
resources come from CRDs; the engine is jsonschema-rs, about 20 µs for a Deployment once compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from k8sgen.errors import Problem, SpecError
from k8sgen.validate.crds import read_directories, schemas_of, shipped_schema
from k8sgen.validate.definitions import NEWEST, OLDEST, Definitions, check_minor
from k8sgen.validate.messages import violations
from k8sgen.validate.violation import Violation, nearest, quoted, type_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from jsonschema_rs import Validator

__all__ = ["NEWEST", "OLDEST", "Schemas", "Violation", "check_minor"]


class Schemas:
    """What Kubernetes 1.`minor` accepts, plus custom resources.

    `directories` hold CustomResourceDefinition objects (YAML or JSON) or JSON Schema files named
    `KIND-GROUP-VERSION.json`; `crds` are CustomResourceDefinition objects already read. Both win
    over the shipped Gateway API schemas, but a cluster serves its own kinds whatever is defined: of those only a
    directory can say other things. A `minor` out of range raises SpecError.
    """

    def __init__(
        self, minor: int, directories: Sequence[Path] = (), crds: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        self.minor = minor
        self._definitions = Definitions(minor)
        self._custom: dict[tuple[str, str], dict[str, Any]] = read_directories(directories)
        for crd in crds:
            self._custom |= {
                kind: schema for kind, schema in schemas_of(crd).items() if kind not in self.built_in
            }
        self._validators: dict[str, Validator] = {}

    def knows(self, api_version: str, kind: str) -> bool:
        """Whether there is a schema for this kind."""
        return bool(self.definition_of(api_version, kind))

    @property
    def built_in(self) -> Mapping[tuple[str, str], str]:
        """Every apiVersion and kind that this version of Kubernetes itself serves."""
        return self._definitions.index()

    def check(self, obj: Any) -> list[Violation]:
        """Everything about a whole object that its schema refuses; a kind without schema is one violation."""
        if not isinstance(obj, dict):
            return [Violation((), f"{quoted(obj)} is {type_name(obj)}, expected a map")]
        missing = [
            Violation((field,), f'"{field}" is missing', f"write {field}")
            for field in ("apiVersion", "kind")
            if not obj.get(field)
        ]
        if missing:
            return missing
        name = self.definition_of(str(obj["apiVersion"]), str(obj["kind"]))
        return self.check_fragment(name, obj) if name else [self._unknown_kind(obj)]

    def check_fragment(self, definition: str, value: Any) -> list[Violation]:
        """The same for a part of an object: `io.k8s.api.core.v1.PodSpec`; pointers start at the part."""
        try:
            validator = self._validators[definition]
        except KeyError:
            validator = self._compiled(definition)
        try:
            if validator.is_valid(value):
                return []
        except ValueError as error:
            return [Violation((), f"not a JSON value: {error}")]
        import orjson

        schema = orjson.loads(self._schema(definition))
        found = [found for error in validator.iter_errors(value) for found in violations(schema, error)]
        return sorted(found, key=_order)

    def fields(self, definition: str) -> frozenset[str]:
        """The names of the fields that a definition has in this version."""
        import orjson

        schema = orjson.loads(self._schema(definition))
        node = schema["$defs"][definition] if "$defs" in schema else schema
        return frozenset(node.get("properties", ()))

    def definition_of(self, api_version: str, kind: str) -> str:
        """The name of a kind's definition, or nothing where there is no schema for it."""
        if (api_version, kind) in self._custom:
            return f"{api_version} {kind}"
        built_in = self._definitions.definition_of(api_version, kind)
        if built_in:
            return built_in
        return f"{api_version} {kind}" if shipped_schema(f"{api_version} {kind}") else ""

    def _schema(self, definition: str) -> str:
        api_version, _, kind = definition.partition(" ")
        if not kind:
            return self._definitions.schema(definition)
        custom = self._custom.get((api_version, kind))
        if custom is None:
            return cast("str", shipped_schema(definition))
        import orjson

        return orjson.dumps(custom).decode()

    def _compiled(self, definition: str) -> Validator:
        from jsonschema_rs import Draft202012Validator

        try:
            # Offline: a `$ref` in a user's schema file must not fetch anything.
            validator = Draft202012Validator(self._schema(definition), offline=True)
        except ValueError as error:
            problem = str(error).partition("\n")[0]
            hint = "mend its schema file; a $ref may only point inside the file"
            raise SpecError(
                Problem(f'the schema of "{definition}" cannot be used: {problem}', hint=hint)
            ) from error
        self._validators[definition] = validator
        return validator

    def _unknown_kind(self, obj: Mapping[str, Any]) -> Violation:
        api_version, kind = str(obj["apiVersion"]), str(obj["kind"])
        known = [*self._definitions.index(), *self._custom]
        served = sorted(version for version, name in known if name == kind)
        if served:
            return Violation(
                ("apiVersion",),
                f'Kubernetes 1.{self.minor} has no {kind} in "{api_version}"',
                f"write apiVersion: {served[-1]}",
            )
        meant = nearest(kind, {name for _, name in known})
        hint = f'did you mean "{meant}"?' if meant else "name a directory with its CRD under `schemas`"
        return Violation(("kind",), f'no schema for kind "{kind}" of "{api_version}"', hint)


def _order(violation: Violation) -> list[str]:
    """By place, items of a list by number."""
    return [f"{step:06}" if isinstance(step, int) else step for step in violation.pointer]
