"""Any spec as a chart, and any other spec laid over it, is what `render` says, on both Helms."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, assume, given, settings

from k8sgen.chart.chart import chart_of
from k8sgen.chart.usage import usage_of
from k8sgen.errors import InputError
from k8sgen.spec.expand import expand
from k8sgen.spec.service_spec import Spec
from k8sgen.yamltext.write import document
from tests.chart.both_sides import agree, as_map, load, overridden, rendered, templated
from tests.render.specs import specs

if TYPE_CHECKING:
    import pytest

    from k8sgen.spec.load import LoadedSpec
    from k8sgen.yamltext.read import Map
    from tests.plugins.helm import Helm

NOT_OVERRIDDEN = ("name", "namespace", "patches")
"""What is no value of a chart."""

EXAMPLES = 100 if os.environ.get("K8SGEN_HYPOTHESIS") == "large" else 15


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(below=specs(), above=specs())
def test_a_spec_over_another_gives_the_same_objects(
    helm: Helm, tmp_path_factory: pytest.TempPathFactory, below: dict[str, Any], above: dict[str, Any]
) -> None:
    """The override is in long form, as a values file is."""
    loaded = loaded_or_skipped(below)
    override = long(above)
    try:
        above_all = overridden(loaded, override)
    except InputError:
        assume(False)  # two branches of an either/or: the chart's schema will refuse these
    made = chart_of(loaded, usage=usage_of([loaded.spec, above_all.spec]))
    agree(rendered(above_all), templated(helm, tmp_path_factory.mktemp("chart"), loaded, override, made))


def loaded_or_skipped(raw: dict[str, Any]) -> LoadedSpec:
    """The spec, when its fields are sound."""
    try:
        return load(document(raw))
    except InputError:
        assume(False)
        raise


def long(raw: dict[str, Any]) -> dict[str, Any]:
    """What a spec says, in long form."""
    layer: Map = as_map({key: value for key, value in raw.items() if key not in NOT_OVERRIDDEN})
    return expand(layer, Spec, [])
