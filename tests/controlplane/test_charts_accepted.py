"""What Helm makes of every example's chart is accepted by a real API server, as what `render` makes is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chart.both_sides import renderer, templated_at
from tests.chart.specs_at_hand import charted, example_cases
from tests.plugins.control_plane import documents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.plugins.control_plane import ApiServer
    from tests.plugins.helm import Helm

VERSION = "1.37"
"""The version of the control plane."""


@pytest.mark.parametrize("example", example_cases())
def test_every_object_of_a_chart_is_accepted(
    helm: Helm, api_server: ApiServer, tmp_path: Path, example: Path
) -> None:
    """Posted strictly, in the base and in every environment, with the warnings that `render` gets."""
    spec, made = charted(example, VERSION)
    made.write(tmp_path / "chart")
    for loaded in (spec.base, *spec.environments):
        there = templated_at(helm, tmp_path / "chart", loaded, {}, loaded.environment)
        assert there.answer == "rendered", there
        ours = (obj.text for obj in renderer().render(loaded).objects)
        assert warnings(api_server, documents(there.text)) == warnings(api_server, ours)


def warnings(server: ApiServer, objects: Iterable[str]) -> list[str]:
    """What the server warns of when these are posted, all of which it has to accept."""
    found: list[str] = []
    for text in objects:
        answer = server.dry_run(text)
        assert answer.accepted, f"{answer.message}\n{text}"
        found += answer.warnings
    return sorted(found)
