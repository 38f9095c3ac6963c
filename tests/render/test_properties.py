"""What holds for every spec: readers agree, the order of keys does not matter, rendering again changes nothing."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ruamel.yaml
import ryaml
import yaml
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.errors import InputError
from k8sgen.explain.value import Explainer
from k8sgen.fleet.find import SpecFile
from k8sgen.fleet.service import Builder, Options
from k8sgen.render.origins import SpecOrigin
from k8sgen.yamltext.write import document
from tests.render.specs import specs

if TYPE_CHECKING:
    import random

    from k8sgen.render.objects import Rendered

BUILDER = Builder(Options())


def render(spec: dict[str, Any]) -> Rendered | InputError:
    """The outcome of a spec: objects, or a refusal."""
    file = SpecFile(Path("/nowhere/service.yaml"), "service.yaml", document(spec).encode())
    try:
        return BUILDER.rendered(BUILDER.document(file), "")
    except InputError as error:
        return error


def texts_of(outcome: Rendered | InputError) -> list[str]:
    """An outcome as text; a refusal without its place, which is another when lines change."""
    if isinstance(outcome, InputError):
        return sorted(problem.message for problem in outcome.problems)
    return [obj.text for obj in outcome.objects]


def typed(value: Any) -> Any:
    """A value in which true and 1, and 1 and 1.0, are different."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return (type(value).__name__, value)


@given(specs())
def test_readers_of_both_yaml_versions_read_what_was_meant(spec: dict[str, Any]) -> None:
    """PyYAML (1.1), ruamel (1.2) and ryaml read each object as its data, and each field as the spec has it."""
    outcome = render(spec)
    if isinstance(outcome, InputError):
        assert all(problem.message for problem in outcome.problems)
        return
    explainer = Explainer(outcome)
    for obj in outcome.objects:
        meant = typed(obj.data)
        assert typed(yaml.load(obj.text, yaml.CSafeLoader)) == meant
        assert typed(ruamel.yaml.YAML(typ="safe", pure=True).load(io.StringIO(obj.text))) == meant
        assert typed(ryaml.loads(obj.text)) == meant
        for pointer in obj.origins.records:
            origin = obj.origins.at(pointer)
            if (
                isinstance(origin, SpecOrigin)
                and pointer
                and origin.path[:1] not in {("release",), ("cluster",)}
            ):
                found: Any = obj.data
                for key in pointer:
                    found = found[key]
                in_spec = explainer.value_at(origin.path)
                assert found == in_spec or found == origin.path[-1] or found == str(in_spec), (
                    pointer,
                    origin,
                )


@given(specs(), st.randoms(use_true_random=False))
def test_the_order_of_keys_never_matters(spec: dict[str, Any], order: random.Random) -> None:
    """The same spec gives the same bytes, however its maps are ordered."""
    assert texts_of(render(shuffled(spec, order))) == texts_of(render(spec))


def shuffled(value: Any, order: random.Random) -> Any:
    """The same value with the keys of every map in another order."""
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled(value[key], order) for key in keys}
    return [shuffled(item, order) for item in value] if isinstance(value, list) else value


@given(specs())
def test_comments_change_nothing_that_is_read(spec: dict[str, Any]) -> None:
    """With and without its reasons, the output is the same to every reader."""
    outcome = render(spec)
    if isinstance(outcome, InputError):
        return
    bare = Builder(Options(comments=False))
    bare.renderer = BUILDER.renderer
    plain = bare.rendered(
        bare.document(SpecFile(Path("/nowhere/service.yaml"), "service.yaml", document(spec).encode())), ""
    )
    for with_reasons, without in zip(outcome.objects, plain.objects, strict=True):
        assert typed(ryaml.loads(without.text)) == typed(with_reasons.data)


@given(specs())
def test_every_scalar_has_an_origin(spec: dict[str, Any]) -> None:
    """For every scalar of the output the tool can say where it came from."""
    outcome = render(spec)
    if isinstance(outcome, InputError):
        return
    explainer = Explainer(outcome)
    for obj in outcome.objects:
        for pointer, value in scalars(obj.data):
            assert explainer.of_origin(obj.origins.at(pointer), value).set_by, (obj.kind, pointer)


def scalars(value: Any, pointer: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every scalar of an object with its pointer."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in scalars(item, (*pointer, key))]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in scalars(item, (*pointer, index))]
    return [(pointer, value)]
