"""Every rule: its examples run, its file and its place in the registry agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import k8sgen.lint.rules
from k8sgen.lint.rules import RULES, rule_of
from tests.lint.linting import MINOR, faults, findings, rules_that_speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.findings import Finding
    from k8sgen.lint.rule import Fault, Rule

ALL = [rule_of(identifier) for identifier in RULES]
VALIDATING = {"schema", "api-server"}
REMARKED = {"duplicate-key", "ignore-without-reason", "useless-ignore"}
"""What the engine itself reports, about more than one rule."""
DIRECTORY = Path(k8sgen.lint.rules.__file__).parent


def minor_of(rule: Rule) -> int:
    """A version that the rule is about."""
    return min(MINOR, rule.until)


def reported(rule: Rule, block: str) -> Sequence[Fault | Finding]:
    """What a rule has to say of an example."""
    block = block.replace("<300000 characters>", "x" * 300_000)
    if rule.id in REMARKED:
        return findings(block, "latest-tag", rule.id, minor=minor_of(rule))
    return faults(block, rule.id, minor_of(rule))


@pytest.mark.parametrize("rule", ALL, ids=RULES)
def test_bad_is_reported(rule: Rule) -> None:
    """Each Bad example of a rule's help is reported by the rule, and is sound otherwise."""
    assert rule.help.bad, "the docstring has no Bad: block"
    for block in rule.help.bad:
        assert any(getattr(each, "rule", rule.id) == rule.id for each in reported(rule, block)), (
            f"not reported:\n{block}"
        )
        invalid = rules_that_speak(block, minor_of(rule)) & VALIDATING - {rule.id}
        assert not invalid, f"not an object that Kubernetes takes:\n{block}"


@pytest.mark.parametrize("rule", ALL, ids=RULES)
def test_good_is_not_reported(rule: Rule) -> None:
    """No Good example is, and it is an object that Kubernetes takes."""
    assert rule.help.good, "the docstring has no Good: block"
    for block in rule.help.good:
        assert not reported(rule, block), f"reported:\n{block}"
        assert not rules_that_speak(block, minor_of(rule)) & VALIDATING


@pytest.mark.parametrize("rule", ALL, ids=RULES)
def test_help_reads_well(rule: Rule) -> None:
    """A title on one line, reasons below, and every fault says what to do."""
    assert rule.help.title[:1].isupper()
    assert len(rule.help.title) <= 80
    assert rule.help.why
    for block in rule.help.bad:
        for fault in reported(rule, block):
            assert not fault.message.startswith(("The ", "A ", "An ", "This ", "It ", "There ")), (
                fault.message
            )
            assert not fault.message.endswith(".")
            assert fault.hint, fault.message


def test_registry_and_files_agree() -> None:
    """Each file is in the registry, and each entry has its file."""
    files = {file.stem.replace("_", "-") for file in DIRECTORY.glob("*.py")} - {"--init--"}
    assert sorted(files) == sorted(RULES)
