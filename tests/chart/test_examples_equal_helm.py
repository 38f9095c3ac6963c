"""Every example as a chart is what `render` says, in each of its environments and for each version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from k8sgen.validate.apiserver import check_object
from k8sgen.validate.availability import check_features
from k8sgen.validate.schemas import Schemas
from tests.chart.both_sides import agree, templated_at, with_override
from tests.chart.specs_at_hand import charted, example_cases

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plugins.helm import Helm

VERSIONS = ("1.25", "1.30", "1.37")
"""The oldest that charts are made for, one in between, and the newest."""

TOO_YOUNG: dict[str, Any] = {
    "service": {"trafficDistribution": None},
    "resources": {"claims": None},
    "pod": {"resourceClaims": None},
    "security": dict.fromkeys(("appArmorProfile", "seLinuxChangePolicy", "supplementalGroupsPolicy")),
}
"""What examples/full uses of the newest versions, taken away."""


@pytest.mark.parametrize("example", example_cases())
def test_an_example_gives_the_same_objects(helm: Helm, tmp_path: Path, example: Path) -> None:
    """`-f values-E.yaml` is `render --env E`."""
    check(helm, tmp_path, example, "", {})


@pytest.mark.needs("full-check")
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("example", example_cases())
def test_an_example_is_valid_for_each_version(
    helm: Helm, tmp_path: Path, example: Path, version: str
) -> None:
    """The chart for a version holds nothing that the version lacks; and it is what `render` says."""
    uses_everything = example.parent.name == "full" and version != VERSIONS[-1]
    check(helm, tmp_path, example, version, TOO_YOUNG if uses_everything else {})


def check(helm: Helm, directory: Path, example: Path, version: str, override: dict[str, Any]) -> None:
    """One chart, rendered by Helm for its base and for each environment: equal, and valid."""
    at_hand, made = charted(example, version)
    made.write(directory / "chart")
    minor = at_hand.base.kubernetes_minor
    schemas = Schemas(minor)
    for loaded in (at_hand.base, *at_hand.environments):
        there = templated_at(helm, directory / "chart", loaded, override, loaded.environment)
        agree(with_override(loaded, override), there)
        assert there.plain
        for data in there.plain:
            known = schemas.knows(data["apiVersion"], data["kind"])
            found = schemas.check(data) if known else []
            found = [*found, *check_object(data, minor), *check_features(data, minor)]
            assert [(data["kind"], one.pointer, one.message) for one in found] == []
