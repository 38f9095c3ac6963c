"""What Kubernetes itself would refuse in an object, and the object without it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from k8sgen.lint.removals import REMOVED
from k8sgen.manifests import Manifest, Pointer, Refusal
from k8sgen.validate.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from k8sgen.validate.violation import Violation


class Home(NamedTuple):
    """Where a kind belongs."""

    definitions: tuple[tuple[Schemas, str], ...]
    """The versions that have a schema for it, with the name of its definition there."""
    foreign: bool = False
    """Whether it has only the name of a kind of Kubernetes."""
    current: str = ""
    """The API version that took the place of a removed one."""
    built_in: bool = False
    """Whether all versions have it themselves, so that no definition can change it."""


class Checks(NamedTuple):
    """What looks at an object as the API server does, beyond its schema."""

    null_items: Callable[[Mapping[str, Any]], list[Violation]]
    values: Callable[[Mapping[str, Any], int], list[Violation]]
    features: Callable[[Mapping[str, Any], int], list[Violation]]


@cache
def checks() -> Checks:
    """Imported when the first object is looked at: where all is known to be sound, none is."""
    from k8sgen.validate.apiserver import check_null_items, check_object
    from k8sgen.validate.availability import check_features

    return Checks(check_null_items, check_object, check_features)


class Validation:
    """Validates objects for one or more Kubernetes versions, the first of which is the target.

    `directories` hold CRDs or JSON Schemas, `crds` are CustomResourceDefinitions of the input.
    Raises SpecError for a version or directory that cannot be used.
    """

    def __init__(
        self,
        minors: Sequence[int],
        directories: Sequence[Path] = (),
        crds: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.schemas = [Schemas(minor, directories, crds) for minor in minors]
        self._kinds = frozenset(kind for _, kind in self.schemas[0].built_in)
        self._home = cache(self._look_up)

    def is_built_in(self, manifest: Manifest) -> bool:
        """Whether all versions that are asked have its kind themselves, so that no definition can change it."""
        return self._home(manifest.api_version, manifest.kind).built_in

    def check(self, manifest: Manifest) -> None:
        """Note what the schemas refuse, take it out, and note what the API server's own rules refuse in the rest."""
        self.check_structure(manifest)
        self.check_values(manifest)

    def check_structure(self, manifest: Manifest) -> None:
        """Note what the schemas refuse, and take it out, so that rules need not look for wrong types."""
        home = self._home(manifest.api_version, manifest.kind)
        if manifest.has_nulls and (nulls := checks().null_items(manifest.data)):
            manifest.refusals += [Refusal("api-server", self.schemas[0].minor, *each[:3]) for each in nulls]
            manifest.data = without(manifest.data, [each.pointer for each in nulls])
        manifest.asked, manifest.foreign = len(home.definitions), home.foreign
        for schemas, definition in () if manifest.sound else home.definitions:
            if found := schemas.check_fragment(definition, manifest.data):
                manifest.refusals += [Refusal("schema", schemas.minor, *each[:3]) for each in found]
                manifest.data = without(manifest.data, [each.pointer for each in found])
        if home.current:
            # Of a removed version: what fits the version that is there is what rules can read.
            likened = {**manifest.data, "apiVersion": home.current}
            if found := self.schemas[0].check(likened):
                manifest.data = without(manifest.data, [each.pointer for each in found])

    def _look_up(self, api_version: str, kind: str) -> Home:
        definitions = [(schemas, schemas.definition_of(api_version, kind)) for schemas in self.schemas]
        known = tuple((schemas, name) for schemas, name in definitions if name)
        built_in = [(api_version, kind) in schemas.built_in for schemas in self.schemas]
        if kind not in self._kinds or any(built_in):
            return Home(known, built_in=all(built_in))
        removal = REMOVED.get((api_version, kind))
        if removal is None or (removal.replacement, kind) not in self.schemas[0].built_in:
            return Home(known, foreign=True)
        return Home(known, current=removal.replacement)

    def check_values(self, manifest: Manifest) -> None:
        """Note what the API server's own rules refuse, and what it would drop."""
        if manifest.sound:
            return
        _, check_object, check_features = checks()
        for schemas, _ in self._home(manifest.api_version, manifest.kind).definitions:
            minor = schemas.minor
            if refused := check_object(manifest.data, minor):
                manifest.refusals += [Refusal("api-server", minor, *each[:3]) for each in refused]
            if dropped := check_features(manifest.data, minor):
                manifest.refusals += [Refusal("dropped-field", minor, *each[:3]) for each in dropped]


def without(data: dict[str, Any], pointers: Iterable[Pointer]) -> dict[str, Any]:
    """A copy without the values at these pointers; a list with such an item goes as a whole."""
    from copy import deepcopy

    kept: dict[str, Any] = deepcopy(data)
    for pointer in pointers:
        steps = pointer
        while steps and isinstance(steps[-1], int):
            steps = steps[:-1]
        holder: Any = kept
        for step in steps[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if steps and isinstance(holder, dict):
                holder.pop(steps[-1], None)
    return kept


def definitions(manifests: Iterable[Manifest]) -> list[dict[str, Any]]:
    """The CustomResourceDefinitions among objects that can be used; their schema says what is wrong with others."""
    return [each.data for each in manifests if is_definition(each)]


def is_definition(manifest: Manifest) -> bool:
    """Whether an object defines a kind in a way that can be used."""
    if manifest.kind != "CustomResourceDefinition" or manifest.group != "apiextensions.k8s.io":
        return False
    from k8sgen.validate.crds import schemas_of

    try:
        schemas_of(manifest.data)
    except (AttributeError, KeyError, TypeError):
        return False
    return True
