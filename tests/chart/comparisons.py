"""Charts compared with `render`, and what the comparisons have covered."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from k8sgen.resolve.registry import DERIVATIONS, RULES
from k8sgen.spec.long_form import long_form
from k8sgen.validate.apiserver import check_object
from k8sgen.validate.schemas import Schemas
from tests.chart.both_sides import Outcome, agree, templated_at, with_override
from tests.chart.hits import HELPERS
from tests.chart.overrides import merged
from tests.plugins.helm import Helm
from tests.spec.strategies import SPEC, fields_hit

if TYPE_CHECKING:
    from pathlib import Path

    from tests.chart.hits import Asked
    from tests.chart.written import Written

    Key = tuple[str, ...]

HELMS = ("helm3", "helm4")
RULE_IDS = frozenset(rule.id for rule in RULES)
ASKED_BY_REFUSALS = frozenset({"disruption_text", "is_on_one_node", "ports_text"})
"""Derived values that only a refusal needs; then they count as asked, for the words are the same on both sides."""


@dataclass
class Tally:
    """What came of comparisons: counts for each Helm, and what was covered."""

    seed: int
    compared: Counter[str] = field(default_factory=Counter)
    """By `HELM accepted`, `HELM refused`, `HELM schema`: comparisons that agreed, by what came of them."""
    covered: Counter[tuple[str, ...]] = field(default_factory=Counter)
    """By side (`values`, `render`, `helm3`, `helm4`), kind and name."""
    differences: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in the tally of another lane."""
        self.compared += other.compared
        self.covered += other.covered
        self.differences += other.differences


class Comparer:
    """Compares on both Helms, and counts."""

    def __init__(self, directory: Path, tally: Tally, asked: Asked) -> None:
        self.tally = tally
        self.asked = asked
        self.helms = [Helm(name, directory / name) for name in HELMS]
        self.threads = ThreadPoolExecutor(len(HELMS))

    def compare(self, chart: Written, override: dict[str, Any]) -> None:
        """Render on all sides, and note what came of it."""
        self.asked.clear()
        here = ours(chart, override)
        said = override
        if chart.generic:
            said = {**merged(long_form(chart.loaded.spec), override), "name": chart.loaded.spec.name}
        ask = partial(outcome, chart=chart, override=said)
        agreed = []
        for helm, there in zip(self.helms, self.threads.map(ask, self.helms), strict=True):
            try:
                judge(chart, said, here, there)
            except AssertionError as error:
                shown = json.dumps(override, ensure_ascii=False)
                where = (
                    f"{chart.label}, environment {chart.environment}" if chart.environment else chart.label
                )
                self.tally.differences.append(f"{helm.name}, {where}, overridden with {shown}:\n{error}")
                continue
            agreed.append(there.answer)
            self.tally.compared[f"{helm.name} {there.answer}"] += 1
            self.note_helm(helm.name, chart, there)
        if agreed == [here.answer] * len(HELMS):
            self.note_render(said, here)

    def note_helm(self, helm: str, chart: Written, there: Outcome) -> None:
        """What a Helm has asked. What stands in place, or is a constant, is asked where the chart is rendered.

        Of the rules this holds for the generic chart alone, from which none is left out.
        """
        for rule, messages in self.asked.refusals.items():
            if there.answer == "refused" and all(message in there.refused for message in messages):
                self.cover(helm, "refusals", rule)
        if there.answer == "refused":
            for name in self.asked.derived & ASKED_BY_REFUSALS:
                self.cover(helm, "derived", name)
        if there.answer != "rendered":
            return
        told = {HELPERS[name] for name in there.asked}
        derived = told | (self.asked.derived - chart.helpers)
        passed = told | (self.asked.passed - chart.helpers if chart.generic else set())
        for name in derived & DERIVATIONS.keys():
            self.cover(helm, "derived", name)
        for name in passed & RULE_IDS:
            self.cover(helm, "passes", name)

    def note_render(self, said: dict[str, Any], here: Outcome) -> None:
        """What `render` has asked, and what was overridden."""
        for rule in self.asked.refusals:
            self.cover("render", "refusals", rule)
        if here.answer == "refused":
            for name in self.asked.derived & ASKED_BY_REFUSALS:
                self.cover("render", "derived", name)
        if here.answer != "rendered":
            return
        for name in self.asked.derived:
            self.cover("render", "derived", name)
        for name in self.asked.passed:
            self.cover("render", "passes", name)
        for key in keys_said(said):
            self.cover("values", "keys", *key)

    def cover(self, *what: str) -> None:
        """One more of something."""
        self.tally.covered[what] += 1

    def accepted(self) -> int:
        """Comparisons so far in which both sides gave objects, on the Helm that has fewer."""
        return min(self.tally.compared[f"{name} rendered"] for name in HELMS)


CRASH = "render breaks off: "


def ours(chart: Written, override: dict[str, Any]) -> Outcome:
    """What `render` says in a namespace, as a release has one; a traceback is a difference like any other."""
    spec = chart.loaded.spec
    inside = replace(chart.loaded, spec=spec.model_copy(update={"namespace": spec.namespace or "default"}))
    try:
        return with_override(inside, override)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be shown with the override
        return Outcome({}, unsound=f"{CRASH}{error!r}")


def judge(chart: Written, said: dict[str, Any], here: Outcome, there: Outcome) -> None:
    """Both sides agree. Where Helm's schema refuses, so does `render`, or the chart lacks a field.

    Kubernetes' own objects are checked by the chart's schema, and here by what validates the output.
    """
    assert not here.unsound.startswith(CRASH), here.unsound
    if there.unsound and not here.unsound:
        lacking = keys_said(said) - chart.keys
        if here.refused or lacking or problems_of(here, chart.loaded.kubernetes_minor):
            return
    agree(here, there)


def outcome(helm: Helm, chart: Written, override: dict[str, Any]) -> Outcome:
    """What Helm says; what it prints that is no YAML is a refusal that nobody shares."""
    try:
        return templated_at(helm, chart.directory, chart.loaded, override, chart.environment)
    except AssertionError as error:
        return Outcome({}, f"unreadable: {error}")


def problems_of(here: Outcome, minor: int) -> list[str]:
    """What Kubernetes has against the objects, so that a schema of Kubernetes' own may refuse them too."""
    schemas = published(minor)
    return [
        violation.message
        for data in here.plain
        for violation in [*schemas.check(data), *check_object(data, minor)]
    ]


@cache
def published(minor: int) -> Schemas:
    """The schemas of a version."""
    return Schemas(minor)


def keys_said(values: dict[str, Any]) -> set[Key]:
    """The fields of the spec that an override sets or removes."""
    return fields_hit(values, SPEC) | fields_hit(values, SPEC, removed=True)
