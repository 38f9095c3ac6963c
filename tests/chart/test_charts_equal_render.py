"""The property of a chart: with any override that its schema takes, Helm gives what `render` gives.

`make test` draws a few comparisons, `make check` 500 and more for each Helm; `K8SGEN_COMPARISONS` asks
for another number, and `K8SGEN_SEED` for other cases. From 500 on, every key of the schema has to be
overridden, and every derived value and rule to be asked on all sides.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from k8sgen.resolve.registry import DERIVATIONS, RULES
from tests.chart.comparisons import HELMS
from tests.chart.overrides import keys_of
from tests.chart.search import LARGE, compare_all, never_accepted
from tests.chart.written import GENERIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.chart.comparisons import Tally

IN_CHECK = os.environ.get("K8SGEN_HYPOTHESIS") == "large"
COMPARISONS = int(os.environ.get("K8SGEN_COMPARISONS") or (LARGE if IN_CHECK else 50))
SEED = int(os.environ.get("K8SGEN_SEED") or 0)
LANES = len(os.sched_getaffinity(0)) if COMPARISONS >= LARGE else 1

NEVER_REFUSED = frozenset({"cluster-rights-without-namespace", "lifecycle-not-a-map"})
"""A release has a namespace, always; and the schema of a chart knows a lifecycle before any rule is asked."""

WIDTH = 100


@pytest.mark.needs(*HELMS)
def test_any_override_gives_the_same_objects(record_property: Callable[[str, object], None]) -> None:
    """Type by type, on both Helms; refusals in the same words; nothing left out that there is to cover."""
    tally = compare_all(COMPARISONS, SEED, LANES)
    record_property("comparisons", table(tally))
    shortest = sorted(tally.differences, key=len)[:10]
    assert not shortest, f"seed {SEED}: {len(tally.differences)} differ:\n\n" + "\n\n".join(shortest)
    for helm in HELMS:
        assert tally.compared[f"{helm} rendered"] >= COMPARISONS
    assert COMPARISONS < LARGE or list(missed(tally)) == []


def keys() -> set[str]:
    """The keys that an accepted override can hold."""
    schema = json.loads((GENERIC / "values.schema.json").read_text(encoding="utf-8"))
    return {".".join(path) for path in keys_of(schema, schema, ()) if not never_accepted(path)}


def expected() -> Iterator[tuple[str, str, set[str]]]:
    """What has to be covered, by side and kind."""
    yield "values", "keys", keys()
    for side in ("render", *HELMS):
        yield side, "derived", set(DERIVATIONS)
        yield side, "passes", {rule.id for rule in RULES}
        yield side, "refusals", {rule.id for rule in RULES} - NEVER_REFUSED


def missed(tally: Tally) -> Iterator[str]:
    """What no comparison has covered."""
    for side, kind, wanted in expected():
        for name in sorted(wanted - set(counts(tally, side, kind))):
            yield f"{side}: {kind}: {name}"


def counts(tally: Tally, side: str, kind: str) -> Counter[str]:
    """How often each thing of a kind was covered."""
    found: Counter[str] = Counter()
    for what, count in tally.covered.items():
        if what[:2] == (side, kind):
            found[".".join(what[2:])] += count
    return found


def table(tally: Tally) -> str:
    """What was compared and covered; of a large run, how often each thing."""
    lines = [f"charts and render, seed {tally.seed}: " + " ".join(f"{name:>8}" for name in HELMS)]
    labels = {"rendered": "accepted", "refused": "refused by both", "unsound": "refused by the schema"}
    for answer, label in labels.items():
        row = " ".join(f"{tally.compared[f'{helm} {answer}']:8}" for helm in HELMS)
        lines.append(f"  {label:<29}{row}")
    lines.append(f"  differences: {len(tally.differences)}")
    for side, kind, wanted in expected():
        found = counts(tally, side, kind)
        lines.append(f"  {side}: {kind}: {len(wanted & set(found))} of {len(wanted)}")
    if COMPARISONS >= LARGE:
        lines += [f"  not covered: {what}" for what in missed(tally)]
    if COMPARISONS >= LARGE:
        for kind in ("keys", "derived", "passes", "refusals"):
            sides = [side for side, its_kind, _ in expected() if its_kind == kind]
            lines += ["", f"{kind}, by {', '.join(sides)}:", *columns(tally, sides, kind)]
    return "\n".join(lines)


def columns(tally: Tally, sides: list[str], kind: str) -> Iterator[str]:
    """Names with their counts on each side, as many on a line as it holds."""
    by_side = [counts(tally, side, kind) for side in sides]
    line = " "
    for name in sorted(next(wanted for side, its_kind, wanted in expected() if its_kind == kind)):
        cell = f" {name} " + "/".join(str(found[name]) for found in by_side)
        if len(line) + len(cell) > WIDTH:
            yield line
            line = " "
        line += cell
    yield line
