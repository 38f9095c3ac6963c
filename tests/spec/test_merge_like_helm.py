"""The merge of layers is Helm's merge of values, for every field (risk 2 of the design)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from k8sgen.spec.merge import merge_layers
from k8sgen.yamltext.read import Map
from k8sgen.yamltext.write import document
from tests.spec.strategies import (
    FIELD_PATHS,
    SPEC,
    Case,
    Path,
    any_cases,
    as_map,
    cases_at,
    fields_hit,
    filled,
)

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterator, Sequence

    from tests.plugins.helm import Helm

BATCH = 200  # cases of one run of Helm, each under a key of its own
CHUNK = 20  # fields drawn together: one run of hypothesis for each would take longer than Helm
EXAMPLES = settings.default.max_examples if settings.default else 50


def drawn(strategy: st.SearchStrategy[list[Case]], count: int) -> list[Case]:
    """Examples of a strategy, to be handed to Helm together: a process for each would take minutes."""
    cases: list[Case] = []

    @settings(
        max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategy)
    def collect(examples: list[Case]) -> None:
        cases.extend(examples)

    collect()
    return cases


@pytest.fixture(scope="module")
def cases_at_every_field() -> list[Case]:
    """Cases for each field in turn: the same for both Helms."""
    chunks = (FIELD_PATHS[start : start + CHUNK] for start in range(0, len(FIELD_PATHS), CHUNK))
    each = max(2, EXAMPLES // 50)
    return [case for chunk in chunks for case in drawn(st.tuples(*map(cases_at, chunk)).map(list), each)]


@pytest.fixture(scope="module")
def cases_anywhere() -> list[Case]:
    """Cases that meet wherever chance has it."""
    return drawn(any_cases().map(lambda case: [case]), EXAMPLES)


def write_chart(directory: pathlib.Path, values: dict[str, Any]) -> pathlib.Path:
    """A chart that prints its values and does nothing else."""
    (directory / "templates").mkdir(parents=True)
    (directory / "Chart.yaml").write_text("apiVersion: v2\nname: echo\nversion: 0.1.0\n")
    (directory / "values.yaml").write_text(document(values), encoding="utf-8")
    (directory / "templates" / "values.yaml").write_text("{{ .Values | toJson }}\n")
    return directory


def merged_by_helm(
    helm: Helm, directory: pathlib.Path, lower: dict[str, Any], *uppers: dict[str, Any]
) -> dict[str, Any]:
    """What a chart's templates see of its values with others laid over them."""
    chart = write_chart(directory, lower)
    options: list[str | pathlib.Path] = []
    for index, upper in enumerate(uppers):
        (directory / f"upper{index}.yaml").write_text(document(upper), encoding="utf-8")
        options += ["-f", directory / f"upper{index}.yaml"]
    done = helm.template("r", chart, *options)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.split("\n", 2)[2])
    return result


def batches(cases: Sequence[Case]) -> Iterator[tuple[str, Sequence[Case]]]:
    """As many cases as one run of Helm takes, with a name for it."""
    for start in range(0, len(cases), BATCH):
        yield f"batch{start}", cases[start : start + BATCH]


def numbered(layers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Layers of many cases in one file: what Helm does below a key is what it does at the top."""
    return {f"case{index}": layer for index, layer in enumerate(layers)}


def text_of(value: Any) -> str:
    """A value as text that is equal only for equal types; JSON has one kind of number."""
    return json.dumps(with_one_kind_of_number(value), sort_keys=True, ensure_ascii=False)


def with_one_kind_of_number(value: Any) -> Any:
    """Floats without a fraction as integers, all the way down."""
    if isinstance(value, dict):
        return {key: with_one_kind_of_number(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_one_kind_of_number(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def assert_equal(cases: Sequence[Case], ours: Sequence[dict[str, Any]], helms: dict[str, Any]) -> None:
    """Helm and we agree on every case; of those that differ, show the shortest."""
    wrong = [
        f"below: {text_of(case.lower)}\nabove: {text_of(case.upper)}\n ours: {mine}\n helm: {theirs}"
        for index, case in enumerate(cases)
        if (mine := text_of(ours[index])) != (theirs := text_of(helms[f"case{index}"]))
    ]
    assert not wrong, f"{len(wrong)} of {len(cases)} differ, the shortest:\n{min(wrong, key=len)}"


def test_every_field_is_drawn(cases_at_every_field: list[Case]) -> None:
    """A field that no case says anything about would be proven by nothing; below and above both count."""
    below: set[Path] = set()
    above: set[Path] = set()
    removed: set[Path] = set()
    for case in cases_at_every_field:
        below |= fields_hit(case.lower, SPEC)
        above |= fields_hit(case.upper, SPEC)
        removed |= fields_hit(case.upper, SPEC, removed=True)
    print(  # noqa: T201 - the measure of the proof
        f"{len(cases_at_every_field)} cases; of {len(FIELD_PATHS)} fields {len(below)} below, {len(above)} above, {len(removed)} removed"
    )
    assert sorted(set(FIELD_PATHS) - below) == []
    assert len(above) > 0.9 * len(FIELD_PATHS)
    assert len(removed) > 0.3 * len(FIELD_PATHS)


def test_every_field_merges_as_in_helm(
    helm: Helm, tmp_path: pathlib.Path, cases_at_every_field: list[Case]
) -> None:
    """Two layers that meet at each field in turn give what Helm gives."""
    for name, cases in batches(cases_at_every_field):
        lower, upper = [case.lower for case in cases], [case.upper for case in cases]
        seen = merged_by_helm(helm, tmp_path / name, numbered(lower), numbered(upper))
        assert_equal(cases, [merge_layers([case.lower, case.upper]) for case in cases], seen)


def test_constant_defaults_may_stand_in_the_values(
    helm: Helm, tmp_path: pathlib.Path, cases_anywhere: list[Case]
) -> None:
    """Filling in defaults before Helm merges is the same as filling them in after we have.

    An image is required, so every values file has one; a default inside it would be missing otherwise.
    """
    for name, cases in batches(cases_anywhere):
        lowers = [merge_layers([as_map({"image": {"repository": "a"}}), case.lower]) for case in cases]
        seen = merged_by_helm(
            helm,
            tmp_path / name,
            numbered([filled(lower, SPEC) for lower in lowers]),
            numbered([case.upper for case in cases]),
        )
        ours = [
            filled(merge_layers([lower, case.upper]), SPEC) for lower, case in zip(lowers, cases, strict=True)
        ]
        assert_equal(cases, ours, seen)


def test_two_override_files_are_two_layers(
    helm: Helm, tmp_path: pathlib.Path, cases_anywhere: list[Case]
) -> None:
    """A second file over the first is a further layer, unless it sets again what the first removes.

    Helm merges the files with each other first and forgets such a null, so that what the chart has
    below that key comes back.
    """
    for name, cases in batches(cases_anywhere):
        tops = [
            without_removed(other.lower, case.upper)
            for other, case in zip(reversed(cases), cases, strict=True)
        ]
        seen = merged_by_helm(
            helm,
            tmp_path / name,
            numbered([case.lower for case in cases]),
            numbered([case.upper for case in cases]),
            numbered(tops),
        )
        ours = [merge_layers([case.lower, case.upper, top]) for case, top in zip(cases, tops, strict=True)]
        assert_equal(cases, ours, seen)


def without_removed(layer: Map, below: Map) -> Map:
    """A layer without the keys that the layer below it removes."""
    result = Map()
    for key, value in layer.items():
        if key in below and below[key] is None:
            continue
        under = below.get(key)
        if isinstance(value, Map) and isinstance(under, Map):
            result[key] = without_removed(value, under)
        else:
            result[key] = value
    return result


def test_the_top_level_merges_as_what_is_below(
    helm: Helm, tmp_path: pathlib.Path, cases_anywhere: list[Case]
) -> None:
    """The other tests put each case below a key; at the top of a values file nothing is different."""
    for index, case in enumerate(cases_anywhere[:10]):
        seen = merged_by_helm(helm, tmp_path / f"case{index}", case.lower, case.upper)
        assert_equal([case], [merge_layers([case.lower, case.upper])], {"case0": seen})
