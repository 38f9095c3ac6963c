"""The mutants of `tools/mutants`: valid objects to start from, every class at work, the same for the same seed."""

from __future__ import annotations

from random import Random

import pytest

from k8sgen.validate.document import check_text
from k8sgen.validate.schemas import NEWEST, Schemas
from mutants import kubeconform
from mutants.draw import OF_OBJECTS, OF_TEXTS, SOURCE, Base, bases, draw, is_same, mutate, mutations, name_of
from mutants.judge import innermost, steps, steps_of
from tests.plugins.needs import program

BASES = [base for each in bases().values() for base in each]
SCHEMAS = Schemas(NEWEST)


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.name)
def test_every_object_is_valid(base: Base) -> None:
    """What is mutated is accepted as it is, and its text says the object."""
    verdicts = list(check_text(base.text, SOURCE, SCHEMAS))
    assert [verdict.accepted for verdict in verdicts] == [True], verdicts
    assert is_same(base, base.text)


def test_kinds() -> None:
    """There are twelve kinds at least, and no two objects have the same name."""
    assert len(bases()) >= 12
    assert len({base.name for base in BASES}) == len(BASES)


def test_same_seed_same_mutants() -> None:
    """A mutant depends on its seed and number alone."""
    numbers = range(0, 400, 7)
    again = [draw(7, number) for number in reversed(numbers)]
    assert [draw(7, number) for number in numbers] == again[::-1]
    assert [draw(8, number) for number in numbers] != again[::-1]


@pytest.mark.parametrize("mutation", [*OF_OBJECTS, *OF_TEXTS], ids=name_of)
def test_every_class_changes_something(mutation: object) -> None:
    """Each class makes another text of some object, and leaves the object itself alone."""
    before = [(base.text, repr(base.value)) for base in BASES]
    random = Random(1)  # noqa: S311 - no secret
    texts = [(base, mutate(random, base, mutation)) for base in BASES for _ in range(5)]  # type: ignore[arg-type]  # of two shapes
    assert any(text is not None and not is_same(base, text) for base, text in texts)
    assert [(base.text, repr(base.value)) for base in BASES] == before


def test_no_mutant_is_its_object() -> None:
    """What is drawn reads as another object, or not at all, and comes from every class."""
    drawn = [draw(3, number) for number in range(1500)]
    assert not any(is_same(mutant.base, mutant.text) for mutant in drawn)
    assert {mutant.mutation for mutant in drawn} == set(mutations())
    assert {mutant.base.kind for mutant in drawn} == set(bases())


def test_fields_are_compared_by_their_steps() -> None:
    """The server's `ports[0].name` is our pointer, a key of labels is their map, and a holder is left out."""
    assert steps_of("spec.ports[0].name") == steps(("spec", "ports", 0, "name"))
    assert steps_of("data[a.b/c]") == steps(("data", "a.b/c"))
    assert steps(("metadata", "labels", "a.b/c")) == steps_of("metadata.labels")
    assert innermost([("spec",), ("spec", "a"), ("spec", "b")]) == {("spec", "a"), ("spec", "b")}


@pytest.mark.needs("kubeconform")
def test_kubeconform_reads_the_objects(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With the schemas that are cut for it, kubeconform takes every object, and refuses an unknown field."""
    texts = {number: base.text for number, base in enumerate(BASES)}
    broken = {len(texts) + number: f"{base.text}unknown: 1\n" for number, base in enumerate(BASES)}
    accepted = kubeconform.accepted(
        program("kubeconform"), texts | broken, tmp_path_factory.mktemp("kubeconform")
    )
    assert accepted == set(texts)


def test_a_class_that_few_objects_have_room_for() -> None:
    """200 draws of this one met no object with a schedule."""
    assert draw(4711, 1097).mutation == "schedule changed"
