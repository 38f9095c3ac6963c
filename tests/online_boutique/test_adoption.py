"""The specs of `examples/online-boutique` against the manifests that Online Boutique publishes.

Every value that differs is in `differences.yaml` with its reason, and nothing else is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from k8sgen.fleet.find import find_specs
from k8sgen.fleet.service import Builder, Options
from tests.online_boutique.extract import PUBLISHED, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = Path(__file__).parents[2] / "examples" / "online-boutique"
DIFFERENCES = Path(__file__).with_name("differences.yaml")
ABSENT: Final = "(absent)"
"""Stands for the value of the side that has none; no published or rendered value is this text."""

Values = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Difference:
    """One value that is not as published; an object that only one side has is one difference, with an empty pointer."""

    object: str
    pointer: str
    published: Any
    ours: Any

    @property
    def change(self) -> str:
        """Which way it differs."""
        if self.published == ABSENT:
            return "added"
        return "missing" if self.ours == ABSENT else "changed"

    def __str__(self) -> str:
        return f"{self.change} {self.object} {self.pointer}: {self.published!r} -> {self.ours!r}"


@dataclass(frozen=True)
class Listed:
    """A difference that is meant: one kind of change, on some objects, at one pointer, for one reason."""

    change: str
    objects: str
    pointer: str
    reason: str
    ours: Any = ABSENT
    """What all of ours are, where the reason speaks of that value."""

    def covers(self, difference: Difference) -> bool:
        """Whether this is the difference that is meant. `*` stands for part of a name, a last `**` for all below."""
        return (
            self.change == difference.change
            and fnmatchcase(difference.object, self.objects)
            and pointer_matches(difference.pointer, self.pointer)
            and self.ours in (ABSENT, difference.ours)
        )


def pointer_matches(pointer: str, pattern: str) -> bool:
    """Whether a pointer has the parts that a pattern asks for."""
    parts, wanted = pointer.split("/"), pattern.split("/")
    if wanted[-1] == "**":
        wanted.pop()
        parts = parts[: len(wanted)]
    return len(parts) == len(wanted) and all(map(fnmatchcase, parts, wanted))


@cache
def published() -> Values:
    """The published values."""
    data = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return {(name, pointer): value for name, pointer, value in data["values"]}


@cache
def rendered() -> Values:
    """The values of every object that the specs render to."""
    builder = Builder(Options(comments=False))
    specs, _ = find_specs([str(EXAMPLE)])
    results = [builder.build(spec) for spec in specs]
    assert not [str(problem) for result in results for problem in result.problems]
    objects = [obj for result in results for output in result.outputs for obj in output.objects]
    return {(name, pointer): value for name, pointer, value in rows(objects)}


@cache
def differences() -> tuple[Difference, ...]:
    """Every value that is not the same on both sides."""
    theirs, ours = published(), rendered()
    names = {name for name, _ in theirs}, {name for name, _ in ours}
    both = names[0] & names[1]
    whole = [Difference(name, "", "object", ABSENT) for name in names[0] - both]
    whole += [Difference(name, "", ABSENT, "object") for name in names[1] - both]
    single = [
        Difference(name, pointer, theirs.get((name, pointer), ABSENT), ours.get((name, pointer), ABSENT))
        for name, pointer in theirs.keys() | ours.keys()
        if name in both and theirs.get((name, pointer), ABSENT) != ours.get((name, pointer), ABSENT)
    ]
    return tuple(sorted([*whole, *single], key=lambda each: (each.object, each.pointer)))


def listed() -> Iterator[Listed]:
    """The committed table, one entry for each pointer."""
    for entry in yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8")):
        for pointer in entry["pointers"]:
            yield Listed(
                entry["change"], entry["objects"], pointer, entry["reason"], entry.get("ours", ABSENT)
            )


LISTED = tuple(listed())


def test_every_difference_is_listed_once() -> None:
    """A value that differs without a reason is a mistake in a spec, or in the tool."""
    unexplained = [
        f"{len(reasons)} reasons: {difference}"
        for difference in differences()
        if len(reasons := [entry.reason for entry in LISTED if entry.covers(difference)]) != 1
    ]
    assert not unexplained, "\n" + "\n".join(unexplained)


@pytest.mark.parametrize("entry", LISTED, ids=lambda entry: f"{entry.change} {entry.objects}{entry.pointer}")
def test_listed_difference_still_occurs(entry: Listed) -> None:
    """A reason for nothing would hide the next difference at that place."""
    assert entry.reason
    assert any(entry.covers(difference) for difference in differences())


def test_images_are_those_of_the_release() -> None:
    """The published manifests name images that a build has yet to fill in; the release shows what they become."""
    released = json.loads(PUBLISHED.read_text(encoding="utf-8"))["releasedImages"]
    assert {(name, pointer): rendered()[name, pointer] for name, pointer, _ in released} == {
        (name, pointer): value for name, pointer, value in released
    }


def test_running_deployments_can_be_adopted() -> None:
    """Names, selectors and container names are as published: nothing is made anew beside what runs."""
    kept = {key: value for key, value in published().items() if key[1].startswith("/spec/selector")}
    kept |= {key: value for key, value in published().items() if fnmatchcase(key[1], "*ontainers/*/name")}
    assert kept
    assert {key: rendered()[key] for key in kept} == kept


def test_pods_match_the_selectors_of_the_published_services() -> None:
    """During the change, old Services find new pods."""
    for (name, pointer), value in published().items():
        if name.startswith("Service/") and pointer == "/spec/selector/app":
            assert rendered()[f"Deployment/{value}", "/spec/template/metadata/labels/app"] == value
