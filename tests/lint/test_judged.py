"""The default profile was judged on public manifests, and people agreed with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from k8sgen.lint.rule import Profile
from k8sgen.lint.rules import RULES, rule_of

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "judge.py"


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """What was drawn and judged."""
    found: dict[str, Any] = json.loads((ROOT / "docs" / "judged-findings.json").read_text(encoding="utf-8"))
    return found


def test_a_hundred_findings_were_judged_and_nearly_all_agreed_with(data: dict[str, Any]) -> None:
    """Each by yes or no and a sentence of why."""
    findings = data["findings"]
    assert len(findings) == 100
    assert all(isinstance(each["agreed"], bool) and each["why"].endswith(".") for each in findings)
    assert sum(each["agreed"] for each in findings) >= 95
    keys = ("repository", "path", "line", "rule", "object", "message")
    assert len({tuple(each[key] for key in keys) for each in findings}) == 100


def test_every_rule_that_fired_is_there_and_none_too_often(data: dict[str, Any]) -> None:
    """The rules exist, and the default profile runs them."""
    drawn = Counter(each["rule"] for each in data["findings"])
    assert set(drawn) == set(data["rules"])
    assert max(drawn.values()) <= 5
    assert all(rule in RULES and rule_of(rule).profile <= Profile.STANDARD for rule in drawn)
    assert len({each["repository"] for each in data["findings"]}) >= 15


def test_repositories_are_named_with_their_commits(data: dict[str, Any]) -> None:
    """So that every finding can be looked up."""
    assert {each["repository"] for each in data["findings"]} <= data["repositories"].keys()
    assert all(len(each["commit"]) == 40 for each in data["repositories"].values())
    assert {each["sort"] for each in data["repositories"].values()} == {
        "application",
        "GitOps",
        "infrastructure",
    }


def test_the_page_is_what_the_data_says() -> None:
    """As tools/judge.py writes it."""
    run = subprocess.run(
        [sys.executable, TOOL, "table", "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
