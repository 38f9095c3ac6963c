"""Many comparisons of charts with `render`, from a seed, and what they have covered.

A lane is a process with a part of the work: on its own charts it draws overrides, asks `render`
first, which is quick, and lets both Helms render what tells most that is new.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as hypothesis_seed
from jsonschema_rs import Draft202012Validator

from k8sgen.chart.chart import chart_of, generic_chart
from k8sgen.chart.values import environment_values
from k8sgen.errors import InputError
from k8sgen.resolve.registry import DERIVATIONS, RULES
from k8sgen.spec.long_form import long_form
from k8sgen.validate.apiserver import check_object
from k8sgen.validate.schemas import Schemas
from k8sgen.yamltext.read import Map
from k8sgen.yamltext.write import document
from tests.chart.both_sides import (
    Outcome,
    agree,
    load,
    overridden,
    rendered,
    templated_at,
    with_override,
)
from tests.chart.hits import HELPERS, Asked, counted, instrument
from tests.chart.overrides import Drawer, harvest, look_up, merged
from tests.chart.specs_at_hand import SpecAtHand, examples, golden, loaded_from, refused, rich
from tests.plugins.helm import Helm
from tests.render.specs import specs
from tests.spec.strategies import SPEC, fields_hit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from k8sgen.spec.load import LoadedSpec

    Key = tuple[str, ...]

HELMS = ("helm3", "helm4")
GENERIC = Path(__file__).parents[2] / "charts" / "service"
GENERIC_MINOR = 35
TEST_IMAGE = {"testImage": "busybox:1.37.0"}
LARGE = 500
"""From so many comparisons on, everything has to be covered."""
CANDIDATES = 6
"""Overrides that are drawn for one that is compared."""
REFUSED_SHARE = 0.12
"""Of the overrides that show nothing new, those that may be refused by a rule."""


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


@dataclass(frozen=True)
class Written:
    """A chart as it was written and made to tell what it asks, and a spec of which it is the chart."""

    label: str
    directory: Path
    schema: dict[str, Any]
    helpers: frozenset[str]
    loaded: LoadedSpec
    below: dict[str, Any]
    environment: str = ""
    generic: bool = False
    removed: frozenset[Key] = frozenset()
    """What the environment's values file removes: Helm forgets that when an override sets it again."""


class Lane:
    """Compares, and remembers what is covered so as to look for what is not."""

    def __init__(self, seed: str, directory: Path, tally: Tally, asked: Asked) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a choice of cases
        self.directory = directory
        self.tally = tally
        self.asked = asked
        self.helms = [Helm(name, directory / name) for name in HELMS]
        self.pool = pool()
        self.tried: Counter[Key] = Counter()
        self.focus: list[Key] = []
        self.generics: dict[int, Written] = {}
        self.drawers: dict[str, Drawer] = {}
        self.threads = ThreadPoolExecutor(len(HELMS))

    def compare(self, chart: Written, override: dict[str, Any]) -> None:
        """Render on all sides, and note what came of it."""
        self.asked.clear()
        here = with_override(chart.loaded, override)
        computed, passed = set(self.asked.derived), set(self.asked.passed)
        refusals = dict(self.asked.refusals)
        said = override
        if chart.generic:
            said = {**merged(long_form(chart.loaded.spec), override), "name": chart.loaded.spec.name}
        ask = partial(templated_at, chart=chart.directory, loaded=chart.loaded, override=said)
        for name, there in zip(
            HELMS, self.threads.map(lambda helm: outcome(ask, helm, chart.environment), self.helms), strict=True
        ):
            try:
                self.judge(chart, said, here, there)
            except AssertionError as error:
                self.tally.differences.append(
                    f"{name}, {chart.label} {chart.environment}: {json.dumps(override, ensure_ascii=False)}\n{error}"
                )
                continue
            answer = {"rendered": "accepted", "unsound": "schema"}.get(there.answer, there.answer)
            self.tally.compared[f"{name} {answer}"] += 1
            for rule, messages in refusals.items():
                if there.answer == "refused" and all(message in there.refused for message in messages):
                    self.cover(name, "refusals", rule)
            if there.answer == "rendered":
                told = {HELPERS[helper] for helper in there.asked}
                in_place = computed - chart.helpers
                for derived in (told | in_place) & set(DERIVATIONS):
                    self.cover(name, "derived", derived)
                in_place = passed - chart.helpers if chart.generic else set()
                for rule in (told | in_place) & {rule.id for rule in RULES}:
                    self.cover(name, "passes", rule)
        self.note(chart, said, here, computed, passed, refusals)

    def note(  # noqa: PLR0913 - all that `render` has told
        self,
        chart: Written,
        said: dict[str, Any],
        here: Outcome,
        computed: set[str],
        passed: set[str],
        refusals: dict[str, list[str]],
    ) -> None:
        """What our side has covered."""
        for rule in refusals:
            self.cover("render", "refusals", rule)
        if here.answer != "rendered":
            return
        for name in computed:
            self.cover("render", "derived", name)
        for name in passed:
            self.cover("render", "passes", name)
        for key in keys_said(said):
            self.cover("values", "keys", *key)
        if chart.environment:
            self.cover("values", "environments", chart.label, chart.environment)

    def cover(self, *what: str) -> None:
        """One more of something."""
        self.tally.covered[what] += 1

    def judge(self, chart: Written, said: dict[str, Any], here: Outcome, there: Outcome) -> None:
        """Both sides agree. Where Helm's schema refuses, `render` does too, or the chart lacks the field."""
        if there.unsound and not here.unsound:
            lacking = keys_said(said) - set(self.drawer(chart).keys) - {("name",)}
            if here.refused or lacking or problems_of(here, chart.loaded.kubernetes_minor):
                return
        agree(here, there)

    def drawer(self, chart: Written) -> Drawer:
        """What draws overrides for a chart."""
        key = str(chart.directory)
        if key not in self.drawers:
            self.drawers[key] = Drawer(chart.schema, self.pool, self.random)
        return self.drawers[key]

    def draw(self, chart: Written) -> dict[str, Any] | None:
        """Of some overrides the one that covers most that is new; else one that is accepted, more often than not."""
        found: list[tuple[int, dict[str, Any]]] = []
        for _ in range(CANDIDATES):
            override = self.candidate(chart)
            if override is None:
                continue
            self.asked.clear()
            here = with_override(chart.loaded, override)
            if here.unsound:  # the schema takes what the models refuse: to be compared at once
                return override
            new = [("render", "refusals", rule) for rule in self.asked.refusals]
            if here.answer == "rendered":
                new = [("render", "derived", name) for name in self.asked.derived]
                new += [("values", "keys", *key) for key in keys_said(override)]
            fresh = sum(what not in self.tally.covered for what in new)
            wanted = here.answer == "rendered" or self.random.random() < REFUSED_SHARE
            if fresh or wanted:
                found.append((fresh, override))
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def candidate(self, chart: Written) -> dict[str, Any] | None:
        """An override of a few keys, most often of those that were seldom tried."""
        drawer = self.drawer(chart)
        keys = drawer.keys
        missing = self.focus or [key for key in keys if ("values", "keys", *key) not in self.tally.covered]
        wanted = []
        if missing and self.random.random() < 0.8:
            least = min(self.tried[key] for key in missing)
            wanted = [self.random.choice([key for key in missing if self.tried[key] == least])]
            self.tried[wanted[0]] += 1
        wanted += self.random.sample(keys, min(len(keys), self.random.choice((0, 1, 1, 2, 3) if wanted else (1, 2, 3))))
        return drawer.override(chart.below, wanted)

    def whole(self, task: Task) -> None:
        """Specs of the repository as values of the generic chart."""
        chart = self.generic(GENERIC_MINOR)
        mine = list(at_hand())
        self.shuffled(mine, task)
        for spec in mine[: task.wanted]:
            layer = self.random.choice((spec.base, *spec.environments))
            self.compare(of_spec(chart, layer, spec.label, GENERIC_MINOR), {})

    def mutated(self, task: Task) -> None:
        """The same with something changed, until every key has been."""
        chart = self.generic(GENERIC_MINOR)
        accepted = self.accepted() + task.wanted
        mine = [part for part in self.drawer(chart).keys if hash_of(part) % task.total == task.number]
        for _ in range(4 * task.wanted):
            self.focus = [key for key in mine if ("values", "keys", *key) not in self.tally.covered]
            if self.accepted() >= accepted and (not self.focus or task.wanted < LARGE // 10):
                return
            base = rich() if self.random.random() < 0.6 else self.random.choice(at_hand()).base
            self.step(of_spec(chart, base, "", GENERIC_MINOR))

    def charts(self, task: Task) -> None:
        """Charts of single specs, with their environments, with overrides."""
        always = [spec for spec in at_hand() if spec.label.count("/") == 1]
        others = [spec for spec in at_hand() if spec not in always]
        self.shuffled(always, task)
        drawn = generated(self.random.randrange(2**32), max(1, task.total // 3))
        mine = [*drawn[:1], *always, *drawn[1:], *self.random.sample(others, len(others))]
        mine = [spec for spec in mine if can_be_a_chart(spec)][: task.total]
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

    def errors(self, task: Task) -> None:
        """What a rule refuses here it refuses there, in the same words."""
        mine = sorted(refused(), key=lambda spec: spec.base.kubernetes_minor)
        share = -(-len(mine) // task.total)
        for spec in mine[task.number * share : (task.number + 1) * share]:
            minor = spec.base.kubernetes_minor
            self.compare(of_spec(self.generic(minor), spec.base, spec.label, minor), {})

    def step(self, chart: Written) -> None:
        """One comparison; of some, the schema is to refuse the values."""
        if self.random.random() < 0.05:
            self.compare(chart, self.broken(chart))
            return
        override = self.draw(chart)
        if override is not None and not any(look_up(override, list(path)) for path in chart.removed):
            self.compare(chart, override)

    def accepted(self) -> int:
        """Comparisons so far in which both sides gave objects, on the Helm that has fewer."""
        return min(self.tally.compared[f"{name} accepted"] for name in HELMS)

    def shuffled(self, specs: list[SpecAtHand], task: Task) -> None:
        """Leave the part of a lane, in an order of its own."""
        specs[:] = [spec for index, spec in enumerate(specs) if index % task.total == task.number]
        self.random.shuffle(specs)

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


def outcome(ask: Callable[..., Outcome], helm: Helm, environment: str) -> Outcome:
    """What Helm says; what it prints that is no YAML is a refusal that nobody shares."""
    try:
        return ask(helm, environment=environment)
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


def hash_of(key: Key) -> int:
    """A number that is the same in every process."""
    return sum(map(ord, ".".join(key)))


def keys_said(values: dict[str, Any]) -> set[Key]:
    """The fields of the spec that an override sets or removes."""
    return fields_hit(values, SPEC) | fields_hit(values, SPEC, removed=True)


def paths_in(value: Any, path: Key = ()) -> Iterator[Key]:
    """Every path of maps in a value."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths_in(item, (*path, key))


def with_value(values: dict[str, Any], path: Key, value: Any) -> dict[str, Any]:
    """With something else at a path."""
    if not path:
        result: dict[str, Any] = value
        return result
    return {**values, path[0]: with_value(values.get(path[0], {}), path[1:], value)}


@cache
def at_hand() -> tuple[SpecAtHand, ...]:
    """The specs of examples and golden cases."""
    return tuple(loaded_from(path) for path in (*examples(), *golden()))


@cache
def pool() -> dict[Key, list[Any]]:
    """What these specs say, by path."""
    found: dict[Key, list[Any]] = {}
    for spec in at_hand():
        for loaded in (spec.base, *spec.environments):
            harvest(long_form(loaded.spec), found)
    return found


def generic(directory: Path, minor: int) -> Written:
    """The chart that takes any service, as it is committed, or for another version."""
    chart = directory / f"service-{minor}"
    if minor == GENERIC_MINOR:
        shutil.copytree(GENERIC, chart)
    else:
        generic_chart(minor).write(chart)
    schema = json.loads((chart / "values.schema.json").read_text(encoding="utf-8"))
    helpers = instrument(chart)
    return Written("charts/service", chart, schema, helpers, rich(), {}, generic=True)


def of_spec(chart: Written, spec: LoadedSpec, label: str, minor: int) -> Written:
    """The generic chart, with a spec as its values."""
    loaded = replace(without_patches(spec), kubernetes_minor=minor)
    below = {**long_form(loaded.spec), **TEST_IMAGE}
    return replace(chart, label=f"charts/service of {label}", loaded=loaded, below=below)


def without_patches(loaded: LoadedSpec) -> LoadedSpec:
    """A spec as values have it."""
    spec = loaded.spec.model_copy(update={"patches": {}})
    return replace(overridden(replace(loaded, spec=spec, values=Map()), {}), environment="")


def specialised(directory: Path, spec: SpecAtHand) -> list[Written]:
    """The chart of a spec, once as its base has it and once for each environment."""
    made = chart_of(spec.base, environments=spec.environments)
    chart = Path(tempfile.mkdtemp(dir=directory)) / "chart"
    made.write(chart)
    helpers = instrument(chart)
    base, found = dict(made.values[""]), []
    for loaded in (spec.base, *spec.environments):
        name = loaded.environment
        below = {**made.values[name], **({"environment": name} if name else {})}
        changed = environment_values(base, dict(made.values[name]), name) if name else {}
        removed = frozenset(path for path in paths_in(changed) if look_up(changed, list(path)) is None)
        found.append(Written(spec.label, chart, made.schema, helpers, loaded, below, name, removed=removed))
    return found


def generated(seed: int, count: int) -> list[SpecAtHand]:
    """Specs that nobody wrote, each of which `render` takes."""
    found: list[SpecAtHand] = []

    @hypothesis_seed(seed)
    @settings(
        max_examples=4 * count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(specs())
    def collect(raw: dict[str, Any]) -> None:
        try:
            loaded = load(document(raw))
        except InputError:
            return
        if len(found) < count and rendered(loaded).answer == "rendered":
            found.append(SpecAtHand(f"generated spec {len(found)}", loaded))

    collect()
    return found


def can_be_a_chart(spec: SpecAtHand) -> bool:
    """Whether `chart` takes a spec: no JSON patches, and a name that Helm takes for a release."""
    layers = (spec.base, *spec.environments)
    patches = [patch for layer in layers for patch in layer.spec.patches.values()]
    return len(spec.base.spec.name) <= 53 and not any(isinstance(patch, list) for patch in patches)


@dataclass(frozen=True)
class Task:
    """A part of the work: what to compare, and how many comparisons are to be accepted."""

    kind: str
    wanted: int
    number: int = 0
    total: int = 1


def tasks(count: int, lanes: int) -> list[list[Task]]:
    """The work of each lane, for so many accepted comparisons on each Helm."""
    large = count >= LARGE
    whole = len(at_hand()) if large else count // 4
    charts = max(2, count // 12)
    over_charts = count // 2
    mutated = max(count - over_charts - whole // 2, count // 4)
    parts = [
        [
            Task("whole", whole // lanes + 1, lane, lanes),
            Task("mutated", mutated // lanes + 1, lane, lanes),
            Task("charts", over_charts // lanes + 1, lane, charts // lanes + 1),
        ]
        for lane in range(lanes)
    ]
    if large:
        for lane, part in enumerate(parts):
            part.append(Task("errors", 0, lane, lanes))
    return parts


def run(lane: int, lanes: int, count: int, seed: int) -> Tally:
    """One lane."""
    tally = Tally(seed)
    with counted() as asked, tempfile.TemporaryDirectory() as name:
        worker = Lane(f"{seed} {lane}", Path(name), tally, asked)
        for task in tasks(count, lanes)[lane]:
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
