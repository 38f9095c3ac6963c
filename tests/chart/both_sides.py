"""The two sides of the property: a chart as Helm renders it, and the spec as `render` prints it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from k8sgen.chart.chart import Chart, chart_of
from k8sgen.chart.usage import EVERYTHING
from k8sgen.errors import Place, RefusedError
from k8sgen.render.objects import Renderer
from k8sgen.spec.load import LoadedSettings, LoadedSpec, check_values, load_document, load_spec
from k8sgen.spec.long_form import long_form
from k8sgen.spec.merge import merge
from k8sgen.yamltext.read import Map, Source

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tests.plugins.helm import Helm

Objects = dict[str, str]
"""Objects by kind and name, each as JSON, in which 1, 1.0, true and "1" all differ."""


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
    """The objects, or why there are none."""

    objects: Objects
    refused: str = ""


def load(text: str) -> LoadedSpec:
    """A spec from its text."""
    return load_spec(load_document(text.encode(), Source("service.yaml", Path()), LoadedSettings()))


@cache
def charted(text: str) -> tuple[LoadedSpec, Chart]:
    """A spec and its chart, for tests that lay many overrides over one."""
    loaded = load(text)
    return loaded, chart_of(loaded, usage=EVERYTHING)


@cache
def renderer() -> Renderer:
    """One renderer for all tests."""
    return Renderer()


def rendered(loaded: LoadedSpec, override: dict[str, Any]) -> Outcome:
    """What `render` says of the long form with an override merged into it."""
    below = as_map(long_form(loaded.spec))
    if loaded.spec.namespace is not None:
        below["namespace"] = loaded.spec.namespace
    values = merge(below, as_map(override))
    spec = check_values(values, Place("values.yaml", 1, 1), [])
    try:
        made = renderer().render(replace(loaded, spec=spec, values=values), comments=False)
    except RefusedError as error:
        return Outcome({}, "\n".join(problem.message for problem in error.problems))
    return Outcome(by_name([obj.data for obj in made.objects]))


def as_map(value: Any) -> Any:
    """Plain data as the maps that merging takes."""
    return Map((key, as_map(item)) for key, item in value.items()) if isinstance(value, dict) else value


def templated(
    helm: Helm, directory: Path, loaded: LoadedSpec, override: dict[str, Any], made: Chart | None = None
) -> Outcome:
    """What Helm says of the chart with an override as values file."""
    chart = directory / "chart"
    (made or chart_of(loaded, usage=EVERYTHING)).write(chart)
    run = helm.template(
        loaded.spec.name,
        chart,
        *("-n", loaded.spec.namespace or "default", "--skip-tests"),
        *("--kube-version", f"1.{loaded.kubernetes_minor}.0", "-f", "-"),
        stdin=json.dumps(override, ensure_ascii=False),
    )
    if run.returncode:
        return Outcome({}, run.stderr)
    return Outcome(by_name([data for data in yaml.load_all(run.stdout, Unique) if data]))


def by_name(objects: list[dict[str, Any]]) -> Objects:
    """Objects by kind and name, without the namespace, which Helm leaves to the release."""
    found = {}
    for data in objects:
        metadata = {key: value for key, value in data["metadata"].items() if key != "namespace"}
        name = f"{data['kind']}/{metadata['name']}"
        assert name not in found, f"{name} is there twice"
        found[name] = json.dumps({**data, "metadata": metadata}, indent=1, sort_keys=True)
    return found


def agree(here: Outcome, there: Outcome) -> None:
    """Both give the same objects, or both refuse with the same messages."""
    if here.refused or there.refused:
        assert here.refused, f"only Helm refuses: {there.refused}"
        for message in here.refused.split("\n"):
            assert message in there.refused
        return
    assert list(here.objects) != []
    assert dict(sorted(there.objects.items())) == dict(sorted(here.objects.items()))
