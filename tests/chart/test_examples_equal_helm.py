"""Every example as a chart is what `render` says, in each of its environments and for each version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from k8sgen.chart.chart import chart_of
from k8sgen.spec.load import load_spec
from k8sgen.validate.apiserver import check_object
from k8sgen.validate.availability import check_features
from k8sgen.validate.schemas import Schemas
from tests.chart.both_sides import agree, rendered, templated_at
from tests.chart.specs_at_hand import EXAMPLES, examples, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.helm import Helm

VERSIONS = ("1.25", "1.30", "1.37")
"""The oldest that charts are made for, one in between, and the newest."""


def cases() -> list[object]:
    """Each example; the many services of one demo in the full check alone."""
    return [
        pytest.param(
            path,
            id=path.parent.relative_to(EXAMPLES).as_posix(),
            marks=() if path.parent.parent == EXAMPLES else pytest.mark.needs("full-check"),
        )
        for path in examples()
    ]


@pytest.mark.parametrize("example", cases())
def test_an_example_gives_the_same_objects(helm: Helm, tmp_path: Path, example: Path) -> None:
    """`-f values-E.yaml` is `render --env E`."""
    check(helm, tmp_path, example, "")


@pytest.mark.needs("full-check")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("example", cases())
def test_an_example_is_valid_for_each_version(
    helm: Helm, tmp_path: Path, example: Path, version: str
) -> None:
    """The chart for a version holds nothing that the version lacks; and it is what `render` says."""
    check(helm, tmp_path, example, version)


def check(helm: Helm, directory: Path, example: Path, version: str) -> None:
    """One chart, rendered by Helm for its base and for each environment: equal, and valid."""
    spec = read(example)
    version = (
        version or f"1.{min(spec.settings.kubernetes_minor(name, '') for name in ('', *spec.environments))}"
    )
    base = load_spec(spec, kubernetes_version=version)
    environments = [load_spec(spec, name, kubernetes_version=version) for name in spec.environments]
    chart_of(base, environments=environments).write(directory / "chart")
    schemas = Schemas(base.kubernetes_minor)
    for loaded in (base, *environments):
        there = templated_at(helm, directory / "chart", loaded, {}, loaded.environment)
        agree(rendered(loaded), there)
        for data in there.plain:
            known = schemas.knows(data["apiVersion"], data["kind"])
            found = schemas.check(data) if known else []
            found = [
                *found,
                *check_object(data, base.kubernetes_minor),
                *check_features(data, base.kubernetes_minor),
            ]
            assert [(data["kind"], one.pointer, one.message) for one in found] == []
