"""One service as a kustomize base and overlays: every file, from the objects that `render` makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from k8sgen.errors import InputError, InvalidObjectError, OutputError, Place, Problem, SpecError
from k8sgen.fleet.coverage import Coverage
from k8sgen.fleet.layout import Layout, file_name
from k8sgen.fleet.service import MARKED_STDIN, marked_path, marker_base
from k8sgen.kustomize.overlay import base_kustomization, overlay_between, overlay_kustomization
from k8sgen.kustomize.refuse import troubles
from k8sgen.render.marker import LONGEST, Marker, first_line, marker_line, read_marker
from k8sgen.yamltext.write import document as yaml_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder
    from k8sgen.kustomize.overlay import Overlay
    from k8sgen.render.objects import Rendered, RenderedObject

COMMAND: Final = "kustomize"
KUSTOMIZATION: Final = "kustomization.yaml"
LAYOUT: Final = Layout("{kind}.yaml")


@dataclass(slots=True)
class Kustomization:
    """The files of a base and its overlays by their paths, and what to say about them."""

    spec: str
    """The spec's path as the files name it."""
    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def kustomization_of(builder: Builder, file: SpecFile) -> Kustomization:
    """A service with each of its environments. Raises InputError with every problem found."""
    document = builder.document(file)
    made = Kustomization(marked_path(file), document.name)
    rendered: dict[str, Rendered] = {}
    problems: list[Problem] = []
    for environment in ("", *document.environments):
        try:
            rendered[environment] = builder.rendered(document, environment)
        except InputError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        made.notes += builder.notes(rendered[environment], document)
        problems += [found for found in refused(builder, rendered[environment]) if found not in problems]
    if "" not in rendered and len(rendered) == len(document.environments) > 0:
        problems.append(
            Problem(
                "only the environments are sound, and overlays are patches of the base, which is the service "
                "without an environment",
                Place(document.source.file, 0, 0),
                "give the base what it lacks, and let the environments override it",
            )
        )
    if problems:
        raise SpecError(*problems)
    add_files(made, rendered)
    return made


def refused(builder: Builder, rendered: Rendered) -> Iterator[Problem]:
    """What kustomize would not keep of the objects, at the user's value behind it."""
    for trouble in troubles([obj.data for obj in rendered.objects]):
        obj = rendered.objects[trouble.number]
        place = builder.cause(obj, trouble.pointer, rendered)
        yield Problem(f"{obj.kind}/{obj.name}: {trouble.message}", place, trouble.hint)


def add_files(made: Kustomization, rendered: dict[str, Rendered]) -> None:
    """Make every file. Raises InvalidObjectError."""
    base = rendered[""]
    names = file_names(base.objects, base.loaded.spec.name, [KUSTOMIZATION])

    def add(directory: str, name: str, text: str, environment: str = "") -> None:
        marker = marker_line(Marker(made.spec, environment, COMMAND))
        made.files[f"{directory}/{name}"] = f"{marker}\n{text}".encode()

    add("base", KUSTOMIZATION, yaml_document(base_kustomization(names)))
    for name, obj in zip(names, base.objects, strict=True):
        add("base", name, obj.text)
    for environment, target in rendered.items():
        if not environment:
            continue
        directory = f"overlays/{environment}"
        overlay, kustomization, patch_files, added_files = overlay_of(base, target, names)
        add(directory, KUSTOMIZATION, yaml_document(kustomization), environment)
        for name, (_, patch) in zip(patch_files, overlay.patches, strict=True):
            add(directory, name, yaml_document(patch.content), environment)
        for name, number in zip(added_files, overlay.added, strict=True):
            add(directory, name, target.objects[number].text, environment)


def overlay_of(
    base: Rendered, target: Rendered, names: list[str]
) -> tuple[Overlay, dict[str, Any], list[str], list[str]]:
    """The overlay of an environment with its kustomization.yaml, and the files of its patches and of what it adds.

    Raises InvalidObjectError for what kustomize cannot be brought to.
    """
    before, after = [obj.data for obj in base.objects], [obj.data for obj in target.objects]
    overlay = overlay_between(before, after, (base.loaded.spec.namespace, target.loaded.spec.namespace))
    for number in overlay.rewritten:
        obj = target.objects[number]
        raise InvalidObjectError(
            Problem(
                f"{obj.kind}/{obj.name} gets the namespace {target.loaded.spec.namespace} in the environment "
                f"{target.loaded.environment} alone, and kustomize would write that into the bindings of its roles",
                base.loaded.start,
                "give the base a namespace",
            )
        )
    patch_files = [names[number] for number, _ in overlay.patches]
    added = [target.objects[number] for number in overlay.added]
    added_files = file_names(added, target.loaded.spec.name, [*names, KUSTOMIZATION])
    return overlay, overlay_kustomization(overlay, before, patch_files, added_files), patch_files, added_files


def file_names(objects: Sequence[RenderedObject], service: str, taken: Iterable[str]) -> list[str]:
    """The name of each object's file, as `render -o` names it unless that is taken."""
    plain = LAYOUT.paths(service, "", [(obj.kind, obj.name) for obj in objects])
    used = set(taken)
    names = []
    for path, obj in zip(plain, objects, strict=True):
        name = next(name for name in candidates(path, obj) if name not in used)
        used.add(name)
        names.append(name)
    return names


def candidates(path: str, obj: RenderedObject) -> Iterator[str]:
    """Names for a file: the usual one, then with more and more of what the object is."""
    stem = path.removesuffix(".yaml")
    yield path
    for more in (obj.name, str(obj.data["metadata"].get("namespace", ""))):
        if more:
            stem += f"-{file_name(more)}"
            yield f"{stem}.yaml"
    yield from (f"{stem}-{number}.yaml" for number in count(2))


def covers(made: Kustomization, root: Path) -> Callable[[Marker], bool]:
    """Which files below the output directory the run keeps current: the spec's, and those of a spec that is gone."""
    base = marker_base(root.resolve())
    rendered: dict[str, set[str]] = {} if made.spec == MARKED_STDIN else {made.spec: set()}
    return Coverage(rendered, [("", base)] if base else [], everything=True, command=COMMAND)


def check_owner(made: Kustomization, root: Path) -> None:
    """Refuse a directory that holds the base of another service. Raises OutputError."""
    path = root / "base" / KUSTOMIZATION
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            marker = read_marker(first_line(file.read(LONGEST)))
    except OSError:
        return  # the tree says that it cannot be read
    base = marker_base(root.resolve())
    if (
        marker is not None
        and marker.command == COMMAND
        and marker.spec not in {made.spec, MARKED_STDIN}
        and base is not None
        and (base / marker.spec).exists()
    ):
        raise OutputError(
            Problem(
                f"this is the base of {marker.spec}, and a directory holds that of one service",
                Place(str(path), 1, 1),
                f"name another directory, such as {root.parent / made.name}",
            )
        )
