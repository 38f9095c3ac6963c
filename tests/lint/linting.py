"""What the rules say of a text, as tests like to compare it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from k8sgen.lint.index import Manifests
from k8sgen.lint.judge import index, judge
from k8sgen.lint.policy import Policy
from k8sgen.lint.read import Reading
from k8sgen.lint.rules import rule_of, rules
from k8sgen.lint.run import Group, Run
from k8sgen.lint.scopes import identity
from k8sgen.lint.validation import Validation
from k8sgen.validate.violation import path_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from k8sgen.findings import Finding
    from k8sgen.lint.rule import Fault

MINOR = 37


def faults(text: str, rule: str, minor: int = MINOR) -> list[Fault]:
    """The faults that one rule sees in a text."""
    return faults_in({"manifests.yaml": text}, rule, minor)


def faults_in(files: Mapping[str, str], rule: str, minor: int = MINOR) -> list[Fault]:
    """The faults that one rule sees in several files."""
    objects = [each for name, text in files.items() for each in Reading(name, text).manifests]
    if rule == "selector-changed":  # the first document is what the object was before
        before, *objects = objects
        for each in (before, *objects):
            Validation([minor]).check_structure(each)
        manifests = Manifests(objects, minor, {(before.file, *identity(before)): before})
    else:
        manifests = index(objects, Validation([minor]))
    return [found.fault for found in judge(manifests, [rule_of(rule)])]


def said(text: str, rule: str, minor: int = MINOR) -> list[str]:
    """Each fault as `LINE:COLUMN path: message`."""
    return [
        f"{(place := fault.manifest.places.locate(fault.pointer, key=fault.key)).line}:{place.column} "
        f"{path_text(fault.pointer)}: {fault.message}"
        for fault in faults(text, rule, minor)
    ]


def findings(text: str, *rules: str, minor: int = MINOR, name: str = "manifests.yaml") -> list[Finding]:
    """What the engine reports of a text when these rules run."""
    reading = Reading(name, text)
    run = Run(Policy(select=rules))
    return run.judge(Group(reading.manifests, (minor,), {}), [reading]).findings


def rules_that_speak(text: str, minor: int = MINOR) -> set[str]:
    """The ids of all rules that see a fault in a text."""
    objects = Reading("manifests.yaml", text).manifests
    return {found.rule.id for found in judge(index(objects, Validation([minor])), rules())}
