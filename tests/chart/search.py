"""The search for cases in which a chart and `render` differ, from a seed.

A lane is a process with a part of the work: it draws overrides, asks `render` first, which is quick,
and lets both Helms render what tells most that is new.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema_rs import Draft202012Validator

from k8sgen.validate.definitions import OLDEST
from tests.chart.comparisons import Comparer, Tally, keys_said, ours
from tests.chart.hits import counted
from tests.chart.overrides import Drawer, look_up, merged, paths_in
from tests.chart.specs_at_hand import SpecAtHand, refused, rich
from tests.chart.written import (
    GENERIC_MINOR,
    Written,
    at_hand,
    can_be_a_chart,
    generated,
    generic,
    of_spec,
    pool,
    specialised,
)

if TYPE_CHECKING:
    from tests.chart.hits import Asked

    Key = tuple[str, ...]

LARGE = 500
"""From so many comparisons on, everything has to be covered."""
CANDIDATES = 6
"""Overrides that are drawn for one that is compared."""
OF_OLDEST = 20
"""Specs that are asked for the oldest version, too, for which some values are derived otherwise."""
REFUSED_SHARE = 0.12
"""Of the overrides that show nothing new, those that may be refused by a rule."""


@dataclass(frozen=True)
class Task:
    """A part of the work of a lane: how many comparisons are to be accepted, over how many charts.

    A thorough one goes on for as long as there are keys that nothing has overridden.
    """

    kind: str
    wanted: int
    charts: int = 1
    thorough: bool = False


def tasks(count: int, lanes: int) -> list[Task]:
    """The work of each lane, so that all together accept so many comparisons on each Helm."""
    large = count >= LARGE
    whole = len(at_hand()) if large else count // 4
    over_charts = count // 2
    mutated = over_charts if large else count - over_charts - whole
    found = [
        Task("whole", whole // lanes + 1),
        Task("mutated", mutated // lanes + 1, thorough=large),
        Task("charts", over_charts // lanes + 1, max(1, count // 12 // lanes)),
    ]
    return [*found, Task("oldest", OF_OLDEST // lanes), Task("errors", 0)] if large else found


class Lane(Comparer):
    """Looks for what is not covered yet, and compares it."""

    def __init__(self, lane: int, lanes: int, directory: Path, tally: Tally, asked: Asked) -> None:
        super().__init__(directory, tally, asked)
        self.lane, self.lanes = lane, lanes
        self.random = random.Random(f"{tally.seed} {lane}")  # noqa: S311 - a choice of cases
        self.directory = directory
        self.pool = pool()
        self.tried: Counter[Key] = Counter()
        self.focus: list[Key] = []
        self.generics: dict[int, Written] = {}
        self.drawers: dict[str, Drawer] = {}

    def drawer(self, chart: Written) -> Drawer:
        """What draws overrides for a chart."""
        key = str(chart.directory)
        if key not in self.drawers:
            self.drawers[key] = Drawer(chart.schema, self.pool, self.random)
        return self.drawers[key]

    def draw(self, chart: Written, *, only_new: bool = False) -> dict[str, Any] | None:
        """Of some overrides the one that covers most that is new; else one that is accepted, more often than not."""
        found: list[tuple[int, dict[str, Any]]] = []
        for _ in range(CANDIDATES):
            override = self.candidate(chart)
            if override is None:
                continue
            self.asked.clear()
            here = ours(chart, override)
            if here.unsound:  # the schema takes what the models refuse: to be compared at once
                return override
            new: list[tuple[str, ...]] = [("render", "refusals", rule) for rule in self.asked.refusals]
            if here.answer == "rendered":
                new = [("render", "derived", name) for name in self.asked.derived]
                new += [("values", "keys", *key) for key in keys_said(override)]
            fresh = sum(what not in self.tally.covered for what in new)
            usual = here.answer == "rendered" or self.random.random() < REFUSED_SHARE
            if fresh or (usual and not only_new):
                found.append((fresh, override))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def candidate(self, chart: Written) -> dict[str, Any] | None:
        """An override of a few keys, most often of those that were seldom tried."""
        drawer = self.drawer(chart)
        keys = drawer.keys
        missing = self.focus or self.uncovered(keys)
        wanted = []
        if missing and self.random.random() < 0.8:
            least = min(self.tried[key] for key in missing)
            wanted = [self.random.choice([key for key in missing if self.tried[key] == least])]
            self.tried[wanted[0]] += 1
        wanted += self.random.sample(
            keys, min(len(keys), self.random.choice((0, 1, 1, 2, 3) if wanted else (1, 2, 3)))
        )
        return drawer.override(chart.below, wanted)

    def uncovered(self, keys: list[Key]) -> list[Key]:
        """Keys that no accepted override has held yet."""
        covered = self.tally.covered
        return [key for key in keys if ("values", "keys", *key) not in covered and not never_accepted(key)]

    def whole(self, task: Task) -> None:
        """Specs of the repository as values of the generic chart."""
        chart = self.generic(GENERIC_MINOR)
        for spec in self.own(list(at_hand()))[: task.wanted]:
            layer = self.random.choice((spec.base, *spec.environments))
            self.compare(of_spec(chart, layer, spec.label, GENERIC_MINOR), {})

    def mutated(self, task: Task) -> None:
        """The same with something changed, until every key has been."""
        chart = self.generic(GENERIC_MINOR)
        accepted = self.accepted() + task.wanted
        mine = self.drawer(chart).keys[self.lane :: self.lanes]
        for _ in range(8 * task.wanted):
            self.focus = self.uncovered(mine)
            enough = self.accepted() >= accepted
            if enough and (not self.focus or not task.thorough):
                return
            base = rich() if self.random.random() < 0.6 else self.random.choice(at_hand()).base
            self.step(of_spec(chart, base, "", GENERIC_MINOR), only_new=enough)

    def charts(self, task: Task) -> None:
        """Charts of single specs, with their environments, with overrides."""
        always = [spec for spec in at_hand() if spec.label.count("/") == 1]
        others = [spec for spec in at_hand() if spec not in always]
        drawn = generated(self.random.randrange(2**32), max(1, task.charts // 3))
        mine = [*drawn[:1], *self.own(always), *drawn[1:], *self.own(others)]
        mine = [spec for spec in mine if can_be_a_chart(spec)][: task.charts]
        each = task.wanted // len(mine) + 1
        self.focus = []
        for spec in mine:
            written = specialised(self.directory, spec)
            for chart in written:
                self.compare(chart, {})
            accepted = self.accepted() + each - len(written)
            for _ in range(3 * each):
                if self.accepted() >= accepted:
                    break
                self.step(self.random.choice(written))
            self.drawers.clear()

    def oldest(self, task: Task) -> None:
        """Specs of the repository as values of the generic chart for the oldest version."""
        chart = self.generic(OLDEST)
        for spec in self.own(list(at_hand()))[: task.wanted]:
            self.compare(of_spec(chart, spec.base, spec.label, OLDEST), {})

    def errors(self, _: Task) -> None:
        """What a rule refuses here it refuses there, in the same words."""
        mine = sorted(refused(), key=lambda spec: spec.base.kubernetes_minor)
        share = -(-len(mine) // self.lanes)  # in one piece, so that few versions need a chart in each lane
        for spec in mine[self.lane * share : (self.lane + 1) * share]:
            minor = spec.base.kubernetes_minor
            self.compare(of_spec(self.generic(minor), spec.base, spec.label, minor), {})

    def step(self, chart: Written, *, only_new: bool = False) -> None:
        """One comparison, unless it would show nothing new; of some, the schema is to refuse the values."""
        if not only_new and self.random.random() < 0.05:
            self.compare(chart, self.broken(chart))
            return
        override = self.draw(chart, only_new=only_new)
        if override is not None and means_the_same_to_helm(override, chart):
            self.compare(chart, override)

    def own(self, specs: list[SpecAtHand]) -> list[SpecAtHand]:
        """The part of this lane, in an order of its own."""
        mine = specs[self.lane :: self.lanes]
        return self.random.sample(mine, len(mine))

    def generic(self, minor: int) -> Written:
        """The generic chart for a version, written once."""
        if minor not in self.generics:
            self.generics[minor] = generic(self.directory, minor)
        return self.generics[minor]

    def broken(self, chart: Written) -> dict[str, Any]:
        """An override that the schema refuses, as a rule: a key too many, a wrong type, a null too far."""
        everything = Draft202012Validator(chart.schema)
        for _ in range(20):
            override = self.candidate(chart) or {}
            keys = [path for path in paths_in(override) if path]
            path = self.random.choice(keys) if keys else ()
            wrong = self.random.choice(({"no-such-key": 1}, ["x"], 1.5, True, "", {}, None))
            if wrong is None and chart.generic:  # its values are whole, so that a null would be lost
                continue
            made = with_value(override, path, wrong) if path else {"no-such-key": 1}
            if not everything.is_valid(merged(chart.below, made)):
                return made
        return {"no-such-key": 1}


def means_the_same_to_helm(override: dict[str, Any], chart: Written) -> bool:
    """Whether Helm merges an override with an environment's values as layers of a spec are merged."""
    forgotten = any(look_up(override, list(path)) for path in chart.removed)
    kept = any(path in chart.added and look_up(override, list(path)) is None for path in paths_in(override))
    return not forgotten and not kept


def never_accepted(key: Key) -> bool:
    """Whether a rule refuses a key and all below it, whatever they say.

    The rules are init-container-with-probes and readiness-grace-period.
    """
    of_readiness = key[-2:] == ("readiness", "terminationGracePeriodSeconds")
    return of_readiness or key[:3] == ("initContainers", "*", "probes")


def with_value(values: dict[str, Any], path: Key, value: Any) -> dict[str, Any]:
    """With something else at a path."""
    if not path:
        result: dict[str, Any] = value
        return result
    return {**values, path[0]: with_value(values.get(path[0], {}), path[1:], value)}


def run(lane: int, lanes: int, count: int, seed: int) -> Tally:
    """One lane."""
    tally = Tally(seed)
    with counted() as asked, tempfile.TemporaryDirectory() as name:
        worker = Lane(lane, lanes, Path(name), tally, asked)
        for task in tasks(count, lanes):
            getattr(worker, task.kind)(task)
    return tally


def compare_all(count: int, seed: int, lanes: int) -> Tally:
    """All lanes, each in a process of its own when there are several."""
    if lanes == 1:
        return run(0, 1, count, seed)
    tally = Tally(seed)
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as processes:
        for found in processes.map(run, range(lanes), [lanes] * lanes, [count] * lanes, [seed] * lanes):
            tally.add(found)
    return tally
