"""Results as the linter might have them, the usual and the hostile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from k8sgen.errors import Place, Problem
from k8sgen.findings import Finding, Severity
from k8sgen.lint.rules import rules
from k8sgen.report.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = {rule.id: rule for rule in rules()}
FEW = {identifier: RULES[identifier] for identifier in ("latest-tag", "budget-blocks-drain")}
ORDERS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders, namespace: shop}
spec:
  template:
    spec:
      containers:
        - name: orders
          image: ghcr.io/acme/orders:latest
"""
MOVING = Finding(
    "latest-tag",
    Severity.WARNING,
    'image "ghcr.io/acme/orders:latest" is a moving tag',
    "name the version that you tested, such as :1.4.2",
    Place("deploy/orders.yaml", 9, 18),
    26,
    "Deployment/orders",
    "shop",
    "spec.template.spec.containers[0].image",
)
BLOCKS = Finding(
    "budget-blocks-drain",
    Severity.ERROR,
    "minAvailable 3 allows no eviction while Deployment/orders runs 3 pods",
    "write maxUnavailable: 1",
    Place("deploy/budget.yaml", 5, 17),
    1,
    "PodDisruptionBudget/orders",
    "shop",
    "spec.minAvailable",
    also=((Place("deploy/orders.yaml", 3, 18), "runs 3 pods at its fewest"),),
    fixable=True,
)
UNREADABLE = Problem("is a Helm template", Place("chart/a.yaml", 2, 1), "lint the output of helm template")
LINES = {"deploy/orders.yaml": ORDERS, "deploy/budget.yaml": "a: 1\n\n\nspec:\n  minAvailable: 3\n"}
HOSTILE = 'a\x1b[31m%,:\r\n::error::x\t]]><&>"\udc80\u202e\x00\ufffe漢'


def result_of(*findings: Finding, lines: Mapping[str, str] | None = None, **more: Any) -> Result:
    """A result whose sources are these texts."""
    texts = LINES if lines is None else lines

    def source_line(file: str, line: int) -> str:
        found = texts.get(file, "").split("\n")
        return found[line - 1] if line <= len(found) else ""

    values: dict[str, Any] = {
        "rules": RULES,
        "files": sorted(texts),
        "objects": 2,
        "source_line": source_line,
        **more,
    }
    return Result(findings, **values)


def usual() -> Result:
    """An error, a warning, and a file that could not be read."""
    return result_of(MOVING, BLOCKS, problems=[UNREADABLE], ignored=2, baseline=5)


def hostile() -> Result:
    """Everything that may break a form: odd text everywhere, no lines, no place, twice the same, no such rule."""
    place = Place(HOSTILE, 3, 4)
    odd = Finding(
        "no-such-rule",
        Severity.INFO,
        HOSTILE,
        HOSTILE,
        place,
        2,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        also=((place, HOSTILE),),
    )
    return result_of(
        odd,
        odd,
        Finding("latest-tag", Severity.ERROR, "whole file", "", Place("../outside dir/ä.yaml", 0, 0)),
        Finding("latest-tag", Severity.ERROR, "stream", "", Place("<stdin>", 1, 1)),
        problems=[Problem(HOSTILE, place, HOSTILE), Problem("no place"), Problem("no place")],
        files=[HOSTILE, "clean.yaml"],
        base="/repository/sub",
        root="/repository",
    )


def results() -> st.SearchStrategy[Result]:
    """Any result."""
    words = st.text(st.characters(exclude_categories=()), max_size=12)
    places = st.builds(Place, words, st.integers(0, 9), st.integers(1, 9))
    also = st.lists(st.tuples(places, words), max_size=2).map(tuple)
    findings = st.builds(
        Finding,
        st.sampled_from([*FEW, "other"]),
        st.sampled_from(Severity),
        words,
        words,
        places,
        st.integers(1, 40),
        words,
        words,
        words,
        also=also,
        fixable=st.booleans(),
    )
    problems = st.builds(Problem, words, st.none() | places, words, also)
    return st.builds(
        Result,
        st.lists(findings, max_size=4),
        st.just(FEW),
        st.lists(problems, max_size=2),
        st.lists(words, max_size=2),
        source_line=st.just(lambda _file, _line: "\ta: 漢字"),
        fail_on=st.sampled_from(Severity),
    )
