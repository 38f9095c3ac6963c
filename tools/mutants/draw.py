"""Draws mutants from a seed: a kind, an object of it, a class of mutation, the mutation itself."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from functools import cache
from itertools import chain
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from k8sgen.yamltext.places import Source
from k8sgen.yamltext.served import read_served
from k8sgen.yamltext.write import document
from mutants import kinds, schema, structure, text, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
SOURCE = Source("mutant.yaml", Path())
TRIES = 200

OF_OBJECTS: dict[Callable[[Random, Any], bool], float] = {
    structure.field_removed: 6,
    structure.item_removed: 2,
    structure.field_renamed: 1.5,
    structure.field_moved: 1.5,
    structure.unknown_field: 1,
    structure.null_field: 2,
    structure.null_item: 1,
    structure.empty_value: 3,
    structure.wrong_type: 1.5,
    structure.scalar_to_list: 1,
    structure.list_to_item: 1,
    structure.integer_as_text: 1,
    structure.text_as_number: 1,
    structure.extra_nesting: 1,
    structure.lost_level: 1,
    structure.siblings_swapped: 1.5,
    structure.item_doubled: 4,
    structure.value_of_elsewhere: 3,
    values.out_of_bounds: 6,
    values.enum_changed: 3.5,
    values.quantity_changed: 4,
    values.name_changed: 6,
    values.label_changed: 4,
    values.port_changed: 4,
    values.percent_changed: 3,
    values.path_changed: 4,
    values.address_changed: 3,
    values.schedule_changed: 4,
    values.truth_flipped: 3,
    values.odd_sign: 3,
    values.long_text: 2,
    values.reference_broken: 4,
    kinds.version_changed: 1.5,
    kinds.contradiction: 5,
    schema.field_added: 6,
}
"""How often each is drawn, as shares of the whole."""

OF_TEXTS: dict[Callable[[Random, str], str], float] = {
    text.key_doubled: 2,
    text.word_ambiguous: 4,
    text.huge_integer: 1.5,
    text.quotes_removed: 2,
    text.indentation_changed: 1.5,
    text.aliased: 1.5,
    text.merged: 1.5,
    text.line_lost: 2,
    text.line_doubled: 1.5,
    text.dash_changed: 1.5,
}


class Base(NamedTuple):
    """A valid object and its text."""

    kind: str
    name: str
    value: dict[str, Any]
    text: str


class Mutant(NamedTuple):
    """A text, what it was made of, and how."""

    base: Base
    mutation: str
    text: str


@cache
def bases() -> dict[str, tuple[Base, ...]]:
    """The objects to start from, by kind."""
    found: dict[str, list[Base]] = defaultdict(list)
    for origin, value in _objects():
        name = f"{origin}: {value['kind']} {next(iter(value['metadata'].values()))}"
        found[value["kind"]].append(Base(value["kind"], name, value, document(value)))
    return {kind: tuple(each) for kind, each in sorted(found.items())}


def _objects() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((ROOT / "tests/validate/cases").glob("full-*.yaml")):
        yield file.stem, yaml.safe_load(file.read_text("utf-8"))["object"]
    for value in yaml.safe_load_all(Path(__file__).with_name("bases.yaml").read_text("utf-8")):
        yield "bases", value
    wanted = (
        "Deployment",
        "Service",
        "HorizontalPodAutoscaler",
        "Ingress",
        "NetworkPolicy",
        "ServiceAccount",
    )
    for file in sorted((ROOT / "examples/full/rendered").rglob("*.yaml")):
        for value in yaml.safe_load_all(file.read_text("utf-8")):
            if value["kind"] in wanted:
                value["metadata"].pop("namespace", None)
                yield "examples/full", value


def mutations() -> list[str]:
    """The names of all classes, as the tables show them."""
    return [name_of(each) for each in (*OF_OBJECTS, *OF_TEXTS)]


def name_of(mutation: Callable[..., Any]) -> str:
    """What a class is called: its function's words."""
    return mutation.__name__.replace("_", " ")


def draw(seed: int, number: int) -> Mutant:
    """The mutant of this number, whatever was drawn before it."""
    random = Random(f"{seed} {number}")  # noqa: S311 - no secret
    every = bases()
    classes = [*OF_OBJECTS, *OF_TEXTS]
    weights = [*OF_OBJECTS.values(), *OF_TEXTS.values()]
    mutation = random.choices(classes, weights)[0]
    drawn = (random.choice(every[random.choice(list(every))]) for _ in range(TRIES))
    # Of few kinds is there a schedule or a port by name: in the end all are tried.
    for base in chain(drawn, *every.values()):
        changed = mutate(random, base, mutation)
        if changed is not None and not is_same(base, changed):
            return Mutant(base, name_of(mutation), changed)
    raise RuntimeError(f"{name_of(mutation)} changes nothing")


def mutate(random: Random, base: Base, mutation: Callable[..., Any]) -> str | None:
    """The text after a mutation, None when there is nothing it could change."""
    if mutation in OF_TEXTS:
        return str(mutation(random, base.text))
    value = copy.deepcopy(base.value)
    return document(value) if mutation(random, value) else None


def is_same(base: Base, changed: str) -> bool:
    """Whether a text is read as the object it was made of, or holds no single document."""
    if changed == base.text:
        return True
    if not changed.strip() or re.search(r"(?m)^---", changed):
        return True
    read = list(read_served(changed, SOURCE))
    return len(read) == 1 and not read[0].problems and read[0].value == base.value
