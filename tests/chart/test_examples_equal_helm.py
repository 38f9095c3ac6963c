"""Every example in every environment is, as a chart, what `render` says; patches are not carried yet."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from k8sgen.chart.chart import chart_of
from k8sgen.fleet.find import is_rendered
from k8sgen.spec.load import (
    Document,
    LoadedSettings,
    find_settings,
    load_document,
    load_settings,
    load_spec,
)
from k8sgen.yamltext.read import Source
from tests.chart.both_sides import agree, rendered, templated

if TYPE_CHECKING:
    from tests.plugins.helm import Helm

EXAMPLES = Path(__file__).parents[2] / "examples"
LARGE = os.environ.get("K8SGEN_HYPOTHESIS") == "large"


def read(path: Path) -> Document:
    """An example's spec, with the settings that stand beside or above it."""
    settings = find_settings(path.parent)
    loaded = load_settings(settings, settings.name) if settings else LoadedSettings()
    return load_document(path.read_bytes(), Source(path.name, path.parent), loaded)


def cases() -> list[tuple[str, str]]:
    """Each example with each of its environments; the many services of one demo in the large run alone."""
    return [
        (str(path.relative_to(EXAMPLES)), environment)
        for path in sorted(EXAMPLES.rglob("service.yaml"))
        if not is_rendered(path) and (LARGE or path.parent.parent == EXAMPLES)
        for environment in ("", *read(path).environments)
    ]


@pytest.mark.parametrize(("example", "environment"), cases())
def test_an_example_gives_the_same_objects(
    helm: Helm, tmp_path: Path, example: str, environment: str
) -> None:
    """The values of the chart are those of the environment."""
    loaded = load_spec(read(EXAMPLES / example), environment)
    agree(rendered(loaded), templated(helm, tmp_path, loaded, {}, chart_of(loaded)))
