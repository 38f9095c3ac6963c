"""From a spec to Kubernetes objects: run the templates, patch, remember origins, add the reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ryaml

from k8sgen import assets
from k8sgen.errors import Place, Problem, RefusedError, SpecError, TemplateError
from k8sgen.render.comments import add_comments, reason_of
from k8sgen.render.environment import PRINTER, load_templates
from k8sgen.render.origins import Origins, PlaceOrigin, read_marks
from k8sgen.render.patches import apply_patch, patched_places
from k8sgen.render.printer import Printer, plain
from k8sgen.resolve.derivation import Cluster, Release
from k8sgen.resolve.refuse import check_rules
from k8sgen.resolve.registry import DERIVATIONS
from k8sgen.yamltext.read import Map, Mark
from k8sgen.yamltext.scan import Pointer, scan
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import CodeType

    from k8sgen.render.environment import TemplateEnvironment
    from k8sgen.render.language import Template
    from k8sgen.spec.load import LoadedSpec

TEMPLATES = (
    "serviceaccount.yaml.j2",
    "role.yaml.j2",
    "rolebinding.yaml.j2",
    "clusterrole.yaml.j2",
    "clusterrolebinding.yaml.j2",
    "configmap.yaml.j2",
    "persistentvolumeclaim.yaml.j2",
    "service.yaml.j2",
    "deployment.yaml.j2",
    "poddisruptionbudget.yaml.j2",
    "horizontalpodautoscaler.yaml.j2",
    "ingress.yaml.j2",
    "httproute.yaml.j2",
    "networkpolicy.yaml.j2",
)
"""One template for each kind, in the order in which objects are printed and should be applied."""

HEAD = ("apiVersion", "kind", "metadata", "type", "spec", "data")

SEPARATOR = re.compile(r"^---\n", re.MULTILINE)


@dataclass(slots=True)
class RenderedObject:
    """One Kubernetes object: its data, its text with the reasons, and where each value came from."""

    data: dict[str, Any]
    text: str
    origins: Origins
    template: str
    reasons: dict[Pointer, tuple[int, str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind, such as Deployment."""
        return str(self.data.get("kind", ""))

    @property
    def name(self) -> str:
        """The name in the metadata."""
        metadata = self.data.get("metadata")
        return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Everything one service needs in one environment."""

    loaded: LoadedSpec
    release: Release
    cluster: Cluster
    objects: tuple[RenderedObject, ...]


class Renderer:
    """Renders services, one after the other, with templates that are compiled once.

    `overrides` is a directory of templates that take the place of our own of the same name.
    """

    def __init__(self, overrides: Path | None = None, cache: Path | None = None) -> None:
        self.overrides = overrides
        self.sources = template_sources(overrides)
        if overrides is not None:
            from k8sgen.render.check import check_overrides

            check_overrides(overrides, TEMPLATES, self.tree, self.shown)
        self.templates = list(load_templates(TEMPLATES, self.sources, cache, self.compile_all).items())

    def compile_all(self, environment: TemplateEnvironment) -> dict[str, CodeType]:
        """The code of every template. Raises TemplateError."""
        from k8sgen.render.compile import compile_template
        from k8sgen.render.inline import inline

        return {
            name: compile_template(inline(self.included(name), self.included), environment)
            for name in TEMPLATES
        }

    def included(self, name: str) -> Template:
        """The tree of a template that must be there. Raises TemplateError."""
        found = self.tree(name)
        if found is None:
            raise TemplateError(
                Problem(f"there is no template {name}", None, "include one that is in templates/")
            )
        return found

    def tree(self, name: str) -> Template | None:
        """The tree of a template by its name, or None when there is none. Raises TemplateError."""
        from k8sgen.render.parse import parse_template

        source = self.sources.get(name)
        return None if source is None else parse_template(name, source, self.shown(name), DERIVATIONS)

    def shown(self, name: str) -> str:
        """The file of a template, as messages name it."""
        if self.overrides is not None and (self.overrides / name).is_file():
            return str(self.overrides / name)
        return f"templates/{name}"

    def render(
        self, loaded: LoadedSpec, *, comments: bool = True, annotations: Mapping[str, str] | None = None
    ) -> Rendered:
        """The objects of one service. Raises RefusedError or SpecError.

        `annotations` are added to the Deployment.
        """
        spec = loaded.spec
        release = Release(spec.name, spec.name, spec.namespace or "default")
        cluster = Cluster(loaded.kubernetes_minor)
        if refusals := check_rules(loaded, release, cluster):
            raise RefusedError(*refusals)
        context = {"spec": spec, "release": release, "cluster": cluster}
        objects = [
            obj
            for name, template in self.templates
            for obj in self.print_objects(name, template, context, loaded)
        ]
        objects = list(patch_objects(objects, loaded))
        objects += new_objects(extra_objects(loaded), objects, loaded)
        for obj in objects if annotations else ():
            if obj.kind == "Deployment" and annotations:
                annotate(obj, annotations)
        if comments:
            for obj in objects:
                obj.text = add_comments(obj.text, dict(obj.reasons.values()))
        return Rendered(loaded, release, cluster, tuple(objects))

    def object_of(self, text: str, name: str) -> dict[str, Any]:
        """The object that a template printed. Raises TemplateError, for a user's template may print anything."""
        place = Place(self.shown(name), 0, 0)
        try:
            data = ryaml.loads(text)
        except ryaml.InvalidYamlError as error:
            message = str(error).rpartition("_ryaml.")[2]
            raise TemplateError(
                Problem(f"what it prints is not YAML: {message}", place, "print one object, in block style")
            ) from error
        except ValueError as error:  # ryaml makes dicts, which hold no such keys
            raise TemplateError(
                Problem(
                    "what it prints has a map or list for a key", place, "write text in front of the colon"
                )
            ) from error
        if not isinstance(data, dict):
            raise TemplateError(
                Problem("what it prints is not an object", place, "begin with apiVersion, kind and metadata")
            )
        return data

    def print_objects(
        self, name: str, template: Any, context: Mapping[str, Any], loaded: LoadedSpec
    ) -> Iterator[RenderedObject]:
        """The documents that one template prints."""
        printer = Printer(dict(DERIVATIONS))
        printed = template.render({**context, PRINTER: printer})
        if not printed or printed.isspace():
            return
        first = 0
        for part in SEPARATOR.split(printed):
            if not part or part.isspace():
                continue
            text, pointers, after = read_marks(part, printer, first)
            origins = Origins(name)
            obj = RenderedObject(self.object_of(text, name), text, origins, name)
            said: set[str] = set()
            for index, (pointer, line) in enumerate(pointers):
                base, tail, keys = printer.records[first + index]
                if keys is None:
                    origins.records[pointer] = (base, tail)
                start = 0
                if keys and isinstance(keys[0], int) and isinstance(pointer[-1], int):
                    start, pointer = pointer[-1], pointer[:-1]  # noqa: PLW2901 - items may stand before
                for key in keys or ():
                    place = start + key if isinstance(key, int) else key
                    origins.records[(*pointer, place)] = (base, (*tail, key))
                reason = reason_of(base, tail, loaded)
                if reason and reason not in said and pointer:
                    said.add(reason)
                    obj.reasons[pointer] = (line, reason)
            first = after
            yield obj


def patch_objects(objects: list[RenderedObject], loaded: LoadedSpec) -> Iterator[RenderedObject]:
    """The objects with the spec's patches applied. Raises SpecError for a patch that finds no object."""
    patches = loaded.values.get("patches")
    if not isinstance(patches, Map):
        yield from objects
        return
    used: set[str] = set()
    for obj in objects:
        names = [name for name in (obj.kind, f"{obj.kind}/{obj.name}") if name in patches]
        if names:
            used.update(names)
            before = obj.data
            for name in names:
                obj.data = apply_patch(name, obj.data, patches[name], patches.marks.get(name), obj.origins)
            print_again(obj, before)
        yield obj
    unused = [
        Problem(
            f'patch "{name}" matches no rendered object',
            patches.marks[name].key_place(),
            "rendered: " + ", ".join(f"{obj.kind}/{obj.name}" for obj in objects),
        )
        for name in patches
        if name not in used
    ]
    if unused:
        raise SpecError(*unused)


def print_again(obj: RenderedObject, before: Any) -> None:
    """Bring an object's text up to its data; values that are as they were `before` keep their reasons."""
    obj.text = document(obj.data)
    obj.reasons = {
        line.pointer: (line.line, obj.reasons[line.pointer][1])
        for line in scan(obj.text)
        if line.pointer in obj.reasons and same_at(before, obj.data, line.pointer)
    }


def annotate(obj: RenderedObject, annotations: Mapping[str, str]) -> None:
    """Add annotations to an object; one that is there already stays."""
    metadata = obj.data.get("metadata") or {}
    given = metadata.get("annotations") or {}
    before = obj.data
    merged = {**annotations, **given}
    obj.data = {
        **before,
        "metadata": {**metadata, "annotations": {key: merged[key] for key in sorted(merged)}},
    }
    print_again(obj, before)


def same_at(before: Any, after: Any, pointer: Pointer) -> bool:
    """Whether a patch left the value at a pointer as it was."""
    for key in pointer:
        try:
            before, after = before[key], after[key]
        except (KeyError, IndexError, TypeError):
            return False
    return bool(before == after)


def extra_objects(loaded: LoadedSpec) -> Iterator[RenderedObject]:
    """The whole objects that the spec adds, in code-point order of their keys."""
    extra = loaded.values.get("extraObjects")
    if not isinstance(extra, Map):
        return
    for key in sorted(extra):
        data, mark = extra[key], extra.marks.get(key)
        what = f'extra object "{key}"'
        origins = Origins(what)
        origins.places.update(
            (pointer, PlaceOrigin(place.place(), what)) for pointer, place in patched_places(data, mark)
        )
        if mark is not None:
            origins.places[()] = PlaceOrigin(mark.key_place(), what)
        check_extra(what, data, mark)
        ordered = {key: plain(data[key]) for key in sorted(data, key=head_first)}
        yield RenderedObject(ordered, document(ordered), origins, what)


def new_objects(
    extra: Iterable[RenderedObject], objects: Sequence[RenderedObject], loaded: LoadedSpec
) -> Iterator[RenderedObject]:
    """The extra objects. Raises SpecError for one that is there already: the cluster would keep the last."""
    taken = {identity(obj, loaded) for obj in objects}
    for obj in extra:
        if identity(obj, loaded) in taken:
            place = obj.origins.places.get(())
            raise SpecError(
                Problem(
                    f"{obj.template} is {obj.kind}/{obj.name}, which is there already",
                    place.place if place else None,
                    "give it another name, or change the other with `patches`",
                )
            )
        taken.add(identity(obj, loaded))
        yield obj


def identity(obj: RenderedObject, loaded: LoadedSpec) -> tuple[str, str, str, str]:
    """What the cluster tells objects apart by: API group, kind, namespace and name."""
    group = str(obj.data.get("apiVersion", "")).rpartition("/")[0]
    metadata = obj.data.get("metadata")
    namespace = metadata.get("namespace") if isinstance(metadata, dict) else None
    return (group, obj.kind, str(namespace or loaded.spec.namespace or ""), obj.name)


def head_first(key: str) -> tuple[int, str]:
    """What every object begins with comes first, in the order in which people write it."""
    return (HEAD.index(key) if key in HEAD else len(HEAD), key)


def check_extra(what: str, data: Mapping[str, Any], mark: Mark | None) -> None:
    """An extra object needs what makes it an object. Raises SpecError."""
    place: Place | None = mark.place() if mark else None
    metadata = data.get("metadata")
    missing = [key for key in ("apiVersion", "kind") if not isinstance(data.get(key), str)]
    if not isinstance(metadata, dict) or not isinstance(metadata.get("name"), str):
        missing.append("metadata.name")
    if missing:
        raise SpecError(
            Problem(f"{what} has no " + " and no ".join(missing), place, "write the whole object")
        )


def template_sources(overrides: Path | None) -> dict[str, str]:
    """The source of every template by its name: the user's, else our own. Raises TemplateError."""
    files = {path.name: path for path in assets.directory("templates").glob("*.j2")}
    if overrides is not None:
        files |= {path.name: path for path in overrides.glob("*.j2") if path.is_file()}
    return {name: path.read_text(encoding="utf-8") for name, path in files.items()}


def cache_directory() -> Path | None:
    """Where compiled templates are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("k8sgen")
