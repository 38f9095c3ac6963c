"""What a rule says of itself: `--explain`, `--list`, and the pages of docs/rules/."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from k8sgen.findings import Severity
from k8sgen.lint.rule import Category, Profile, Rule, Set
from k8sgen.lint.rules import RULES, rules
from k8sgen.report.rules import explain, is_fixable, list_json, list_text
from tests.lint.linting import faults

ROOT = Path(__file__).parents[2]
GAPS = tomllib.loads((ROOT / "tools" / "gaps.toml").read_text(encoding="utf-8"))["gap"]
HELP = """Tea is hot.

Cold tea is `no` tea.

It is drunk warm at most.

Bad:
tea: cold
---
tea: iced

Good:
tea: hot

See: https://example.com/cold https://example.com/hot
"""


class Options(NamedTuple):
    """`degrees`: the heat from which tea is hot. `milk`: which it may hold, e.g. `oat`."""

    degrees: int = 80
    milk: tuple[str, ...] = ("oat", "cow")


def rule_of(**says: object) -> Rule:
    """A rule of a module that says these things."""
    module = ModuleType("k8sgen.lint.rules.cold_tea", HELP)
    vars(module).update(
        {"SEVERITY": Severity.ERROR, "CATEGORY": Category.HYGIENE, "PROFILE": Profile.STANDARD} | says
    )
    return Rule(module)


def test_explain() -> None:
    """The whole text, to the byte."""
    rule = rule_of(SINCE=27, Options=Options, Set=Set)
    assert (
        explain(rule, width=60)
        == """\
cold-tea: Tea is hot

  severity:   error
  category:   hygiene
  profiles:   standard and strict
  Kubernetes: 1.27 and later
  --fix:      mends it

Cold tea is `no` tea.

It is drunk warm at most.

Options

  # k8sgen.yaml
  lint:
    options:
      cold-tea:
        degrees: 80  # the heat from which tea is hot
        milk: ["oat", "cow"]  # which it may hold, e.g. `oat`

Bad

  tea: cold
  ---
  tea: iced

Good

  tea: hot

See

  https://example.com/cold
  https://example.com/hot

Ignore it

  # k8sgen-ignore cold-tea: why this one is fine
  # on the line at fault, or on the line that opens its block, such as a container's first

  metadata:
    annotations:
      k8sgen/ignore-cold-tea: why this object is fine

  # k8sgen.yaml
  lint:
    exempt:
      - rules: [cold-tea]
        paths: [third-party/*]
        reason: why these are fine
"""
    )


@pytest.mark.parametrize(
    ("says", "line"),
    [
        ({"PROFILE": Profile.MINIMAL}, "  profiles:   minimal, standard and strict"),
        ({"PROFILE": Profile.STRICT}, "  profiles:   strict"),
        (
            {"PROFILE": Profile.OPINION},
            "  profiles:   in no profile, a matter of opinion: run it with --select cold-tea or enable it in k8sgen.yaml",
        ),
        ({"SINCE": 27, "UNTIL": 30}, "  Kubernetes: 1.27 to 1.30"),
        ({"UNTIL": 30}, "  Kubernetes: up to 1.30"),
    ],
    ids=["minimal", "strict", "opinion", "between", "until"],
)
def test_explain_says_when_it_runs(says: dict[str, object], line: str) -> None:
    """Profiles and Kubernetes versions."""
    assert line in explain(rule_of(**says)).split("\n")


def test_list() -> None:
    """Columns that line up, with a heading."""
    two = [rule_of(Set=Set), Rule(__import__("k8sgen.lint.rules.latest_tag", fromlist=["_"]))]
    assert (
        list_text(two)
        == """\
rule        severity  category  profile   fix  what it asks for
cold-tea    error     hygiene   standard  yes  Tea is hot
latest-tag  warning   rollout   standard       An image names a version, not a moving tag
"""
    )


def test_list_and_explain_in_styles() -> None:
    """The same words."""
    for plain, colored in (
        (list_text(rules()), list_text(rules(), color=True)),
        (explain(rules()[0]), explain(rules()[0], color=True)),
    ):
        assert "\x1b[1m" in colored
        assert re.sub(r"\x1b\[\d+m", "", colored) == plain


def test_list_json() -> None:
    """Every rule with its help, in the order of the registry."""
    document = json.loads(list_json(rules()))
    assert document["version"] == 1
    assert [rule["id"] for rule in document["rules"]] == list(RULES)
    rule = json.loads(list_json([rule_of(Options=Options, UNTIL=30)]))["rules"][0]
    assert rule == {
        "id": "cold-tea",
        "title": "Tea is hot",
        "severity": "error",
        "category": "hygiene",
        "profile": "standard",
        "fixable": False,
        "since": None,
        "until": "1.30",
        "options": {"degrees": 80, "milk": ["oat", "cow"]},
        "why": "Cold tea is `no` tea.\n\nIt is drunk warm at most.",
        "bad": ["tea: cold\n---\ntea: iced\n"],
        "good": ["tea: hot\n"],
        "links": ["https://example.com/cold", "https://example.com/hot"],
    }


@pytest.mark.parametrize("rule", rules(), ids=RULES)
def test_rules_that_mend_are_listed_as_such(rule: Rule) -> None:
    """Whatever carries an edit is fixable by the list, too."""
    if any(fault.edits for block in rule.help.bad for fault in faults(block, rule.id)):
        assert is_fixable(rule)


def test_there_are_44_gaps() -> None:
    """Each has rules or a reason, never both."""
    assert len(GAPS) == 44
    for gap in GAPS:
        assert bool(gap.get("rules")) != bool(gap.get("reason")), gap["what"]


def test_rules_of_gaps_exist() -> None:
    """A gap is closed by rules that are there."""
    named = {identifier for gap in GAPS for identifier in gap.get("rules", ())}
    assert named - set(RULES) == set()


@pytest.mark.parametrize("identifier", RULES)
def test_every_rule_has_its_page(identifier: str) -> None:
    """And the index links to it."""
    directory = ROOT / "docs" / "rules"
    assert f"# {identifier}\n" in (directory / f"{identifier}.md").read_text(encoding="utf-8")
    assert f"({identifier}.md)" in (directory / "README.md").read_text(encoding="utf-8")
