"""The two sides of the property: a chart as Helm renders it, and the spec as `render` prints it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from k8sgen.errors import InputError, Place, Problem, SpecError
from k8sgen.render.objects import Renderer
from k8sgen.spec.fields import field_at
from k8sgen.spec.load import LoadedSettings, LoadedSpec, check_values, load_document, load_spec
from k8sgen.spec.long_form import long_form
from k8sgen.spec.merge import merge
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.read import Map, Source
from tests.spec.strategies import SPEC, fields_hit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from k8sgen.chart.chart import Chart
    from tests.plugins.helm import Helm

Objects = dict[str, str]
"""Objects by kind and name, each as JSON, in which 1, 1.0, true and "1" all differ."""

SCHEMA_SAYS = "values don't meet the specifications of the schema(s)"
"""How Helm begins when it refuses values by their schema."""


REPORT = "Hits"
"""The kind of the document in which an instrumented chart tells what it has asked."""


class Unique(yaml.CSafeLoader):
    """YAML 1.1 that refuses repeated keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A map, when every key stands in it once."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(set(keys)) == len(keys), f"repeated keys: {keys}"
        return super().construct_mapping(node, deep=deep)


for _tag in ("value", "merge"):  # `=` and `<<`, which everybody else reads as text
    yaml.add_constructor(f"tag:yaml.org,2002:{_tag}", lambda _, node: str(node.value), Unique)


@dataclass(frozen=True)
class Outcome:
    """The objects, or why there are none: a rule refuses, or the values are unsound.

    `plain` are the objects as data, as they were printed; `refused` is what both sides have to say
    in the same words, hints included; `asked` is what an instrumented chart tells (`tests.chart.hits`);
    `text` is what Helm printed.
    """

    objects: Objects
    refused: str = ""
    unsound: str = ""
    plain: tuple[dict[str, Any], ...] = field(default=(), compare=False)
    asked: frozenset[str] = field(default=frozenset(), compare=False)
    text: str = field(default="", compare=False)

    @property
    def answer(self) -> Literal["rendered", "refused", "unsound"]:
        """What became of the values."""
        return "unsound" if self.unsound else "refused" if self.refused else "rendered"


def load(text: str) -> LoadedSpec:
    """A spec from its text."""
    return load_spec(load_document(text.encode(), Source("service.yaml", Path()), LoadedSettings()))


@cache
def renderer() -> Renderer:
    """One renderer for all tests."""
    return Renderer()


def overridden(loaded: LoadedSpec, override: dict[str, Any]) -> LoadedSpec:
    """The long form with an override merged into it. Raises SpecError when it is no spec any more."""
    below = as_map(long_form(loaded.spec))
    if loaded.spec.namespace is not None:
        below["namespace"] = loaded.spec.namespace
    problems = [
        Problem(f"{'.'.join(path)} is null, but it has a default and cannot be removed")
        for path in fields_hit(override, SPEC, removed=True)
        if (found := field_at(Spec, path)) and found.kind == "default"
    ]
    values = merge(below, as_map(override))
    if "patches" in loaded.values:
        values["patches"] = loaded.values["patches"]
        values.marks["patches"] = loaded.values.marks["patches"]
    spec = check_values(values, Place("values.yaml", 1, 1), problems)
    return replace(loaded, spec=spec, values=values)


def rendered(loaded: LoadedSpec) -> Outcome:
    """What `render` says."""
    try:
        made = renderer().render(loaded, comments=False)
    except InputError as error:
        return Outcome({}, "\n".join(words_of(problem) for problem in error.problems))
    plain = tuple(obj.data for obj in made.objects)
    return Outcome(by_name(plain), plain=plain)


def words_of(problem: Problem) -> str:
    """A refusal as a chart says it; what other objects there are is said by `render` alone."""
    known_to_both = problem.hint and not problem.hint.startswith("rendered: ")
    return f"{problem.message}\n  hint: {problem.hint}" if known_to_both else problem.message


def with_override(loaded: LoadedSpec, override: dict[str, Any]) -> Outcome:
    """What `render` says of the long form with an override merged into it."""
    try:
        above = overridden(loaded, override)
    except SpecError as error:
        return Outcome({}, unsound=str(error))
    return rendered(above)


def as_map(value: Any) -> Any:
    """Plain data as the maps that merging takes."""
    if isinstance(value, list):
        return [as_map(item) for item in value]
    return Map((key, as_map(item)) for key, item in value.items()) if isinstance(value, dict) else value


def templated(
    helm: Helm, directory: Path, loaded: LoadedSpec, override: dict[str, Any], made: Chart
) -> Outcome:
    """What Helm says of a chart with an override as values file."""
    chart = directory / "chart"
    made.write(chart)
    return templated_at(helm, chart, loaded, override)


def templated_at(
    helm: Helm, chart: Path, loaded: LoadedSpec, override: dict[str, Any], environment: str = ""
) -> Outcome:
    """The same of a chart that is written already, in one of its environments."""
    files = [chart / f"values-{environment}.yaml"] if environment else []
    run = helm.template(
        loaded.spec.name,
        chart,
        *("-n", loaded.spec.namespace or "default", "--skip-tests"),
        *("--kube-version", f"1.{loaded.kubernetes_minor}.0"),
        *(argument for file in files for argument in ("-f", file)),
        *("-f", "-"),
        stdin=json.dumps(override, ensure_ascii=False),
    )
    if run.returncode:
        if SCHEMA_SAYS in run.stderr:
            return Outcome({}, unsound=run.stderr)
        return Outcome({}, said(run.stderr))
    documents = [data for data in yaml.load_all(run.stdout, Unique) if data]
    plain = tuple(data for data in documents if data["kind"] != REPORT)
    asked = frozenset(name for data in documents if data["kind"] == REPORT for name in data["names"])
    return Outcome(by_name(plain), plain=plain, asked=asked, text=run.stdout)


def said(stderr: str) -> str:
    """What `fail` was called with, without the place and the advice that Helm puts around it."""
    _, mark, tail = stderr.partition("error calling fail: ")
    if not mark:
        _, mark, tail = stderr.partition("): ")
    return (tail if mark else stderr).partition("\n\nUse --debug flag")[0].rstrip("\n")


def by_name(objects: Iterable[dict[str, Any]]) -> Objects:
    """Objects by kind and name, without the namespace, which Helm leaves to the release."""
    found = {}
    for data in objects:
        metadata = {key: value for key, value in data["metadata"].items() if key != "namespace"}
        name = f"{data['kind']}/{metadata['name']}"
        assert name not in found, f"{name} is there twice"
        found[name] = json.dumps({**data, "metadata": metadata}, indent=1, sort_keys=True)
    return found


def agree(here: Outcome, there: Outcome) -> None:
    """Both give the same objects, or both refuse with the same messages, or both find the values unsound."""
    if here.unsound or there.unsound:
        assert here.unsound, f"only Helm's schema refuses: {there.unsound}"
        assert there.unsound, f"only the models refuse: {here.unsound}; Helm: {there.refused}"
        return
    assert here.answer == "refused" or list(here.objects) != []
    assert there.refused == here.refused, f"render says: {here.refused}\nHelm says: {there.refused}"
    assert there.objects == here.objects, "\n".join(differing(here.objects, there.objects))


def differing(here: Objects, there: Objects) -> Iterator[str]:
    """What `render` has, and what Helm has, line by line."""
    for name in sorted({*here, *there}):
        mine, theirs = (objects.get(name, "").split("\n") for objects in (here, there))
        yield from unified_diff(mine, theirs, f"render {name}", f"helm {name}", n=2, lineterm="")
