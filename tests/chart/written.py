"""Charts as they are compared: written into a directory, and made to tell what they ask."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from k8sgen.chart.chart import chart_of, generic_chart
from k8sgen.chart.values import environment_values
from k8sgen.errors import InputError
from k8sgen.spec.long_form import long_form
from k8sgen.yamltext.read import Map
from k8sgen.yamltext.write import document
from tests.chart.both_sides import load, overridden, rendered
from tests.chart.hits import instrument
from tests.chart.overrides import harvest, keys_of, look_up, paths_in
from tests.chart.specs_at_hand import ROOT, SpecAtHand, examples, golden, loaded_from, rich
from tests.render.specs import specs

if TYPE_CHECKING:
    from k8sgen.spec.load import LoadedSpec

    Key = tuple[str, ...]

GENERIC = ROOT / "charts" / "service"
GENERIC_MINOR = 35
LONGEST_NAME = 53
TEST_IMAGE = {"testImage": "busybox:1.37.0"}
"""The one value of the generic chart that is no field of the spec."""


@dataclass(frozen=True)
class Written:
    """A chart as it was written and made to tell what it asks, and a spec of which it is the chart."""

    label: str
    directory: Path
    schema: dict[str, Any]
    helpers: frozenset[str]
    loaded: LoadedSpec
    below: dict[str, Any]
    environment: str = ""
    generic: bool = False
    removed: frozenset[Key] = frozenset()
    """What the environment's values file removes: Helm forgets that when an override sets it again."""
    added: frozenset[Key] = frozenset()
    """What only the environment's values file has: Helm keeps a null over it, and the schema refuses that."""

    @cached_property
    def keys(self) -> frozenset[Key]:
        """The fields of the spec that its schema knows."""
        return frozenset(keys_of(self.schema, self.schema, ()))


@cache
def at_hand() -> tuple[SpecAtHand, ...]:
    """The specs of examples and golden cases."""
    return tuple(loaded_from(path) for path in (*examples(), *golden()))


@cache
def pool() -> dict[Key, list[Any]]:
    """What these specs say, by path."""
    found: dict[Key, list[Any]] = {}
    harvest(long_form(rich().spec), found)
    for spec in at_hand():
        for loaded in (spec.base, *spec.environments):
            harvest(long_form(loaded.spec), found)
    return found


def generic(directory: Path, minor: int) -> Written:
    """The chart that takes any service, as it is committed, or for another version."""
    chart = directory / f"service-{minor}"
    if minor == GENERIC_MINOR:
        shutil.copytree(GENERIC, chart)
    else:
        generic_chart(minor).write(chart)
    schema = json.loads((chart / "values.schema.json").read_text(encoding="utf-8"))
    helpers = instrument(chart)
    return Written("charts/service", chart, schema, helpers, rich(), {}, generic=True)


def of_spec(chart: Written, spec: LoadedSpec, label: str, minor: int) -> Written:
    """The generic chart, with a spec as its values."""
    loaded = replace(without_patches(spec), kubernetes_minor=minor)
    below = {**long_form(loaded.spec), **TEST_IMAGE}
    return replace(chart, label=f"charts/service of {label}", loaded=loaded, below=below)


def without_patches(loaded: LoadedSpec) -> LoadedSpec:
    """A spec as values have it."""
    spec = loaded.spec.model_copy(update={"patches": {}})
    return replace(overridden(replace(loaded, spec=spec, values=Map()), {}), environment="")


def specialised(directory: Path, spec: SpecAtHand) -> list[Written]:
    """The chart of a spec, once as its base has it and once for each environment."""
    made = chart_of(spec.base, environments=spec.environments)
    chart = Path(tempfile.mkdtemp(dir=directory)) / "chart"
    made.write(chart)
    helpers = instrument(chart)
    base, found = dict(made.values[""]), []
    for loaded in (spec.base, *spec.environments):
        name = loaded.environment
        below = {**made.values[name], **({"environment": name} if name else {})}
        changed = environment_values(base, dict(made.values[name]), name) if name else {}
        removed = frozenset(path for path in paths_in(changed) if look_up(changed, list(path)) is None)
        added = frozenset(paths_in(below)) - frozenset(paths_in(base))
        written = Written(spec.label, chart, made.schema, helpers, loaded, below, name)
        found.append(replace(written, removed=removed, added=added))
    return found


def generated(number: int, count: int) -> list[SpecAtHand]:
    """Specs that nobody wrote, each of which `render` takes."""
    found: list[SpecAtHand] = []

    @seed(number)
    @settings(
        max_examples=4 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(specs())
    def collect(raw: dict[str, Any]) -> None:
        try:
            loaded = load(document(raw))
        except InputError:
            return
        if len(found) < count and rendered(loaded).answer == "rendered":
            found.append(SpecAtHand(f"generated spec {len(found)}", loaded))

    collect()
    return found


def can_be_a_chart(spec: SpecAtHand) -> bool:
    """Whether `chart` takes a spec: no JSON patches, and a name that Helm takes for a release."""
    layers = (spec.base, *spec.environments)
    patches = [patch for layer in layers for patch in layer.spec.patches.values()]
    return len(spec.base.spec.name) <= LONGEST_NAME and not any(isinstance(patch, list) for patch in patches)
