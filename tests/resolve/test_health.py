"""What weighted checks weigh, where they find their addresses, and which weights make no sense."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.app.settings import checks_of
from k8sgen.resolve import health
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import NEW, RELEASE, loaded, spec

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("infrastructure", "middleware", "business")
USUAL = {"infrastructure": 20, "middleware": 30, "business": 50}

Checks = list[tuple[str, int | None]]
"""The kind of each check, and the weight that it says of itself."""


def written(checks: Checks, weights: Mapping[str, int] = USUAL) -> str:
    """The section of a spec. The checks are of SQLite, which needs no address."""
    lines = [
        f"    check-{number}: {{kind: {kind}, type: sqlite{'' if weight is None else f', weight: {weight}'}}}\n"
        for number, (kind, weight) in enumerate(checks)
    ]
    points = ", ".join(f"{kind}: {weight}" for kind, weight in weights.items())
    return "health:\n  weights: {" + points + "}\n  checks:\n" + "".join(lines)


def messages(added: str) -> list[str]:
    """What the rules refuse."""
    return [problem.message for problem in check_rules(loaded(added), RELEASE, NEW)]


def weighed(added: str) -> dict[str, Fraction]:
    """The points of each check by its name."""
    return {check.name: check.weight for check in checks_of(spec(added))}


@st.composite
def points(draw: st.DrawFn) -> dict[str, int]:
    """Points of the kinds that add up to 100."""
    first = draw(st.integers(1, 98))
    second = draw(st.integers(1, 99 - first))
    return dict(zip(KINDS, (first, second, 100 - first - second), strict=True))


@st.composite
def sound(draw: st.DrawFn) -> tuple[Checks, dict[str, int]]:
    """Checks of every kind whose weights make sense: the last of a kind shares, or takes what is left."""
    weights = draw(points())
    checks: Checks = []
    for kind in KINDS:
        left = weights[kind]
        for _ in range(draw(st.integers(0, 3))):
            own = draw(st.integers(0, left - 1))
            left -= own
            checks.append((kind, own))
        sharing = draw(st.integers(0, 7))
        checks += [(kind, None)] * sharing or [(kind, left)]
    return draw(st.permutations(checks)), weights


@given(sound())
def test_weights_add_up_to_100_and_are_shared_equally(case: tuple[Checks, dict[str, int]]) -> None:
    """Every kind's points go to its checks without a rest; what a check says of itself it has."""
    checks, weights = case
    text = written(checks, weights)
    assert messages(text) == []
    found = weighed(text)
    assert sum(found.values()) == 100
    for kind in KINDS:
        names = [(f"check-{number}", own) for number, (its, own) in enumerate(checks) if its == kind]
        assert sum(found[name] for name, _ in names) == weights[kind]
        assert all(found[name] == own for name, own in names if own is not None)
        shares = {found[name] for name, own in names if own is None}
        assert len(shares) <= 1
        assert all(share > 0 for share in shares)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.none() | st.integers(0, 60)), min_size=1, max_size=6),
    st.tuples(*[st.integers(0, 60)] * 3),
)
def test_weights_are_refused_when_and_only_when_they_cannot_be_shared(
    checks: Checks, three: tuple[int, int, int]
) -> None:
    """The same, said the other way round: accepted weights leave nothing over, nothing out, nobody without."""
    weights = dict(zip(KINDS, three, strict=True))
    refused = sum(three) != 100
    for kind in {kind for kind, _ in checks}:
        own = [weight for its, weight in checks if its == kind]
        left = weights[kind] - sum(weight or 0 for weight in own)
        refused |= left <= 0 if None in own else left != 0
    assert bool(messages(written(checks, weights))) is refused


@given(st.integers(1, 100))
def test_one_kind_alone_keeps_its_own_points(count: int) -> None:
    """A score is the share of the weights that are there: those of other kinds are given to nobody."""
    found = weighed(written([("business", None)] * count))
    assert set(found.values()) == {Fraction(50, count)}


@pytest.mark.parametrize(
    ("added", "message"),
    [
        (
            "  checks: {a: {kind: middleware, type: sqlite, weight: 31}}\n",
            "the middleware checks weigh 31, and health.weights.middleware is 30",
        ),
        (
            "  checks: {a: {kind: middleware, type: sqlite, weight: 29}}\n",
            "the middleware checks weigh 29 together, and health.weights.middleware is 30",
        ),
        (
            "  checks: {a: {kind: business, type: sqlite, weight: 50}, b: {kind: business, type: sqlite}}\n",
            "health.checks.b.weight is not given, and nothing of health.weights.business (50) is left to share",
        ),
        (
            "  weights: {business: 51}\n  checks: {a: {kind: business, type: sqlite}}\n",
            "health.weights add up to 101",
        ),
        (
            "  weights: {business: 49}\n  checks: {a: {kind: business, type: sqlite}}\n",
            "health.weights add up to 99",
        ),
        (
            "  checks: {a: {kind: business, type: tcp}}\n",
            "health.checks.a.type is tcp, and there is no env to say where",
        ),
        (
            "  checks: {a: {kind: business, type: redis}}\n",
            "health.checks.a.env is REDIS_URL, and env has no such variable",
        ),
        (
            "  checks: {a: {kind: business, type: http, env: SUPPLIER}}\n",
            "health.checks.a.env is SUPPLIER, and env has no such variable",
        ),
        (
            "  checks: {a: {kind: business, type: sqlite, timeoutSeconds: 6}}\n",
            "health.checks.a.timeoutSeconds (6) is above intervalSeconds (5)",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(added: str, message: str) -> None:
    """Once, with what is wrong; and not at all where no check is weighed."""
    assert messages(f"health:\n{added}") == [message]
    assert messages(f"health:\n  enabled: false\n{added}") == []
    assert list(checks_of(spec(f"health:\n  enabled: false\n{added}"))) == []


@pytest.mark.parametrize(
    ("check", "others"),
    [
        ("type: redis", "env: {REDIS_URL: redis://cache}\n"),
        ("type: http, env: SUPPLIER", "env: {SUPPLIER: https://supplier.example.com/}\n"),
        ("type: postgres", "envFrom: [{secretRef: {name: database}}]\n"),
        ("type: sqlite", ""),
        ("type: sqlite, env: ORDERS_FILE", ""),
        ("type: sqlite, intervalSeconds: 3, timeoutSeconds: 3", ""),
    ],
)
def test_what_makes_sense_is_not(check: str, others: str) -> None:
    """An address may come from a secret that nobody here can read; a file has a usual place."""
    assert messages(f"{others}health:\n  checks: {{a: {{kind: business, {check}}}}}\n") == []


@pytest.mark.parametrize(
    ("given", "interval", "timeout"),
    [
        ("", 5, 2),
        (", intervalSeconds: 1", 1, 1),
        (", intervalSeconds: 2", 2, 2),
        (", intervalSeconds: 60", 60, 2),
        (", timeoutSeconds: 5", 5, 5),
        (", intervalSeconds: 30, timeoutSeconds: 9", 30, 9),
    ],
)
def test_a_check_is_over_before_the_next_begins(given: str, interval: int, timeout: int) -> None:
    """However short the time between two."""
    check = spec(f"health:\n  checks: {{a: {{kind: business, type: sqlite{given}}}}}\n").health.checks["a"]
    assert (health.health_check_interval(check), health.health_check_timeout(check)) == (interval, timeout)


@pytest.mark.parametrize(
    ("check", "variable"),
    [
        ("type: postgres", "DATABASE_URL"),
        ("type: redis", "REDIS_URL"),
        ("type: sqlite", "SQLITE_PATH"),
        ("type: http", ""),
        ("type: tcp", ""),
        ("type: postgres, env: OTHER_URL", "OTHER_URL"),
    ],
)
def test_an_address_is_in_the_usual_variable_or_in_the_one_that_is_named(check: str, variable: str) -> None:
    """Types that have no usual one have to name it."""
    section = f"health:\n  checks: {{a: {{kind: business, {check}}}}}\n"
    assert health.health_check_env(spec(section).health.checks["a"]) == variable
