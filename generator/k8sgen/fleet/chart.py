"""The chart of one spec: base and environments loaded, validated, and put together."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from k8sgen.chart.chart import Chart, chart_of
from k8sgen.chart.values import difference
from k8sgen.errors import InputError, Problem, SpecError
from k8sgen.fleet.service import marked_path
from k8sgen.spec.problems import path_text
from k8sgen.yamltext.read import Map

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from k8sgen.fleet.find import SpecFile
    from k8sgen.fleet.service import Builder
    from k8sgen.render.objects import Rendered, RenderedObject
    from k8sgen.spec.load import Document, LoadedSpec

LONGEST_NAME = 53
"""Characters of the name of a release: Helm refuses longer ones, to leave room for what charts append."""

LONGEST_SHOWN = 600
"""A merge patch of more characters is no help in a message."""


def chart_of_spec(builder: Builder, file: SpecFile) -> Chart:
    """The chart of a spec, for the version of the builder's options or the lowest of its environments.

    Raises InputError with everything that is wrong in the base and in any environment.
    """
    document = builder.document(file)
    version = builder.options.kubernetes_version or lowest_version(builder, document)
    builder.options = replace(builder.options, kubernetes_version=version, comments=False)
    problems: list[Problem] = []
    made: list[Rendered] = []
    for environment in (*document.environments, ""):
        try:
            made.append(builder.rendered(document, environment))
        except InputError as error:
            found = [problem for problem in error.problems if problem not in problems]
            problems += found if environment or not document.environments else map(of_the_base, found)
    for rendered in made:
        problems += [problem for problem in refused(builder, rendered) if problem not in problems]
    if problems:
        raise SpecError(*problems)
    *environments, base = made
    chart = chart_of(
        base.loaded,
        builder.renderer.included,
        environments=[each.loaded for each in environments],
        source="standard input" if file.text is not None else marked_path(file),
        objects=[obj.data for each in made for obj in each.objects],
    )
    if problems := [problem for each in made for problem in outside_schema(chart, each.loaded)]:
        raise SpecError(*dict.fromkeys(problems))
    return chart


def of_the_base(problem: Problem) -> Problem:
    """A problem that no environment has; a reader would look for it there."""
    return problem._replace(message=f"without an environment, as in values.yaml: {problem.message}")


def lowest_version(builder: Builder, document: Document) -> str:
    """The lowest Kubernetes version among the environments, else that of the base. Raises SpecError."""
    settings = document.settings
    minors = {name: settings.kubernetes_minor(name, "") for name in document.environments or ("",)}
    for environment, minor in minors.items():
        builder.check_version(minor, environment, settings)
    return f"1.{min(minors.values())}"


def refused(builder: Builder, rendered: Rendered) -> Iterator[Problem]:
    """What can be rendered and cannot be a chart: names too long for a release, and JSON patches."""
    loaded = rendered.loaded
    name = loaded.spec.name
    if len(name) > LONGEST_NAME:
        yield Problem(
            f'name ("{name}") has {len(name)} characters, and the name of a Helm release at most {LONGEST_NAME}',
            loaded.place(("name",)),
            "shorten it",
        )
    patches = loaded.values.get("patches")
    if not isinstance(patches, Map) or not any(isinstance(patch, list) for patch in patches.values()):
        return
    before = replace(
        loaded, values=Map((key, value) for key, value in loaded.values.items() if key != "patches")
    )
    objects = builder.renderer.render(before, comments=False).objects
    for key, patch in patches.items():
        if isinstance(patch, list):
            mark = patches.marks.get(key)
            yield Problem(
                f'patch "{key}" is a JSON Patch, which a chart cannot carry',
                mark.key_place() if mark else loaded.start,
                instead(key, patch, objects),
            )


def instead(key: str, patch: list[Any], objects: tuple[RenderedObject, ...]) -> str:
    """What to write in the place of a JSON Patch: the merge patch that does the same to every object it meets."""
    import jsonpatch
    import jsonpointer

    found: list[dict[str, Any]] = []
    for obj in objects:
        if key in {obj.kind, f"{obj.kind}/{obj.name}"}:
            try:
                after = jsonpatch.JsonPatch(json.loads(json.dumps(patch))).apply(obj.data)
            except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException, TypeError):
                return "write a JSON Merge Patch, a map (RFC 7386)"
            found.append(difference(obj.data, after))
    if not found or any(each != found[0] for each in found) or holds_objects_in_lists(found[0]):
        return "write it with the fields of the spec: a merge patch would replace whole lists"
    shown = json.dumps({key: found[0]}, ensure_ascii=False)
    return (
        f"write patches: {shown}"
        if len(shown) <= LONGEST_SHOWN
        else "write a JSON Merge Patch, a map (RFC 7386)"
    )


def holds_objects_in_lists(value: Any) -> bool:
    """Whether a merge patch replaces a list of maps, all of which it would have to repeat."""
    if isinstance(value, list):
        return any(isinstance(item, dict) for item in value)
    return isinstance(value, dict) and any(holds_objects_in_lists(item) for item in value.values())


def outside_schema(chart: Chart, loaded: LoadedSpec) -> Iterator[Problem]:
    """Values that the chart's own schema would refuse, such as a text that YAML holds and Helm loses."""
    from jsonschema_rs import Draft202012Validator

    validator = Draft202012Validator(chart.schema)
    values: Mapping[str, Any] = chart.values[loaded.environment]
    if validator.is_valid(values):
        return
    for error in validator.iter_errors(values):
        path = tuple(error.instance_path)
        message = str(error).partition("\n")[0]
        yield Problem(
            f"{path_text(path)} cannot be a value of a chart: {message}",
            loaded.place(path),
            "write it in another way",
        )
