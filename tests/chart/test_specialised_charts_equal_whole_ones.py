"""What falls away from a chart is what its values never reach: the chart of everything gives the same objects."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from k8sgen.chart.transpile import transpile
from k8sgen.chart.usage import EVERYTHING, usage_of
from k8sgen.chart.values import own_values, values_of
from k8sgen.errors import InputError
from k8sgen.yamltext.write import document
from tests.chart.both_sides import Outcome, Unique, by_name, load
from tests.render.specs import specs

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from k8sgen.chart.transpile import Transpiled
    from k8sgen.spec.load import LoadedSpec
    from tests.plugins.helm import Helm

MINOR = 35
NAME = "orders"
EXAMPLES = 60 if os.environ.get("K8SGEN_HYPOTHESIS") == "large" else 5


@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(raw=specs(), others=st.lists(specs(), max_size=2))
def test_what_a_chart_carries_beside_changes_nothing(
    helm: Helm, tmp_path_factory: pytest.TempPathFactory, raw: dict[str, Any], others: list[dict[str, Any]]
) -> None:
    """With what others use too, and with everything."""
    loaded = loaded_or_skipped(raw)
    usage = usage_of([loaded.spec, *(loaded_or_skipped(other).spec for other in others)])
    directory = tmp_path_factory.mktemp("charts")
    narrow = objects(helm, directory / "narrow", loaded, transpile(NAME, MINOR, usage))
    whole = objects(helm, directory / "whole", loaded, of_everything())
    assert narrow == whole
    assert narrow.objects or narrow.refused


def loaded_or_skipped(raw: dict[str, Any]) -> LoadedSpec:
    """The spec, when its fields are sound; patches are not the matter here."""
    try:
        return load(document({**raw, "name": NAME, "patches": {}}))
    except InputError:
        assume(False)
        raise


@cache
def of_everything() -> Transpiled:
    """The chart that carries everything, written once."""
    return transpile(NAME, MINOR, EVERYTHING)


def objects(helm: Helm, directory: Path, loaded: LoadedSpec, made: Transpiled) -> Outcome:
    """What Helm makes of a chart with the values of a spec; a refusal without the place in a template."""
    values = values_of(loaded.spec, made.usage, own_values((), generic=False, tested=False))
    files = {
        "Chart.yaml": document({"apiVersion": "v2", "name": NAME, "version": "0.1.0"}),
        "values.yaml": document(values),
        **{f"templates/{name}": text for name, text in made.files.items()},
    }
    for path, text in files.items():
        (directory / path).parent.mkdir(exist_ok=True, parents=True)
        (directory / path).write_text(text, encoding="utf-8")
    run = helm.template(NAME, directory, "-n", "shop", "--kube-version", f"1.{MINOR}.0")
    if run.returncode:
        return Outcome({}, run.stderr.partition("error calling fail: ")[2] or run.stderr)
    return Outcome(by_name([data for data in yaml.load_all(run.stdout, Unique) if data]))
